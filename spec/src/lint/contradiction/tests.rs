//! Contradicting keys of one field.

use crate::testing::{check, fields};

#[test]
fn what_has_to_be_sent_needs_nothing_in_its_place() {
    fields(
        r#"
a: { type: string, mode: read-only, required: true }
                                              ^^^^ FP323: nobody can send what is read-only
                                              = leave out `required` or `mode`
b: { type: string, required: true, default: a }
                                            ^ FP323: what has to be sent never takes its default
                                            = leave out `required` or `default`
c: { type: string, required: true, fallback: [{ field: label }] }
                                   ^^^^^^^^ FP323: what has to be sent never falls back
                                   = leave out `required` or `fallback`
"#,
    );
}

#[test]
fn what_only_the_server_sets_is_not_read() {
    fields(
        r#"
a: { type: string, mode: read-only, lenient: true }
                                             ^^^^ FP323: `lenient` says how requests are read, and only the server sets `a`
                                             = leave it out, or let clients write the field
b: { type: [string], mode: read-only, scalar-as-list: true }
                                                      ^^^^ FP323: `scalar-as-list` says how requests are read, and only the server sets `b`
                                                      = leave it out, or let clients write the field
c: { type: string, mode: read-only, reserved: [a] }
                                    ^^^^^^^^ FP323: `reserved` says how requests are read, and only the server sets `c`
                                    = leave it out, or let clients write the field
d: { type: string, mode: read-only, blank: refused }
                                           ^^^^^^^ FP323: `blank` says how requests are read, and only the server sets `d`
                                           = leave it out, or let clients write the field
e: { type: string, mode: read-only, on: create }
                                        ^^^^^^ FP323: `on` says how requests are read, and only the server sets `e`
                                        = leave it out, or let clients write the field
f: { type: string, mode: read-only, pattern: "^a" }
                                             ^^^^^ FP323: `pattern` says how requests are read, and only the server sets `f`
                                             = leave it out, or let clients write the field
"#,
    );
}

#[test]
fn keys_fit_what_is_kept() {
    fields(
        r#"
a: { type: map, envelope: name }
                          ^^^^ FP323: an object around an object cannot be told from it
                          = leave it out
b: { type: [password], mode: write-only }
     ^^^^ FP323: values of this type stand alone, not in a list
     = leave out the brackets
c: { type: [headers] }
     ^^^^ FP323: values of this type stand alone, not in a list
     = leave out the brackets
d: { type: token, mode: read-only, nullable: true }
           ^^^^^ FP306: a token is made by the server and is not for everybody: add `mode: read-only` and `scope`
                                             ^^^^ FP323: the server makes a token for every object
                                             = leave it out
e: { type: [token], mode: read-only }
     ^^^^ FP306: a token is made by the server and is not for everybody: add `mode: read-only` and `scope`
     ^^^^ FP323: values of this type stand alone, not in a list
     = leave out the brackets
"#,
    );
}

#[test]
fn a_source_gives_a_value_of_the_field() {
    fields(
        r#"
a: { type: string, nullable: true, fallback: [{ setting: nowhere }] }
                                   ^^^^^^^^ FP323: no setting is called `nowhere`
                                   = name it below `settings`
b: { type: integer, fallback: [{ request: host }] }
                    ^^^^^^^^ FP323: the host of a request is a name
                    = leave it out
c: { type: integer, fallback: [{ request: user }] }
                    ^^^^^^^^ FP323: the user of a request is an email address
                    = leave it out
"#,
    );
}

#[test]
fn values_are_unique_within_what_there_is() {
    fields(
        r#"
a: { type: string, nullable: true, unique: parent }
                                           ^^^^^^ FP323: the resource has no parent
                                           = write `unique: tenant`
"#,
    );
    check(
        "resources.Shelf",
        r#"
unique: [{ fields: [label, material], within: parent }]
                                              ^^^^^^ FP323: `Shelf` has no parent
                                              = write `within: tenant`
"#,
    );
}

#[test]
fn a_condition_stands_against_no_other_key() {
    check(
        "",
        r#"
objects:
  Part:
    fields:
      kind: { type: string, values: [a, b], default: a }
      a: { type: string, required: true, nullable: true, only-if: { kind: a } }
                                   ^^^^ FP323: what has to be sent cannot be left out for a sibling
                                   = use `required-if`
      b: { type: string, nullable: true, default: x, only-if: { kind: a } }
                                                  ^ FP323: what has a value only beside a sibling's has no default
                                                  = leave out `default` or `only-if`
                                                     ^^^^^^^ FP346: it always has a value, a default or an empty list, whatever its sibling says
                                                     = add `nullable: true`, without a default and without a list
      c: { type: string, nullable: true, required-if: { kind: a }, only-if: { kind: b } }
                                         ^^^^^^^^^^^ FP323: it is required where `kind` is `a`, and legal only where that is `b`
                                         = name one value in both
      d: { type: string, nullable: true, unique: tenant }
                                                 ^^^^^^ FP323: only members of a resource can be unique
                                                 = leave it out
resources:
  Shelf:
    fields:
      part: { type: Part, nullable: true }
"#,
    );
}

#[test]
fn the_moment_of_a_create_is_set_by_the_server() {
    check(
        "",
        r#"
objects:
  P: { zoned: { time: a, zone: b }, fields: { a: { type: date-time, form: local, required: true }, b: { type: time-zone, required: true } } }
resources:
  Shelf:
    fields:
      x: { type: P }
                 ^ FP323: the moment of the create is set by the server
                 = write `mode: read-only`, without `nullable` and `unique`
      y: { type: P, mode: read-only, nullable: true }
                 ^ FP323: the moment of the create is set by the server
                 = write `mode: read-only`, without `nullable` and `unique`

objects:
  P: { zoned: { time: a, zone: b }, fields: { a: { type: date-time, form: local, required: true }, b: { type: time-zone, required: true } } }
resources:
  Shelf:
    fields:
      x: { type: P, mode: read-only }
"#,
    );
}
