//! Comparisons that a type does not support.

use crate::testing::check;

#[test]
fn comparisons_are_of_types_that_have_them() {
    check(
        "resources.Shelf.list.filters",
        r#"
label: { field: tags, op: equals }
                          ^^^^^^ FP301: `tags` cannot be compared like this

label: { field: label, or: [madeAt], op: contains-words }
                            ^^^^^^ FP301: `madeAt` cannot be compared like this

label: { field: label, or: [tags], op: equals }
                            ^^^^ FP301: `tags` cannot be compared like this
"#,
    );
}

#[test]
fn only_several_words_or_values_are_counted() {
    check(
        "resources.Shelf.list.filters",
        r#"
label: { field: label, op: equals-folded, max-items: 3 }
                                                     ^ FP301: `max-items` is for filters of several words or values

label: { field: label, op: contains-words, max-items: 3 }
"#,
    );
}

#[test]
fn values_in_a_list_of_values_have_no_comma() {
    check(
        "resources.Shelf",
        r#"
fields:
  tags: { type: [string], values: [a, b] }
list:
  filters:
    tags: { field: tags, op: has-all }

fields:
  tags: { type: [string], values: [a, "b,c"] }
list:
  filters:
    tags: { field: tags, op: has-all }
                             ^^^^^^^ FP301: a comma divides the values of this filter, and `b,c` has one
"#,
    );
}

#[test]
fn an_object_is_found_by_what_can_be_compared() {
    check(
        "resources.Shelf",
        r#"
get:
  also:
    tags: equals
          ^^^^^^ FP301: `tags` is not a text that finds an object by `equals` or `equals-folded`
          ^^^^^^ FP346: several objects may have the same `tags`
          = make it unique, or leave it out
    madeAt: equals
            ^^^^^^ FP301: `madeAt` is not a text that finds an object by `equals` or `equals-folded`
            ^^^^^^ FP346: several objects may have the same `madeAt`
            = make it unique, or leave it out
    label: greater
           ^^^^^^^ FP301: `label` is not a text that finds an object by `equals` or `equals-folded`
           ^^^^^^^ FP346: several objects may have the same `label`
           = make it unique, or leave it out
    shelfId: equals
             ^^^^^^ FP301: `shelfId` is not a text that finds an object by `equals` or `equals-folded`
             ^^^^^^ FP346: several objects may have the same `shelfId`
             = make it unique, or leave it out
"#,
    );
}

#[test]
fn an_identifier_from_elsewhere_has_no_words() {
    check(
        "resources.Shelf",
        r#"
fields:
  x: { type: external-id, nullable: true }
list:
  filters:
    x: { field: x, op: contains-words }
                       ^^^^^^^^^^^^^^ FP301: `x` cannot be compared like this
"#,
    );
}
