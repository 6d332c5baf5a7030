//! Keys and values that the language does not have.

use crate::testing::{check, fields};

#[test]
fn a_key_is_known() {
    check(
        "resources.Shelf.list.filters",
        r#"
label: { field: label, opp: equals-folded }
                       ^^^ FP101: unknown key `opp`
                       = did you mean `op`?
"#,
    );
}

#[test]
fn a_value_is_of_the_type_that_its_key_takes() {
    fields(
        r#"
label: { type: string, max: many, required: true, ruling: R01 }
                            ^^^^ FP102: expected a number or nothing, found text

books: { type: [Book], on: create, max-items: -1 }
                                              ^^ FP102: expected a whole number from 0 to 4294967295, found -1

x: { type: decimal, min: x }
                         ^ FP102: expected a number or nothing, found text
"#,
    );
    check(
        "resources.Shelf.list.filters",
        r#"
label: { field: label, op: contains-words, max-items: 0 }
                                                      ^ FP102: expected a whole number from 1 to 4294967295, found 0
"#,
    );
}

#[test]
fn a_key_that_is_needed_is_there() {
    check(
        "resources.Shelf",
        r#"
path: (none)
id: { field: shelfId, kind: hex24 }
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ FP103: the key `path` is missing
"#,
    );
}

#[test]
fn a_value_is_one_of_those_that_its_key_takes() {
    check(
        "resources.Shelf",
        r#"
id: { field: shelfId, kind: hex25 }
                            ^^^^^ FP104: `hex25` is not one of `hex24`, `increasing`, `number`, `digits`, `uuid`
                            = did you mean `hex24`?
"#,
    );
}

#[test]
fn a_former_key_is_read_as_its_successor() {
    fields(
        r#"
a: { type: [string], lone: true, set: true }
                     ^^^^ FP101: unknown key `lone`
                     = it is called `scalar-as-list` now
                                 ^^^ FP101: unknown key `set`
                                 = it is called `unique-items` now
b: { type: string, unwrap: name }
                   ^^^^^^ FP101: unknown key `unwrap`
                   = it is called `envelope` now
"#,
    );
}
