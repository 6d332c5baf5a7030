//! Texts that are not valid specs, whatever their keys.

use crate::testing::check;

#[test]
fn a_spec_is_one_document_of_yaml() {
    check(
        "",
        r#"
title: ]
       ^ FP001: not YAML: misplaced bracket
       = a text with any of `: # , [ ] { } & * ! | > % @` or quotes at its beginning wants quotes

: Shelves
^ FP001: a key is missing before the colon

title: "Shelves
       ^ FP001: not YAML: invalid indentation in quoted scalar
       = a text with any of `: # , [ ] { } & * ! | > % @` or quotes at its beginning wants quotes
"#,
    );
}

#[test]
fn a_key_stands_once() {
    check(
        "",
        r#"
title: Shelves
~~~~~ first here
title: Again
^^^^^ FP002: `title` stands here twice
"#,
    );
}

#[test]
fn a_tab_indents_nothing() {
    check(
        "",
        r#"
documents:
	api: { file: shelves.txt }
^ FP003: a tab indents this line
= indent with spaces: YAML does not allow tabs here
"#,
    );
}

#[test]
fn what_stands_elsewhere_has_no_place_of_its_own() {
    check(
        "",
        r#"
api: &name shelves
title: *name
       ^^^^^ FP006: aliases are not part of the language
       = write the value out: every row stands for itself
"#,
    );
}
