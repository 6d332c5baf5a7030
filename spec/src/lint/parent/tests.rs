//! Children, and how their parents show them.

use crate::testing::check;

#[test]
fn what_has_children_deletes_them() {
    check(
        "resources.Shelf",
        r#"
delete: { cascade: [] }
          ^^^^^^^ FP203: deleting a `Shelf` would leave its `Book` behind
"#,
    );
}

#[test]
fn a_child_and_its_parent_name_each_other() {
    check(
        "resources",
        r#"
Shelf:
  fields:
    books: { type: [Book], on: create, max-items: 9 }
             ^^^^ FP203: `Book` does not say that it is shown here
             = add `parent: { resource: …, embed: { field: … } }` to it
  delete: { cascade: [Book] }
            ^^^^^^^ FP203: `Book` is no child of `Shelf`
Book:
  parent: { resource: Shelv, embed: { field: books } }
                      ^^^^^ FP203: no resource is called `Shelv`
"#,
    );
}

#[test]
fn what_is_stored_apart_is_shown_by_no_parent() {
    check(
        "resources.Book",
        r#"
fields:
  x: { type: secret }
parent: { resource: Shelf, embed: { field: books } }
                                           ^^^^^ FP203: `Book` has `x`, which not every reader of `Shelf` may see
                                           = leave out `embed`, or let everybody see the member

fields:
  x: { type: password, mode: write-only }
parent: { resource: Shelf, embed: { field: books } }
                                           ^^^^^ FP203: `Book` has `x`, which not every reader of `Shelf` may see
                                           = leave out `embed`, or let everybody see the member

fields:
  x: { type: string, mode: write-only }
parent: { resource: Shelf, embed: { field: books } }
                                           ^^^^^ FP203: `Book` has `x`, which not every reader of `Shelf` may see
                                           = leave out `embed`, or let everybody see the member

fields:
  x: { type: string, scope: more }
                            ^^^^ FP306: only members of a resource that the server sets can depend on a scope
parent: { resource: Shelf, embed: { field: books } }
                                           ^^^^^ FP203: `Book` has `x`, which not every reader of `Shelf` may see
                                           = leave out `embed`, or let everybody see the member
"#,
    );
}
