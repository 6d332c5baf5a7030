//! Every type with every key of a field, one after another.

use fieldproof_spec::model::UnknownMembers;

use super::{Thing, api, assert_right, row};

/// Types of single values with their bounds, and a default.
const TYPES: &[(&str, &str, &str)] = &[
    ("text", "type: string", "none"),
    ("short", "type: string, max: 12", "none"),
    ("shorter", "type: string, max: 5", "none"),
    ("letter", "type: string, max: 1", "n"),
    ("exact", "type: string, min: 3, max: 3", "non"),
    (
        "long",
        "type: string, min: 20, max: 24",
        "none that anybody has",
    ),
    (
        "closed",
        "type: string, values: [red, Blue, light green]",
        "red",
    ),
    (
        "folded",
        "type: string, values: [red, Blue], folded: true",
        "red",
    ),
    ("flag", "type: boolean", "true"),
    ("number", "type: integer", "7"),
    ("digit", "type: integer, min: 3, max: 7", "7"),
    ("below", "type: integer, min: -9, max: -2", "-7"),
    ("amount", "type: decimal", "0.5"),
    ("share", "type: decimal, min: 0, max: 1", "0.5"),
    ("moment", "type: date-time", "\"2021-01-01T00:00:00.000Z\""),
    (
        "offset",
        "type: date-time, form: seconds-offset",
        "\"2021-01-01T00:00:00+00:00\"",
    ),
    (
        "second",
        "type: date-time, form: seconds-z",
        "\"2021-01-01T00:00:00Z\"",
    ),
    (
        "local",
        "type: date-time, form: local",
        "\"2021-01-01T00:00:00\"",
    ),
    ("mail", "type: email", "a@b.example"),
    ("mail20", "type: email, max: 20", "a@b.example"),
    ("dial", "type: phone", "\"+1234567\""),
    ("zone", "type: time-zone", "UTC"),
    ("tongue", "type: language", "en"),
    ("colour", "type: color", "\"#aabbcc\""),
    ("address", "type: url", ""),
    ("label", "type: name", "none"),
    ("foreign", "type: external-id", "none"),
    ("code", "type: Colour.code", "rd"),
    ("open", "type: map", ""),
];

/// A table of the spec.
const TABLE: &str = "tables:\n  Colour:\n    about: A colour.\n    file: colours.tsv\n    fields:\n      \
                     code: { type: string, about: Code. }\n";

/// The table, if one of the rows uses it.
fn table(rows: &[String]) -> &'static str {
    match rows.iter().any(|row| row.contains("Colour")) {
        true => TABLE,
        false => "",
    }
}

/// Rows of all types with the same additional keys.
fn rows(keys: &str) -> Vec<String> {
    TYPES
        .iter()
        .map(|(name, ty, _)| row(name, &[ty, keys]))
        .collect()
}

/// Judges the specs of fields, by the name of the case.
fn judge(cases: Vec<(String, Vec<String>)>) {
    let spec = |(name, fields): (String, Vec<String>)| {
        let thing = Thing {
            fields: &fields,
            before: table(&fields),
            ..Thing::default()
        };
        (name, api(&thing.spec()))
    };
    assert_right(cases.into_iter().map(spec).collect());
}

#[test]
fn every_type_with_every_mode() {
    let keys = [
        "",
        "required: true",
        "nullable: true",
        "mode: immutable",
        "mode: immutable, required: true",
        "mode: write-only, nullable: true",
        "mode: write-only, required: true",
        "on: create, nullable: true",
    ];
    judge(
        keys.iter()
            .map(|keys| ((*keys).to_owned(), rows(keys)))
            .collect(),
    );
}

#[test]
fn every_type_with_a_default() {
    let defaults = |keys: &str| -> Vec<String> {
        let known = TYPES.iter().filter(|(.., default)| !default.is_empty());
        known
            .map(|(name, ty, default)| row(name, &[ty, &format!("default: {default}"), keys]))
            .collect()
    };
    let keys = ["", "nullable: true", "mode: write-only", "mode: immutable"];
    judge(
        keys.iter()
            .map(|keys| (format!("default {keys}"), defaults(keys)))
            .collect(),
    );
}

