//! Defaults of single values.

use crate::testing::fields;

#[test]
fn a_default_is_a_number_of_its_type() {
    fields(
        r#"
a: { type: boolean, default: 2 }
                             ^ FP305: the default of `a` is not a value of its type
                             = a request with it would be refused: type
b: { type: boolean, default: "true" }
                             ^^^^^^^ FP305: the default of `b` is not in the form that answers show
                             = write it as `true`
c: { type: boolean, lenient: true, default: "1" }
                                            ^^^^ FP305: the default of `c` is not in the form that answers show
                                            = write it as `true`
d: { type: integer, default: 1.5 }
                             ^^^ FP305: the default of `d` is not a value of its type
                             = a request with it would be refused: type
e: { type: integer, min: 3, default: 2 }
                                     ^ FP305: the default of `e` is not a value of its type
                                     = a request with it would be refused: too_small
f: { type: decimal, default: 0.12345 }
                             ^^^^^^^ FP305: the default of `f` is not a value of its type
                             = a request with it would be refused: format
g: { type: decimal, min: 0.01, default: 0 }
                                        ^ FP305: the default of `g` is not a value of its type
                                        = a request with it would be refused: too_small
h: { type: decimal, default: "1" }
                             ^^^^ FP305: the default of `h` is not a value of its type
                             = a request with it would be refused: type
i: { type: number, max: 0.5, default: 0.75 }
                                      ^^^^ FP305: the default of `i` is not a value of its type
                                      = a request with it would be refused: too_large

a: { type: boolean, default: true }
d: { type: integer, max: 3, default: 3 }
g: { type: decimal, min: 0.01, default: 0.01 }
"#,
    );
}

#[test]
fn a_default_is_a_text_of_its_type() {
    fields(
        r#"
a: { type: string, values: [a, b], default: c }
                                            ^ FP305: the default of `a` is not a value of its type
                                            = a request with it would be refused: not_a_value
b: { type: string, values: [a], folded: true, default: A }
                                                       ^ FP305: the default of `b` is not in the form that answers show
                                                       = write it as `"a"`
c: { type: string, reserved: [none], default: none }
                                              ^^^^ FP305: the default of `c` is not a value of its type
                                              = a request with it would be refused: reserved
d: { type: string, max: 2, default: abc }
                                    ^^^ FP305: the default of `d` is not a value of its type
                                    = a request with it would be refused: too_long
e: { type: string, min: 2, default: a }
                                    ^ FP305: the default of `e` is not a value of its type
                                    = a request with it would be refused: too_short
f: { type: string, default: 3 }
                            ^ FP305: the default of `f` is not a value of its type
                            = a request with it would be refused: type
g: { type: string, default: "a\0" }
                            ^^^^^^ FP305: the default of `g` is not a value of its type
                            = a request with it would be refused: invalid_character
h: { type: string, default: null }
                            ^^^^ FP305: `null` is no value of `h`
                            = add `nullable: true`, or leave this out
i: { type: string, nullable: true, blank: nothing, default: " " }
                                                            ^^^^ FP305: the default of `i` is nothing
                                                            = leave it out
j: { type: string, blank: refused, default: " " }
                                            ^^^^ FP305: the default of `j` is not a value of its type
                                            = a request with it would be refused: blank
k: { type: name, default: "1a" }
                          ^^^^^ FP305: the default of `k` is not a value of its type
                          = a request with it would be refused: format
l: { type: external-id, default: "" }
                                 ^^^ FP305: the default of `l` is not a value of its type
                                 = a request with it would be refused: too_short
m: { type: Language.code, default: zz-none }
                                   ^^^^^^^ FP305: the default of `m` is not a value of its type
                                   = a request with it would be refused: not_a_value
n: { type: { by: material, of: { oak: string, steel: string } }, default: a }
                                                                          ^ FP305: the default of `n` stands on a type that has none
                                                                          = leave it out

h: { type: string, nullable: true, default: null }
k: { type: name, default: a1 }
l: { type: external-id, default: x }

material: { type: string, values: [oak, steel], default: brick }
                                                         ^^^^^ FP305: the default of `material` is not a value of its type
                                                         = a request with it would be refused: not_a_value
"#,
    );
}

