//! Invalid paths.

use crate::testing::check;

#[test]
fn a_path_is_served_as_it_is_written() {
    check(
        "resources.Shelf",
        r#"
path: things
      ^^^^^^ FP327: `things` is no path: it begins with `/`
      = write `/things`

path: /
      ^ FP327: `/` names nothing
      = name the collection, such as `/things`

path: //
      ^^ FP327: `//` names nothing
      = name the collection, such as `/things`

path: "/:id"
      ^^^^^^ FP327: no request is served at the segment `:id`
      = a parameter is written in braces: `{name}`

path: /things/*
      ^^^^^^^^^ FP327: no request is served at the segment `*`
      = a path with any rest cannot be served

path: "/{*rest}"
      ^^^^^^^^^^ FP304: a path without a parent names nothing in braces
      ^^^^^^^^^^ FP327: no request is served at the segment `{*rest}`
      = a name in braces has letters, digits and `_`

path: /a b
      ^^^^ FP327: no request is served at the segment `a b`
      = use letters, digits and `-._~`: others are escaped by clients

path: "/x#y"
      ^^^^^^ FP327: `#y` is no part of a path
      = write `/x`; parameters of the query are filters

path: /x?y
      ^^^^ FP327: `?y` is no part of a path
      = write `/x`; parameters of the query are filters

path: /xs?a=1
      ^^^^^^^ FP327: `?a=1` is no part of a path
      = write `/xs`; parameters of the query are filters

path: /a//b
      ^^^^^ FP327: no request is served at the segment ``
      = two slashes in a row are one too many

path: /a/../b
      ^^^^^^^ FP327: no request is served at the segment `..`
      = clients leave `.` and `..` out of what they ask for

path: /a/.
      ^^^^ FP327: no request is served at the segment `.`
      = clients leave `.` and `..` out of what they ask for

path: "/{a"
      ^^^^^ FP327: no request is served at the segment `{a`
      = a parameter is a whole segment: `/{name}/`, both braces and nothing beside them

path: "/a}"
      ^^^^^ FP327: no request is served at the segment `a}`
      = a parameter is a whole segment: `/{name}/`, both braces and nothing beside them

path: "/a{b}"
      ^^^^^^^ FP327: no request is served at the segment `a{b}`
      = a parameter is a whole segment: `/{name}/`, both braces and nothing beside them

path: "/{a}{b}"
      ^^^^^^^^^ FP304: a path without a parent names nothing in braces
      ^^^^^^^^^ FP327: no request is served at the segment `{a}{b}`
      = a name in braces has letters, digits and `_`

path: "/{}"
      ^^^^^ FP304: a path without a parent names nothing in braces
      ^^^^^ FP327: no request is served at the segment `{}`
      = a name in braces has letters, digits and `_`

path: "/{{a}}"
      ^^^^^^^^ FP304: a path without a parent names nothing in braces
      ^^^^^^^^ FP327: no request is served at the segment `{{a}}`
      = a name in braces has letters, digits and `_`

path: /a%20b
      ^^^^^^ FP327: no request is served at the segment `a%20b`
      = an escape has several spellings: use characters that need none

path: /über
      ^^^^^ FP327: no request is served at the segment `über`
      = use letters, digits and `-._~`: others are escaped by clients

path: "/a\\b"
      ^^^^^^^ FP327: no request is served at the segment `a\b`
      = use letters, digits and `-._~`: others are escaped by clients

path: /a|b
      ^^^^ FP327: no request is served at the segment `a|b`
      = use letters, digits and `-._~`: others are escaped by clients

path: "/a/:b"
      ^^^^^^^ FP327: no request is served at the segment `:b`
      = a parameter is written in braces: `{name}`

path: /Shelves-2.x/~all

path: /shelves/

path: /a(b)/c:do

path: /$x@y
"#,
    );
}

#[test]
fn every_path_of_a_spec_is_judged() {
    check(
        "resources.Shelf",
        r#"
create: { path: "/new one" }
                ^^^^^^^^^^^ FP327: no request is served at the segment `new one`
                = use letters, digits and `-._~`: others are escaped by clients

create: { path: /shelves/new }

update: { also-path: "/shelf/x{shelfId}" }
                     ^^^^^^^^^^^^^^^^^^^^ FP304: another path of an update ends with the identifier in braces
                     = write `/…/{shelfId}`
                     ^^^^^^^^^^^^^^^^^^^^ FP327: no request is served at the segment `x{shelfId}`
                     = a parameter is a whole segment: `/{name}/`, both braces and nothing beside them

update: { also-path: "/shelf/{one}" }
"#,
    );
    check(
        "",
        r#"
base: api/v1
      ^^^^^^ FP327: `api/v1` is no path: it begins with `/`
      = write `/api/v1`

base: "/{tenant}"
      ^^^^^^^^^^^ FP327: no request is served at the segment `{tenant}`
      = a path without parameters stands here

base: /a b
      ^^^^ FP327: no request is served at the segment `a b`
      = use letters, digits and `-._~`: others are escaped by clients

base: /api/1.0/

presets: { path: /a b, lists: {} }
                 ^^^^ FP327: no request is served at the segment `a b`
                 = use letters, digits and `-._~`: others are escaped by clients
"#,
    );
    check(
        "",
        r#"
tables:
  Language:
    path: /tongues?x
          ^^^^^^^^^^ FP327: `?x` is no part of a path
          = write `/tongues`; parameters of the query are filters
resources:
  Shelf:
    fields:
      language: { type: Language, nullable: true }
      tongue: (none)
"#,
    );
}
