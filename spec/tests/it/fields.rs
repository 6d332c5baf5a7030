//! Findings about one field, or about a few that stand together.

use super::{SPEC, frames, places};

/// The spec with `fields` in place of the shelf's tags, and with `objects`.
fn with(fields: &str, objects: &str) -> String {
    let tags = "tags: { type: [string] }";
    assert!(SPEC.contains(tags));
    let text = SPEC.replacen(
        tags,
        &format!("{tags}\n      {}", fields.replace('\n', "\n      ")),
        1,
    );
    match objects {
        "" => text,
        objects => text.replacen(
            "resources:\n",
            &format!("objects:\n  {objects}\nresources:\n"),
            1,
        ),
    }
}

/// Codes of the findings about `fields`.
fn codes(fields: &str, objects: &str) -> Vec<String> {
    let found = places(&with(fields, objects));
    found.iter().map(|place| place[..5].to_owned()).collect()
}

fn finds(code: &str, fields: &str) {
    finds_with(code, fields, "");
}

fn finds_with(code: &str, fields: &str, objects: &str) {
    let found = codes(fields, objects);
    assert!(
        found.iter().any(|one| one == code),
        "{code}: {fields}: {found:?}"
    );
}

fn is_good(fields: &str, objects: &str) {
    let found = frames(&with(fields, objects));
    assert_eq!(found, "", "{fields}");
}

#[test]
fn a_closed_list_has_values_that_can_be_sent() {
    for field in [
        "x: { type: string, values: [] }",
        "x: { type: string, values: [a, b, a] }",
        "x: { type: string, folded: true, values: [mW, MW] }",
        "x: { type: string, max: 2, values: [abc] }",
        "x: { type: string, min: 2, values: [abc, a] }",
        "x: { type: string, reserved: [a], values: [a, b] }",
        "x: { type: string, nullable: true, blank: nothing, values: [a, \"\"] }",
        "x: { type: string, blank: refused, values: [a, \" \"] }",
        "x: { type: [string], max: 2, values: [abc] }",
    ] {
        finds("FP320", field);
    }
    is_good(
        "x: { type: string, values: [mW, MW], max: 2 }\ny: { type: string, values: [\"\", a] }",
        "",
    );
}

#[test]
fn a_default_is_a_value_that_a_request_could_bring() {
    for (ty, default) in [
        ("boolean", "2"),
        ("boolean", "\"true\""),
        ("boolean, lenient: true", "\"1\""),
        ("integer", "1.5"),
        ("integer, min: 3", "2"),
        ("decimal", "0.12345"),
        ("decimal, min: 0.01", "0"),
        ("decimal", "\"1\""),
        ("date-time", "\"2020-02-30T00:00:00Z\""),
        ("date-time", "\"2020-02-03\""),
        ("date-time", "\"2020-02-03T00:00:00Z\""),
        ("date-time, form: local", "\"2020-02-03T00:00:00Z\""),
        ("email", "nobody"),
        ("email, max: 5", "a@example.org"),
        ("phone", "\"12\""),
        ("phone", "\"+49 30 1234567\""),
        ("time-zone", "Mars/Base"),
        ("time-zone", "europe/berlin"),
        ("language", "x_y"),
        ("language", "DE-de"),
        ("color", "\"#12345\""),
        ("color", "\"#ABCDEF\""),
        ("url", "\"javascript:alert(1)\""),
        ("name", "\"1a\""),
        ("external-id", "\"\""),
        ("Language.code", "zz-none"),
        ("string, values: [a, b]", "c"),
        ("string, values: [a], folded: true", "A"),
        ("string, reserved: [none]", "none"),
        ("string, max: 2", "abc"),
        ("string, min: 2", "a"),
        ("string", "3"),
        ("string", "\"a\\0\""),
        ("string", "null"),
        ("string, nullable: true, blank: nothing", "\" \""),
        ("string, blank: refused", "\" \""),
        ("[string]", "a"),
        ("[string], lone: true", "a"),
        ("[string], max-items: 1", "[a, b]"),
        ("[string], values: [a, b], set: true", "[b, a]"),
        ("[integer], max: 3", "[3, 4]"),
        ("map", "[]"),
        ("Part", "{ code: 3 }"),
        ("Part", "{}"),
        ("Part, split: { by: \":\", into: [code, more] }", "\"a:b\""),
        ("password, mode: write-only", "secret"),
        ("secret", "secret"),
        ("headers", "{}"),
        ("template", "{}"),
        ("{ by: material, of: { oak: string, steel: string } }", "a"),
    ] {
        let field = format!("x: {{ type: {ty}, default: {default} }}");
        let part =
            "Part: { fields: { code: { type: string, required: true }, more: { type: string } } }";
        finds_with("FP305", &field, part);
    }
}