#[test]
fn a_default_has_the_form_of_answers() {
    fields(
        r##"
a: { type: date-time, default: "2020-02-30T00:00:00Z" }
                               ^^^^^^^^^^^^^^^^^^^^^^^ FP305: the default of `a` is not a value of its type
                               = a request with it would be refused: format
b: { type: date-time, default: "2020-02-03" }
                               ^^^^^^^^^^^^^ FP305: the default of `b` is not a value of its type
                               = a request with it would be refused: format
c: { type: date-time, default: "2020-02-03T00:00:00Z" }
                               ^^^^^^^^^^^^^^^^^^^^^^^ FP305: the default of `c` is not in the form that answers show
                               = write it as `"2020-02-03T00:00:00.000Z"`
d: { type: date-time, form: local, default: "2020-02-03T00:00:00Z" }
                                            ^^^^^^^^^^^^^^^^^^^^^^^ FP305: the default of `d` is not a value of its type
                                            = a request with it would be refused: format
e: { type: date, default: "2021-02-29" }
                          ^^^^^^^^^^^^^ FP305: the default of `e` is not a value of its type
                          = a request with it would be refused: format
f: { type: uuid, default: "6F9619FF-8B86-4011-B42D-00CF4FC964FF" }
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ FP305: the default of `f` is not in the form that answers show
                          = write it as `"6f9619ff-8b86-4011-b42d-00cf4fc964ff"`
g: { type: email, default: nobody }
                           ^^^^^^ FP305: the default of `g` is not a value of its type
                           = a request with it would be refused: format
h: { type: email, max: 5, default: a@example.org }
                                   ^^^^^^^^^^^^^ FP305: the default of `h` is not a value of its type
                                   = a request with it would be refused: too_long
i: { type: phone, default: "12" }
                           ^^^^^ FP305: the default of `i` is not a value of its type
                           = a request with it would be refused: format
j: { type: phone, default: "+49 30 1234567" }
                           ^^^^^^^^^^^^^^^^^ FP305: the default of `j` is not in the form that answers show
                           = write it as `"+49301234567"`
k: { type: time-zone, default: Mars/Base }
                               ^^^^^^^^^ FP305: the default of `k` is not a value of its type
                               = a request with it would be refused: not_a_value
l: { type: time-zone, default: europe/berlin }
                               ^^^^^^^^^^^^^ FP305: the default of `l` is not a value of its type
                               = a request with it would be refused: not_a_value
m: { type: language, default: x_y }
                              ^^^ FP305: the default of `m` is not a value of its type
                              = a request with it would be refused: format
n: { type: language, default: DE-de }
                              ^^^^^ FP305: the default of `n` is not in the form that answers show
                              = write it as `"de-DE"`
o: { type: color, default: "#12345" }
                           ^^^^^^^^^ FP305: the default of `o` is not a value of its type
                           = a request with it would be refused: format
p: { type: color, default: "#ABCDEF" }
                           ^^^^^^^^^^ FP305: the default of `p` is not in the form that answers show
                           = write it as `"#abcdef"`
q: { type: url, default: "javascript:alert(1)" }
                         ^^^^^^^^^^^^^^^^^^^^^^ FP305: the default of `q` is not a value of its type
                         = a request with it would be refused: format

c: { type: date-time, default: "2020-02-29T00:00:00.000Z" }
d: { type: date-time, form: local, default: "2020-02-29T00:00:00" }
g: { type: email, default: a@example.org }
j: { type: phone, default: "+49301234567" }
l: { type: time-zone, default: Europe/Berlin }
n: { type: language, default: de-DE }
p: { type: color, default: "#abcdef" }
q: { type: url, default: "https://example.org/" }
"##,
    );
}
