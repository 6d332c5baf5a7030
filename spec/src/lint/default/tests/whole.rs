//! Defaults of lists and objects, and of types without defaults.

use crate::testing::{check, fields};

#[test]
fn a_default_of_a_list_is_one() {
    fields(
        r#"
a: { type: [string], default: a }
                              ^ FP305: the default of `a` is not a value of its type
                              = a request with it would be refused: type
b: { type: [string], scalar-as-list: true, default: a }
                                                    ^ FP305: the default of `b` is not in the form that answers show
                                                    = write it as `["a"]`
c: { type: [string], max-items: 1, default: [a, b] }
                                   ^^^^^^^ FP305: the default of `c` is not a value of its type
                                   = a request with it would be refused: too_many_items
d: { type: [string], values: [a, b], unique-items: true, default: [b, a] }
                                                         ^^^^^^^ FP305: the default of `d` is not in the form that answers show
                                                         = write it as `["a","b"]`
e: { type: [integer], max: 3, default: [3, 4] }
                              ^^^^^^^ FP305: the default of `e` is not a value of its type
                              = a request with it would be refused: /1: too_large
f: { type: map, default: [] }
                ^^^^^^^ FP305: the default of `f` is not a value of its type
                = a request with it would be refused: type

d: { type: [string], values: [a, b], unique-items: true, default: [a, b] }
f: { type: map, default: { a: [1] } }
"#,
    );
}

#[test]
fn a_default_of_an_object_is_a_whole_one() {
    check(
        "",
        r#"
objects:
  Part: { fields: { code: { type: string, required: true }, more: { type: string } } }
resources:
  Shelf:
    fields:
      a: { type: Part, default: { code: 3 } }
                       ^^^^^^^ FP305: the default of `a` is not a value of its type
                       = a request with it would be refused: /code: type
      b: { type: Part, default: {} }
                       ^^^^^^^ FP305: the default of `b` is not a value of its type
                       = a request with it would be refused: /code: required
      c: { type: Part, delimited: { by: ":", into: [code, more] }, default: "a:b" }
                                                                            ^^^^^^ FP305: the default of `c` is not in the form that answers show
                                                                            = write it as `{"code":"a","more":"b"}`

objects:
  Part: { fields: { code: { type: string, required: true }, more: { type: string } } }
resources:
  Shelf:
    fields:
      a: { type: Part, default: { code: a, more: "" } }
      b: { type: [Part], default: [{ code: a, more: b }] }
"#,
    );
}

#[test]
fn what_is_never_shown_has_no_default() {
    fields(
        r#"
a: { type: password, mode: write-only, default: secret }
                                                ^^^^^^ FP305: the default of `a` stands on a type that has none
                                                = leave it out
b: { type: secret, default: secret }
           ^^^^^^ FP314: a secret is one value that clients write, without a default
                            ^^^^^^ FP305: the default of `b` stands on a type that has none
                            = leave it out
c: { type: headers, default: {} }
                    ^^^^^^^ FP305: the default of `c` stands on a type that has none
                    = leave it out
d: { type: template, default: {} }
                     ^^^^^^^ FP305: the default of `d` stands on a type that has none
                     = leave it out
"#,
    );
}