#[test]
fn defaults_in_the_form_of_answers_are_good() {
    for (ty, default) in [
        ("boolean", "true"),
        ("integer, max: 3", "3"),
        ("decimal, min: 0.01", "0.01"),
        ("date-time", "\"2020-02-29T00:00:00.000Z\""),
        ("date-time, form: local", "\"2020-02-29T00:00:00\""),
        ("email", "a@example.org"),
        ("phone", "\"+49301234567\""),
        ("time-zone", "Europe/Berlin"),
        ("language", "de-DE"),
        ("color", "\"#abcdef\""),
        ("url", "\"https://example.org/\""),
        ("name", "a1"),
        ("external-id", "x"),
        ("string, nullable: true", "null"),
        ("[string], values: [a, b], set: true", "[a, b]"),
        ("map", "{ a: [1] }"),
        ("Part", "{ code: a, more: \"\" }"),
        ("[Part]", "[{ code: a, more: b }]"),
    ] {
        let field = format!("x: {{ type: {ty}, default: {default} }}");
        let part =
            "Part: { fields: { code: { type: string, required: true }, more: { type: string } } }";
        is_good(&field, if ty.contains("Part") { part } else { "" });
    }
}

#[test]
fn a_unique_value_is_no_default() {
    finds("FP305", "x: { type: string, unique: tenant, default: a }");
    finds("FP305", "x: { type: string, unique: tenant }");
    finds("FP305", "x: { type: boolean, unique: tenant }");
    finds(
        "FP305",
        "x: { type: host, nullable: true, unique: tenant, fallback: [{ request: host }] }",
    );
    let times = "    times: { created: madeAt, updated: changedAt }\n";
    let combined = |fields: &str| {
        let rule = format!("{times}    unique: [{{ fields: [{fields}], within: tenant }}]\n");
        let found = places(&SPEC.replacen(times, &rule, 1));
        found.iter().filter(|one| one.starts_with("FP305")).count()
    };
    assert_eq!(combined("material"), 1);
    assert_eq!(combined("material, label"), 0);
    is_good("x: { type: string, unique: tenant, required: true }", "");
    is_good(
        "x: { type: string, unique: tenant, nullable: true, default: null }",
        "",
    );
}

#[test]
fn what_stands_in_for_a_field_is_a_value_of_it() {
    let part = "Part: { fields: { mail: { type: email, required: true } } }";
    finds_with("FP305", "x: { type: Part }", part);
    is_good(
        "x: { type: Part, nullable: true }\ny: { type: Part, required: true }\nz: { type: [Part] }",
        part,
    );
    is_good(
        "x: { type: string, min: 3 }\ny: { type: integer, max: -1 }",
        "",
    );
}

#[test]
fn an_example_is_a_value() {
    for (ty, example) in [
        ("date-time", "\"2020-02-30T00:00:00Z\""),
        ("email", "nobody"),
        ("string, values: [a]", "b"),
        ("integer", "a"),
        ("string", "null"),
        (
            "{ by: material, of: { oak: integer, steel: email } }",
            "word",
        ),
    ] {
        finds("FP305", &format!("x: {{ type: {ty}, example: {example} }}"));
    }
    is_good(
        "x: { type: date-time, example: \"2020-02-29T00:00:00+01:00\" }",
        "",
    );
    is_good(
        "x: { type: { by: material, of: { oak: integer, steel: email } }, example: 3 }",
        "",
    );
}

#[test]
fn bounds_leave_room() {
    for (code, ty) in [
        ("FP321", "decimal, min: 0.00001"),
        ("FP321", "decimal, max: 1e13"),
        ("FP321", "decimal, min: 0.02, max: 0.01"),
        ("FP321", "integer, min: 0.5"),
        ("FP321", "integer, min: 3, max: 2"),
        ("FP321", "string, max: 1.5"),
        ("FP321", "string, max: 0"),
        ("FP321", "string, min: -1"),
        ("FP321", "string, max: 5000000000"),
        ("FP321", "[string], max-items: 0"),
        ("FP306", "boolean, max: 1"),
        ("FP306", "email, min: 3"),
        ("FP306", "boolean, reserved: [x]"),
        ("FP102", "decimal, min: x"),
    ] {
        finds(code, &format!("x: {{ type: {ty} }}"));
    }
    is_good(
        "x: { type: decimal, min: 0.01, max: 99.9999 }\ny: { type: integer, min: -3, max: -1 }",
        "",
    );
}

