//! Colliding paths.

use crate::testing::check;

#[test]
fn what_is_served_has_a_path_of_its_own() {
    check(
        "resources.Shelf",
        r#"
create: { path: "/new/{shelfId}" }
                ^^^^^^^^^^^^^^^^^ FP304: a create has a plain path of its own only without a parent

create: { path: /shelves }
                ^^^^^^^^ FP304: `Shelf` is served on this path already

create: { path: /shelves/new }

update: { also-path: /shelf }
                     ^^^^^^ FP304: another path of an update ends with the identifier in braces
                     = write `/…/{shelfId}`

update: { also-path: "/shelf/{a}/{b}" }
                     ^^^^^^^^^^^^^^^^^ FP304: another path of an update ends with the identifier in braces
                     = write `/…/{shelfId}`

update: { also-path: "/shelves/{other}" }
                     ^^^^^^^^^^^^^^^^^^^ FP304: `Shelf` is served on this path already

update: { also-path: "/shelf/{one}" }
"#,
    );
    check(
        "resources.Book",
        r#"
path: /shelves
      ^^^^^^^^ FP304: `Book` and `Shelf` are served on one path
      ^^^^^^^^ FP304: `Book` and `Shelf` are served on one path
      ^^^^^^^^ FP304: the path of a child names its parent in braces, such as `{shelfId}`, and nothing else
"#,
    );
    check(
        "",
        r#"
tables:
  Language:
    path: /shelves/
resources:
  Shelf:
    path: /shelves
          ^^^^^^^^ FP304: `Shelf` and `Language` are served on one path
    fields:
      language: { type: Language, nullable: true }
      tongue: (none)
"#,
    );
}

#[test]
fn names_in_braces_are_free() {
    check(
        "resources.Book",
        r#"
path: /shelves/{shelf_id}/books

path: /books-of/{any}

path: /shelves/{bookId}/books
      ^^^^^^^^^^^^^^^^^^^^^^^ FP304: `{bookId}` is the identifier behind the path
      = call the parent by another name, such as `{parentId}`: names in braces are free

path: /shelves/books
      ^^^^^^^^^^^^^^ FP304: the path of a child names its parent in braces, such as `{shelfId}`, and nothing else

path: /shelves/{a}/{b}/books
      ^^^^^^^^^^^^^^^^^^^^^^ FP304: the path of a child names its parent in braces, such as `{shelfId}`, and nothing else
"#,
    );
}
