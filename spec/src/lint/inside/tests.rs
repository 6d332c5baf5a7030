//! Members that only a resource can have.

use crate::testing::check;

#[test]
fn some_keys_are_for_members_of_a_resource() {
    check(
        "",
        r#"
objects:
  A:
    fields:
      a: { type: string, derive: { join: [b] } }
                         ^^^^^^ FP340: `derive` is for members of a resource
      b: { type: string, mode: immutable }
                               ^^^^^^^^^ FP340: `mode` is for members of a resource
      c: { type: string, on: create }
                             ^^^^^^ FP340: `on` is for members of a resource
      d: { type: string, fallback: [{ request: user }] }
                         ^^^^^^^^ FP340: inside of an object only a field of the resource stands in, where the object always has a value
      books: { type: [Book] }
               ^^^^ FP203: `Book` does not say that it is shown here
               = add `parent: { resource: …, embed: { field: … } }` to it
               ^^^^ FP340: only resources have children, `A` is an object
resources:
  Shelf:
    fields:
      x: { type: A }
"#,
    );
}

#[test]
fn what_only_the_server_sets_has_a_value_at_first() {
    check(
        "",
        r#"
objects:
  A: { fields: { a: { type: email, mode: read-only } } }
                                         ^^^^^^^^^ FP340: nothing says what `a` is
                                         = add `nullable: true` or a `default`
resources:
  Shelf:
    fields:
      x: { type: A, nullable: true }
"#,
    );
}

#[test]
fn what_is_kept_is_kept_in_one_place() {
    check(
        "",
        r#"
objects:
  A:
    fields:
      a: { type: string, mode: read-only }
                               ^^^^^^^^^ FP340: nobody can tell which `a` is kept
                               = keep it in an object of its own, which stands in no choice and not inside itself
      next: { type: A, nullable: true }
resources:
  Shelf:
    fields:
      x: { type: A }

objects:
  A: { fields: { word: { type: secret, nullable: true } } }
                               ^^^^^^ FP340: no one path leads to `word`, which is never shown
                               = keep it in an object that stands in no list and not inside itself
  B: { fields: { many: { type: [A] } } }
resources:
  Shelf:
    fields:
      x: { type: B }
"#,
    );
}

#[test]
fn what_always_has_a_value_says_which() {
    check(
        "",
        r#"
objects:
  A: { fields: { a: { type: email, required: true } } }
  B: { fields: { a: { type: A } } }
                            ^ FP305: `a` may be left out, and what is shown then is no value of it: `{"a":null}` (null)
                            = add `required: true`, `nullable: true` or a `default`
                            ^ FP340: `a` always has a value, and nothing says what `a` is then
                            = add `required: true`, `nullable: true` or a `default`
resources:
  Shelf:
    fields:
      x: { type: B, nullable: true }
"#,
    );
}

#[test]
fn a_sibling_does_not_ask_for_what_nothing_gives() {
    check(
        "",
        r#"
objects:
  Part:
    fields:
      kind: { type: string, values: [a, b], default: a }
      x: { type: string, nullable: true, required-if: { kind: a } }
resources:
  Shelf:
    fields:
      part: { type: Part }
                    ^^^^ FP305: `part` may be left out, and what is shown then is no value of it: `{"kind":"a","x":null}` (required)
                    = add `required: true`, `nullable: true` or a `default`
                    ^^^^ FP340: `part` always has a value, and nothing says what `x` is then
                    = add `required: true`, `nullable: true` or a `default`

objects:
  Part:
    fields:
      kind: { type: string, values: [a, b], default: a }
      x: { type: string, nullable: true, required-if: { kind: b } }
resources:
  Shelf:
    fields:
      part: { type: Part }

objects:
  Part:
    fields:
      kind: { type: string, values: [a, b], default: a }
      x: { type: string, nullable: true, required-if: { kind: a } }
resources:
  Shelf:
    fields:
      part: { type: Part, required: true }
      more: { type: Part, nullable: true }
"#,
    );
}