#[test]
fn keys_do_not_contradict_each_other() {
    for keys in [
        "string, mode: read-only, required: true",
        "string, required: true, default: a",
        "string, required: true, fallback: [{ field: label }]",
        "string, mode: read-only, lenient: true",
        "[string], mode: read-only, lone: true",
        "string, mode: read-only, reserved: [a]",
        "string, mode: read-only, blank: refused",
        "string, mode: read-only, on: create",
        "map, unwrap: name",
        "[password], mode: write-only",
        "[headers]",
        "string, nullable: true, fallback: [{ setting: nowhere }]",
        "integer, fallback: [{ request: host }]",
        "string, nullable: true, unique: parent",
        "token, mode: read-only, nullable: true",
        "[token], mode: read-only",
    ] {
        finds("FP323", &format!("x: {{ type: {keys} }}"));
    }
    for member in [
        "required: true, nullable: true, only-if: { kind: a }",
        "nullable: true, default: x, only-if: { kind: a }",
        "nullable: true, required-if: { kind: a }, only-if: { kind: b }",
        "nullable: true, unique: tenant",
    ] {
        let object = format!(
            "Part: {{ fields: {{ kind: {{ type: string, values: [a, b], default: a }}, x: {{ type: string, {member} }} }} }}"
        );
        finds_with("FP323", "part: { type: Part }", &object);
    }
}

#[test]
fn ids_and_times_are_what_the_server_makes() {
    finds("FP324", "x: { type: id, mode: read-only }");
    finds_with(
        "FP324",
        "part: { type: Part }",
        "Part: { fields: { x: { type: id, mode: read-only } } }",
    );
    for (from, to) in [
        ("field: shelfId, kind", "field: label, kind"),
        ("created: madeAt", "created: label"),
        ("created: madeAt", "created: changedAt"),
        (
            "madeAt: { type: date-time, mode: read-only }",
            "madeAt: { type: date-time }",
        ),
        (
            "      code: { type: string }",
            "      code: { type: integer }",
        ),
    ] {
        let found = places(&SPEC.replacen(from, to, 1));
        assert!(
            found.iter().any(|place| place.starts_with("FP324")),
            "{to}: {found:?}"
        );
    }
}

#[test]
fn a_fallback_gives_a_value_of_the_field() {
    for field in [
        "x: { type: string, fallback: [{ field: x }] }",
        "x: { type: string, fallback: [{ field: y }] }\ny: { type: string, fallback: [{ field: x }] }",
        "x: { type: integer, fallback: [{ field: y }] }\ny: { type: string }",
        "x: { type: email, fallback: [{ field: y }] }\ny: { type: string }",
        "x: { type: integer, max: 5, fallback: [{ field: y }] }\ny: { type: integer }",
        "x: { type: string, fallback: [{ field: y }] }\ny: { type: [string] }",
        "x: { type: string, fallback: [{ field: y }] }\ny: { type: secret }",
        "x: { type: [string], fallback: [{ field: y }] }\ny: { type: string }",
        "x: { type: email, fallback: [{ field: y }] }\ny: { type: email, nullable: true }",
        "x: { type: host, fallback: [{ request: host }] }",
        "x: { type: string, max: 8, fallback: [{ field: y }] }\ny: { type: host, required: true }",
        "x: { type: string, min: 2, fallback: [{ field: y }] }\ny: { type: string, required: true }",
        "x: { type: string, reserved: [none], fallback: [{ field: y }] }\ny: { type: host, required: true }",
        "x: { type: host, fallback: [{ field: y }] }\ny: { type: host }",
    ] {
        finds("FP345", field);
    }
    // What stands in for a member of an object is taken back as it is shown.
    is_good(
        "p: { type: P }\ny: { type: host, required: true }",
        "P: { fields: { x: { type: string, max: 8, nullable: true, fallback: [{ field: y }] } } }",
    );
    is_good("x: { type: email, fallback: [{ request: user }] }", "");
    is_good(
        "x: { type: host, nullable: true, fallback: [{ request: host }] }",
        "",
    );
    is_good(
        "x: { type: string, fallback: [{ field: y }] }\ny: { type: email, nullable: true }",
        "",
    );
    is_good(
        "x: { type: string, fallback: [{ field: p.z }] }\np: { type: P }",
        "P: { fields: { z: { type: language } } }",
    );
    finds_with(
        "FP345",
        "x: { type: string, fallback: [{ field: p.q }] }\np: { type: P }",
        "P: { fields: { z: { type: language } } }",
    );
}

#[test]
fn the_moment_of_a_create_is_set_by_the_server() {
    let moment = "P: { zoned: { time: a, zone: b }, fields: { a: { type: date-time, form: local, required: true }, b: { type: time-zone, required: true } } }";
    finds_with("FP323", "x: { type: P }", moment);
    finds_with(
        "FP323",
        "x: { type: P, mode: read-only, nullable: true }",
        moment,
    );
    is_good("x: { type: P, mode: read-only }", moment);
}