#[test]
fn lists_of_every_type() {
    let lists = |keys: &str| -> Vec<String> {
        let listed = |ty: &str| {
            let end = ty.find(',').unwrap_or(ty.len());
            format!("type: [{}]{}", &ty["type: ".len()..end], &ty[end..])
        };
        let some = TYPES.iter().filter(|(name, ..)| *name != "open");
        some.map(|(name, ty, _)| row(name, &[&listed(ty), keys]))
            .collect()
    };
    let keys = [
        "scalar-as-list: true",
        "scalar-as-list: true, unique-items: true, mode: immutable",
        "max-items: 1, required: true",
        "max-items: 3, unique-items: true",
        "mode: write-only",
    ];
    judge(
        keys.iter()
            .map(|keys| (format!("list {keys}"), lists(keys)))
            .collect(),
    );
}

#[test]
fn every_type_that_may_occur_once() {
    let limited = [
        "closed", "folded", "flag", "digit", "below", "zone", "tongue", "code",
    ];
    let unique = |few: bool, keys: &str| -> Vec<String> {
        let some = TYPES
            .iter()
            .filter(|(name, ..)| *name != "open" && limited.contains(name) == few);
        some.map(|(name, ty, _)| row(name, &[ty, "unique: tenant", keys]))
            .collect()
    };
    let mut cases = vec![
        ("unique".to_owned(), unique(false, "nullable: true")),
        (
            "unique required".to_owned(),
            unique(false, "required: true"),
        ),
        ("unique few".to_owned(), unique(true, "nullable: true")),
    ];
    for (name, ty, _) in TYPES.iter().filter(|(name, ..)| limited.contains(name)) {
        let rows = vec![row(name, &[ty, "unique: tenant", "required: true"])];
        cases.push((format!("unique {name}"), rows));
    }
    judge(cases);
}

#[test]
fn every_way_to_read_a_text() {
    let texts = [
        "type: string",
        "type: string, max: 12",
        "type: string, max: 1",
        "type: string, min: 3, max: 3",
        "type: string, values: [red, Blue]",
        "type: email",
        "type: [string]",
        "type: [string], max: 5, unique-items: true",
        "type: [string], max: 5, scalar-as-list: true",
    ];
    let keys = [
        "blank: refused",
        "blank: nothing, nullable: true",
        "lenient: true",
        "reserved: [none, a]",
        "envelope: inner",
        "blank: refused, required: true, lenient: true",
    ];
    let case = |keys: &&str| {
        let fits = |ty: &&&str| {
            let list = ty.contains('[') && !ty.contains("values");
            let free = ty.starts_with("type: string") || list;
            let closed = ty.contains("values") || !free;
            let short = ty.contains("max: 1") && !ty.contains("max: 12") || ty.contains("min: 3");
            // A closed list accepts no number, and a value that is too long cannot be sent.
            !(list && (keys.contains("unwrap") || keys.contains("nullable")))
                && !(closed && keys.contains("lenient"))
                && !((closed || short) && keys.contains("reserved"))
        };
        let rows = texts.iter().filter(fits).enumerate();
        let rows = rows
            .map(|(at, ty)| row(&format!("text{at}"), &[ty, keys]))
            .collect();
        ((*keys).to_owned(), rows)
    };
    judge(keys.iter().map(case).collect());
}

#[test]
fn objects_of_every_type() {
    let mut apis = Vec::new();
    for (keys, field) in [
        ("", ""),
        ("required: true", "required: true"),
        ("nullable: true", "nullable: true"),
    ] {
        let members: String = rows(keys)
            .iter()
            .map(|row| format!("      {row}\n"))
            .collect();
        let before =
            format!("{TABLE}objects:\n  Part:\n    about: A part.\n    fields:\n{members}");
        let list = format!(
            "type: [Part], max-items: 2, {}",
            field.replace("nullable: true", "unique-items: true")
        );
        for (ty, refuses) in [(format!("type: Part, {field}"), false), (list, true)] {
            let ty = ty.trim_end_matches([',', ' ']);
            let fields = [row("part", &[ty])];
            let thing = Thing {
                fields: &fields,
                before: &before,
                ..Thing::default()
            };
            let mut api = api(&thing.spec());
            if refuses {
                api.switches.unknown_members = UnknownMembers::Reject;
            }
            apis.push((format!("{ty} of {keys}"), api));
        }
    }
    assert_right(apis);
}

#[test]
fn every_type_that_a_sibling_chooses() {
    let mut cases = Vec::new();
    for keys in ["", "required: true", "nullable: true", "mode: immutable"] {
        for by in ["required: true", "default: b", "nullable: true"] {
            let mut fields = vec![row("kind", &["type: string, values: [a, b, c]", by])];
            fields.push(row(
                "value",
                &[
                    "type: { by: kind, of: { a: email, b: phone, c: string } }",
                    keys,
                ],
            ));
            cases.push((format!("chosen {keys} by {by}"), fields));
        }
    }
    judge(cases);
}
