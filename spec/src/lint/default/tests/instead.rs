//! Stand-ins for fields that are left out, and examples.

use crate::testing::{check, fields};

#[test]
fn a_unique_value_is_no_default() {
    fields(
        r#"
a: { type: string, unique: tenant, default: a }
                                            ^ FP305: two creates that leave it out would share the value
                                            = leave out `default` or `unique`
b: { type: string, unique: tenant }
                           ^^^^^^ FP305: two creates that leave it out would share the value
                           = add `required: true` or `nullable: true`
c: { type: boolean, unique: tenant }
                            ^^^^^^ FP305: two creates that leave it out would share the value
                            = add `required: true` or `nullable: true`
d: { type: host, nullable: true, unique: tenant, fallback: [{ request: host }] }
                                                            ^^^^^^^^^^^^^^^^^ FP305: two creates that leave it out would share the value
                                                            = leave it out, or `unique`

a: { type: string, unique: tenant, required: true }
b: { type: string, unique: tenant, nullable: true, default: null }
"#,
    );
    check(
        "resources.Shelf",
        r#"
unique: [{ fields: [material], within: tenant }]
           ^^^^^^ FP305: two creates that leave the members out would share the combination
           = make one of them `required: true` or `nullable: true`

unique: [{ fields: [material, label], within: tenant }]
"#,
    );
}

#[test]
fn what_stands_in_for_a_field_is_a_value_of_it() {
    check(
        "",
        r#"
objects:
  Part: { fields: { mail: { type: email, required: true } } }
resources:
  Shelf:
    fields:
      x: { type: Part }
                 ^^^^ FP305: `x` may be left out, and what is shown then is no value of it: `{"mail":null}` (null)
                 = add `required: true`, `nullable: true` or a `default`
                 ^^^^ FP340: `x` always has a value, and nothing says what `mail` is then
                 = add `required: true`, `nullable: true` or a `default`

objects:
  Part: { fields: { mail: { type: email, required: true } } }
resources:
  Shelf:
    fields:
      x: { type: Part, nullable: true }
      y: { type: Part, required: true }
      z: { type: [Part] }
"#,
    );
    fields(
        r#"
x: { type: string, min: 3 }
y: { type: integer, max: -1 }
"#,
    );
}

#[test]
fn an_example_is_a_value() {
    fields(
        r#"
a: { type: date-time, example: "2020-02-30T00:00:00Z" }
                               ^^^^^^^^^^^^^^^^^^^^^^^ FP305: the example is not a value of `a`
b: { type: email, example: nobody }
                           ^^^^^^ FP305: the example is not a value of `b`
c: { type: string, values: [a], example: b }
                                         ^ FP305: the example is not a value of `c`
d: { type: integer, example: a }
                             ^ FP305: the example is not a value of `d`
e: { type: string, example: null }
                            ^^^^ FP305: `null` is no value of `e`
                            = add `nullable: true`, or leave this out
f: { type: { by: material, of: { oak: integer, steel: email } }, example: word }
                                                                          ^^^^ FP305: the example is not a value of `f`

a: { type: date-time, example: "2020-02-29T00:00:00+01:00" }
f: { type: { by: material, of: { oak: integer, steel: email } }, example: 3 }
"#,
    );
}
