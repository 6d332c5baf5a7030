//! What findings say: the words for the author of a spec.

use super::{SPEC, frames, places};

const TAGS: &str = "tags: { type: [string] }";

fn changed(from: &str, to: &str) -> String {
    assert!(SPEC.contains(from), "{from}");
    SPEC.replacen(from, to, 1)
}

/// The frames about the spec with `field` beside the shelf's tags.
fn about(field: &str) -> String {
    frames(&changed(TAGS, &format!("{TAGS}\n      {field}")))
}

#[test]
fn a_text_with_a_comma_or_a_colon_wants_quotes() {
    let said = about("x: { type: string, about: When it reports, as cron writes it. }");
    assert!(said.contains("a text with a comma wants quotes"), "{said}");
    assert!(
        said.contains("write `about: \"When it reports, as cron writes it.\"`"),
        "{said}"
    );
    for field in [
        "x: { type: string, about: a: b }",
        "x:\n        type: string\n        about: a: b",
    ] {
        let said = about(field);
        assert!(said.contains("a text with a colon wants quotes"), "{said}");
        assert!(said.contains("write `about: \"a: b\"`"), "{said}");
        assert!(!said.contains("context"), "{said}");
    }
}

#[test]
fn words_of_other_languages_are_told_what_they_are_called_here() {
    for (field, here) in [
        ("x: { type: string, enum: [a, b] }", "`values: [a, b]`"),
        ("x: { type: string, maxLength: 3 }", "`max: 255`"),
        ("x: { type: string, max_length: 3 }", "`max: 255`"),
        ("x: { type: integer, maximum: 3 }", "`max: 255`"),
        ("x: { type: string, minLength: 3 }", "`min: 1`"),
        ("x: { type: string, readOnly: true }", "`mode: read-only`"),
        (
            "x: { type: string, description: a }",
            "`about: What it is.`",
        ),
        ("x: { type: string, format: email }", "`date-time`, `email`"),
        ("x: { type: [string], maxItems: 3 }", "`max-items: 10`"),
        ("x: { type: string, optional: true }", "`required: true`"),
        ("x: { type: int }", "here it is `integer`"),
        ("x: { type: bool }", "here it is `boolean`"),
        ("x: { type: float }", "here it is `number`"),
        ("x: { type: money }", "here it is `decimal`"),
        ("x: { type: text }", "here it is `string`"),
        ("x: { type: array }", "here it is `[string]`"),
        ("x: { type: object }", "`map` for any JSON object"),
        ("x: { type: [int] }", "here it is `integer`"),
        (
            "x: { type: { by: material, of: { oak: int, steel: string } } }",
            "here it is `integer`",
        ),
        ("x: { type: timestamp }", "here it is `date-time`"),
        ("x: { type: guid }", "here it is `uuid`"),
        ("x: { type: string, values: [1, b] }", "`\"1\"`"),
    ] {
        let said = about(field);
        assert!(said.contains(here), "{field}: {said}");
        assert!(!said.contains("did you mean"), "{field}: {said}");
    }
    let said = frames(&changed("    path: /shelves\n", "    url: /shelves\n"));
    assert!(
        said.contains("`path: /things`") && !said.contains("missing"),
        "{said}"
    );
}

#[test]
fn a_column_of_what_is_no_table_is_told_what_to_write() {
    let said = about("x: { type: Book.bookId }");
    assert!(
        said.contains("of type `external-id`") && said.contains("`parent: { resource: Book }`"),
        "{said}"
    );
    assert!(!said.contains("did you mean"), "{said}");
    let said = about("x: { type: Language.cod }");
    assert!(said.contains("did you mean `Language.code`?"), "{said}");
    let said = about("x: { type: Langage.code }");
    assert!(said.contains("did you mean `Language.code`?"), "{said}");
}

