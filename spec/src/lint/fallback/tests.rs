//! Fallbacks for values that are not sent.

use crate::testing::{check, fields};

#[test]
fn a_fallback_ends() {
    fields(
        r#"
x: { type: string, fallback: [{ field: x }] }
                              ^^^^^^^^^^^^ FP345: `x` falls back to itself in the end
                              = name a field that has such a value

x: { type: string, fallback: [{ field: y }] }
                              ^^^^^^^^^^^^ FP345: `x` falls back to itself in the end
                              = name a field that has such a value
y: { type: string, fallback: [{ field: x }] }
                              ^^^^^^^^^^^^ FP345: `y` falls back to itself in the end
                              = name a field that has such a value
"#,
    );
}

#[test]
fn a_fallback_gives_a_value_of_the_type() {
    fields(
        r#"
x: { type: integer, fallback: [{ field: y }] }
                               ^^^^^^^^^^^^ FP345: `y` has values of another type
                               = name a field that has such a value
y: { type: string }

x: { type: email, fallback: [{ field: y }] }
                             ^^^^^^^^^^^^ FP345: `y` has values of another type
                             = name a field that has such a value
y: { type: string }

x: { type: string, fallback: [{ field: y }] }
                              ^^^^^^^^^^^^ FP345: `y` has values of another type
                              = name a field that has such a value
y: { type: [string] }

x: { type: string, fallback: [{ field: y }] }
                              ^^^^^^^^^^^^ FP345: `y` has values of another type
                              = name a field that has such a value
y: { type: secret }

x: { type: [string], fallback: [{ field: y }] }
                                ^^^^^^^^^^^^ FP345: a list is never missing
                                = name a field that has such a value
y: { type: string }

tags: { type: [string], fallback: [{ field: label }] }
                                   ^^^^^^^^^^^^^^^^ FP345: a list is never missing
                                   = name a field that has such a value

x: { type: email, fallback: [{ request: user }] }
y: { type: host, nullable: true, fallback: [{ request: host }] }

x: { type: string, fallback: [{ field: y }] }
y: { type: email, nullable: true }
"#,
    );
}

#[test]
fn a_fallback_gives_a_value_within_the_bounds() {
    fields(
        r#"
x: { type: integer, max: 5, fallback: [{ field: y }] }
                                       ^^^^^^^^^^^^ FP345: `y` has values of another type
                                       = name a field that has such a value
y: { type: integer }

x: { type: string, max: 8, fallback: [{ field: y }] }
                                      ^^^^^^^^^^^^ FP345: `y` may have a text that is no value of `x`
                                      = name a field that has such a value
y: { type: host, required: true }

x: { type: string, min: 2, fallback: [{ field: y }] }
                                      ^^^^^^^^^^^^ FP345: `y` may have a text that is no value of `x`
                                      = name a field that has such a value
y: { type: string, required: true }

x: { type: string, reserved: [none], fallback: [{ field: y }] }
                                                ^^^^^^^^^^^^ FP345: `y` may have a text that is no value of `x`
                                                = name a field that has such a value
y: { type: host, required: true }
"#,
    );
}

#[test]
fn a_fallback_always_gives_a_value_where_there_has_to_be_one() {
    fields(
        r#"
x: { type: email, fallback: [{ field: y }] }
                  ^^^^^^^^ FP345: it is never null, and the sources may all give nothing
                  = add a `default`, or `nullable: true`
y: { type: email, nullable: true }

x: { type: host, fallback: [{ request: host }] }
                 ^^^^^^^^ FP345: it is never null, and the sources may all give nothing
                 = add a `default`, or `nullable: true`

x: { type: host, fallback: [{ field: y }] }
                 ^^^^^^^^ FP345: it is never null, and the sources may all give nothing
                 = add a `default`, or `nullable: true`
y: { type: host }
"#,
    );
}

#[test]
fn what_stands_in_for_a_member_is_taken_back_as_it_is_shown() {
    check(
        "",
        r#"
objects:
  P: { fields: { x: { type: string, max: 8, nullable: true, fallback: [{ field: y }] } } }
resources:
  Shelf:
    fields:
      p: { type: P }
      y: { type: host, required: true }
"#,
    );
}

#[test]
fn a_fallback_may_be_a_member_of_an_object() {
    check(
        "",
        r#"
objects:
  P: { fields: { z: { type: language } } }
resources:
  Shelf:
    fields:
      x: { type: string, fallback: [{ field: p.z }] }
      p: { type: P }

objects:
  P: { fields: { z: { type: language } } }
resources:
  Shelf:
    fields:
      x: { type: string, fallback: [{ field: p.q }] }
                                    ^^^^^^^^^^^^^^ FP345: there is no field `p.q` to fall back to
                                    = name a field that has such a value
      p: { type: P }
"#,
    );
}
