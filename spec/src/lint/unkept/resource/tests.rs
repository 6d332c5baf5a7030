//! Rules of a resource that no request can satisfy.

use crate::testing::check;

#[test]
fn values_of_a_rule_are_compared() {
    check(
        "resources.Shelf",
        r#"
unique: [{ fields: [label, tags], within: tenant }]
           ^^^^^^ FP346: values of `tags` are not compared as one
           = leave it out

unique: [{ fields: [shelfId, label], within: tenant }]
           ^^^^^^ FP346: only the server sets `shelfId`
           = leave it out
           ^^^^^^ FP346: with `shelfId` every combination is unique
           = leave the identifier out

distinct: { fields: [shelfId, label] }
                              ^^^^^ FP346: a value of `label` names no one object
                              = make it unique, or leave it out
"#,
    );
}

#[test]
fn what_is_loaded_for_each_user_is_only_read() {
    check(
        "resources",
        r#"
Shelf:
  bound: { fields: [tags] }
  create: {}
  ^^^^^^ FP346: each user sees what was loaded for him, and only an import loads it
  = leave out `bound`, or the operation
  delete: { cascade: [Book] }
  ^^^^^^ FP346: each user sees what was loaded for him, and only an import loads it
  = leave out `bound`, or the operation
Book:
  create: {}
  ^^^^^^ FP346: each user sees what was loaded for him, and only an import loads it
  = leave out `bound`, or the operation
"#,
    );
}

#[test]
fn what_excludes_others_is_written() {
    check(
        "resources.Shelf",
        r#"
exclusive: [{ fields: [language, tags] }]

exclusive: [{ fields: [language, tags] }]
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ FP346: no request brings values that exclude each other
            = leave it out
create: (none)
delete: (none)
"#,
    );
}

#[test]
fn a_value_that_several_objects_may_have_finds_none_of_them() {
    check(
        "resources.Shelf",
        r#"
get: { also: { label: equals-folded } }
                      ^^^^^^^^^^^^^ FP346: several objects may have the same `label`
                      = make it unique, or leave it out

fields:
  label: { type: string, max: 60, unique: tenant, required: true, at: [4, 5-6], ruling: R01 }
get: { also: { label: equals-folded } }
"#,
    );
}