#[test]
fn faults_of_both_kinds_are_shown_at_once() {
    let text = changed("max: 60", "max: many")
        .replacen("default: oak", "default: brick", 1)
        .replacen("op: equals-folded", "opp: equals-folded", 1)
        .replacen("at: 3 }", "at: 99999 }", 1)
        .replacen("kind: digits", "kind: hex25", 1)
        .replacen("    path: /shelves/{shelfId}/books\n", "", 1);
    let mut found: Vec<String> = places(&text)
        .iter()
        .map(|one| one[..5].to_owned())
        .collect();
    found.sort();
    assert_eq!(
        found,
        ["FP101", "FP102", "FP103", "FP104", "FP305", "FP401"]
    );
}

#[test]
fn what_is_mended_to_go_on_makes_no_finding_of_its_own() {
    for (from, to, code) in [
        ("    path: /shelves\n", "", "FP103"),
        ("    id: { field: shelfId, kind: hex24 }\n", "", "FP103"),
        (
            "id: { field: shelfId, kind: hex24 }",
            "id: { kind: hex24 }",
            "FP103",
        ),
        (
            "id: { field: shelfId, kind: hex24 }",
            "id: { field: 3, kind: hex24 }",
            "FP102",
        ),
        (
            "label: { field: label, op: equals-folded }",
            "label: { field: label }",
            "FP103",
        ),
        (
            "label: { field: label, op: equals-folded }",
            "label: label",
            "FP102",
        ),
        ("medium: { type: string,", "medium: { typ: string,", "FP101"),
        ("required: true, at: [4", "reqired: true, at: [4", "FP101"),
        ("    list: {}\n", "    list: yes\n", "FP102"),
        ("auth: { scope: shelves, at: 1 }\n", "", "FP103"),
        (TAGS, "tags: 3", "FP102"),
        (TAGS, "tags: { type: 3 }", "FP102"),
        (
            "title: Shelves\n",
            "title: Shelves\ntitle: Again\n",
            "FP002",
        ),
        ("fieldproof: 1\n", "fieldproof: one\n", "FP102"),
        ("printed: 7-9", "printed: some", "FP102"),
        ("kind: hex24", "kind: hex25", "FP104"),
    ] {
        let found = places(&changed(from, to));
        assert!(
            found.len() == 1 && found[0].starts_with(code),
            "{to}: {found:?}"
        );
    }
}

#[test]
fn what_stands_before_text_that_is_not_yaml_is_judged() {
    let text = changed("kind: hex24", "kind: hex25").replacen(
        "op: equals-folded }",
        "op: equals-folded: }",
        1,
    );
    let found = places(&text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found.iter().any(|one| one.starts_with("FP104 17:")),
        "{found:?}"
    );
    assert!(
        found.iter().any(|one| one.starts_with("FP001")),
        "{found:?}"
    );
}

#[test]
fn a_bracket_without_an_end_is_reported_where_it_stands() {
    for (from, to, place) in [
        (
            "max: 60, required: true, at: [4, 5-6], ruling: R01 }",
            "max: 60",
            "FP001 21:14",
        ),
        (
            "at: [4, 5-6], ruling: R01 }",
            "at: [4, 5-6, ruling: R01 }",
            "FP001 21:",
        ),
        (
            "values: [oak, steel], default: oak }",
            "values: [oak, steel, default: oak }",
            "FP001 22:",
        ),
        (
            "ignored:\n  - { at: 10, why: navigation }",
            "ignored:\n  - { at: 10, why: navigation",
            "FP001 52:5",
        ),
    ] {
        let text = changed(from, to);
        let found = places(&text);
        assert!(
            found.iter().any(|one| one.starts_with(place)),
            "{to}: {found:?} {}",
            frames(&text)
        );
    }
}

#[test]
fn a_mark_of_byte_order_is_no_part_of_a_text() {
    let folder = std::env::temp_dir().join(format!("fieldproof-mark-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let text = SPEC.replacen("file: languages.tsv", "file: marked.tsv", 1);
    std::fs::write(
        folder.join("marked.tsv"),
        "\u{feff}code\tlabel\nde\tGerman\n",
    )
    .unwrap();
    std::fs::write(folder.join("shelves.yaml"), format!("\u{feff}{text}")).unwrap();
    let loaded = fieldproof_spec::load(&folder).unwrap();
    assert_eq!(loaded[0].render(false), "");
    std::fs::remove_dir_all(folder).unwrap();
}