#[test]
fn a_row_can_be_kept() {
    for field in [
        "x: { type: string, max: 3, reserved: [none] }",
        "x: { type: email, max: 4 }",
        "x: { type: email, lenient: true }",
        "x: { type: string, values: [on, \"off\"], lenient: true }",
        "x: { type: integer, mode: read-only, unique: tenant }",
        "x: { type: email, derive: { join: [label] } }",
    ] {
        finds("FP346", field);
    }
    let children = SPEC.replacen("on: create, ", "", 1);
    let children = children.replacen("    create: {}\n", "    create: {}\n    update: {}\n", 1);
    let found = places(&children);
    assert!(
        found.iter().any(|one| one.starts_with("FP346")),
        "{found:?}"
    );
    is_good("x: { type: string, values: [\"1\", a], lenient: true }", "");
    let times = "    times: { created: madeAt, updated: changedAt }\n";
    for keys in [
        "bound: { fields: [tags] }",
        "unique: [{ fields: [label, tags], within: tenant }]",
        "distinct: { fields: [shelfId, label] }",
    ] {
        let found = places(&SPEC.replacen(times, &format!("{times}    {keys}\n"), 1));
        assert!(
            found.iter().any(|one| one.starts_with("FP346")),
            "{keys}: {found:?}"
        );
    }
}

#[test]
fn what_is_loaded_for_each_user_is_only_read() {
    let times = "    times: { created: madeAt, updated: changedAt }\n";
    let bound = SPEC.replacen(
        times,
        &format!("{times}    bound: {{ fields: [tags] }}\n"),
        1,
    );
    let found = places(&bound);
    let unkept = |found: &[String]| found.iter().filter(|one| one.starts_with("FP346")).count();
    // A create and a delete of shelves, and a create of books in them.
    assert_eq!(unkept(&found), 3, "{found:?}");
    let read = SPEC.replacen("    create: {}\n    delete: { cascade: [Book] }\n", "", 1);
    let rule = "exclusive: [{ fields: [language, tags] }]";
    let ruled = read.replacen(times, &format!("{times}    {rule}\n"), 1);
    assert_eq!(unkept(&places(&ruled)), unkept(&places(&read)) + 1);
}

#[test]
fn what_a_key_finds_is_nothing_without_it() {
    let found = places(&SPEC.replacen("type: Language, nullable: true,", "type: Language,", 1));
    assert!(
        found.iter().any(|one| one.starts_with("FP303")),
        "{found:?}"
    );
}

#[test]
fn what_is_written_is_used() {
    let part = "Part: { fields: { inner: { type: Inner, nullable: true } } }\n  Inner: { fields: { x: { type: boolean } } }";
    assert_eq!(codes("x: { type: boolean }", part), ["FP347", "FP347"]);
    is_good("x: { type: [Part] }", part);
    let whole = "      tongue: { type: Language, nullable: true, derive: { lookup: language } }\n";
    let found = places(&SPEC.replacen(whole, "", 1));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("FP347"), "{found:?}");
}

#[test]
fn what_is_stored_apart_is_shown_by_no_parent() {
    let medium = "      medium: { type: string,";
    for key in [
        "secret",
        "password, mode: write-only",
        "string, mode: write-only",
        "string, scope: more",
    ] {
        let text = SPEC.replacen(medium, &format!("      x: {{ type: {key} }}\n{medium}"), 1);
        let found = places(&text);
        let parent = |one: &String| one.starts_with("FP203");
        assert_eq!(
            found.iter().filter(|one| parent(one)).count(),
            1,
            "{key}: {found:?}"
        );
    }
}

#[test]
fn a_sibling_does_not_ask_for_what_nothing_gives() {
    let part = |keys: &str| {
        format!(
            "Part: {{ fields: {{ kind: {{ type: string, values: [a, b], default: a }}, x: {{ type: string, nullable: true, required-if: {{ kind: {keys} }} }} }} }}"
        )
    };
    finds_with("FP340", "part: { type: Part }", &part("a"));
    is_good("part: { type: Part }", &part("b"));
    is_good("part: { type: Part, required: true }", &part("a"));
    is_good("part: { type: Part, nullable: true }", &part("a"));
}

#[test]
fn a_row_of_the_deployment_is_a_whole_one() {
    let own = SPEC.replacen(
        "    file: languages.tsv\n",
        "    file: languages.tsv\n    path: /languages\n",
        1,
    );
    let found = places(&own);
    assert!(
        found.iter().any(|one| one.starts_with("FP202")),
        "{found:?}"
    );
}
