//! Findings about paths and operations.

use super::{SPEC, frames, places};

fn finds(code: &str, from: &str, to: &str) {
    assert!(SPEC.contains(from), "{from}");
    let found = places(&SPEC.replacen(from, to, 1));
    assert!(
        found.iter().any(|place| place.starts_with(code)),
        "{code}: {to}: {found:?}"
    );
}

fn is_good(from: &str, to: &str) {
    assert!(SPEC.contains(from), "{from}");
    assert_eq!(frames(&SPEC.replacen(from, to, 1)), "", "{to}");
}

#[test]
fn a_path_is_served_as_it_is_written() {
    for path in [
        "things",
        "/",
        "//",
        "/:id",
        "/things/*",
        "/{*rest}",
        "/a b",
        "/x#y",
        "/x?y",
        "/xs?a=1",
        "/a//b",
        "/a/../b",
        "/a/.",
        "/{a",
        "/a}",
        "/a{b}",
        "/{a}{b}",
        "/{}",
        "/{{a}}",
        "/a%20b",
        "/über",
        "/a\\b",
        "/a|b",
        "/a/:b",
    ] {
        let quoted = format!("    path: \"{}\"\n", path.replace('\\', "\\\\"));
        finds("FP327", "    path: /shelves\n", &quoted);
    }
    for path in ["/Shelves-2.x/~all", "/shelves/", "/a(b)/c:do", "/$x@y"] {
        let child = "    path: /shelves/{shelfId}/books\n";
        is_good(child, child);
        is_good("    path: /shelves\n", &format!("    path: \"{path}\"\n"));
    }
}

#[test]
fn every_path_of_a_spec_is_judged() {
    let create = "    create: {}\n    delete: { cascade: [Book] }";
    let with = |path: &str| {
        format!("    create: {{ path: \"{path}\" }}\n    delete: {{ cascade: [Book] }}")
    };
    finds("FP327", create, &with("/new one"));
    finds("FP304", create, &with("/new/{shelfId}"));
    finds("FP304", create, &with("/shelves"));
    is_good(create, &with("/shelves/new"));
    let update = |path: &str| format!("    update: {{ also-path: \"{path}\" }}\n{create}");
    finds("FP327", create, &update("/shelf/x{shelfId}"));
    finds("FP304", create, &update("/shelf"));
    finds("FP304", create, &update("/shelf/{a}/{b}"));
    finds("FP304", create, &update("/shelves/{other}"));
    is_good(create, &update("/shelf/{one}"));
    finds("FP327", "api: shelves\n", "api: shelves\nbase: api/v1\n");
    finds("FP327", "api: shelves\n", "api: shelves\nbase: /{tenant}\n");
    finds("FP327", "api: shelves\n", "api: shelves\nbase: /a b\n");
    is_good("api: shelves\n", "api: shelves\nbase: /api/1.0/\n");
    finds(
        "FP304",
        "    file: languages.tsv\n",
        "    file: languages.tsv\n    path: /shelves/\n",
    );
    finds(
        "FP327",
        "    file: languages.tsv\n",
        "    file: languages.tsv\n    path: /tongues?x\n",
    );
    finds(
        "FP327",
        "resources:\n",
        "presets: { path: /a b, lists: {} }\nresources:\n",
    );
}

#[test]
fn names_in_braces_are_free() {
    is_good("/shelves/{shelfId}/books", "/shelves/{shelf_id}/books");
    is_good("/shelves/{shelfId}/books", "/books-of/{any}");
    finds(
        "FP304",
        "/shelves/{shelfId}/books",
        "/shelves/{bookId}/books",
    );
    finds("FP304", "/shelves/{shelfId}/books", "/shelves/books");
    finds(
        "FP304",
        "/shelves/{shelfId}/books",
        "/shelves/{a}/{b}/books",
    );
}

#[test]
fn methods_and_statuses_fit_their_operation() {
    let create = "    create: {}\n    delete: { cascade: [Book] }";
    for (create_, delete) in [
        ("{ status: 404 }", "{ cascade: [Book] }"),
        ("{ status: 204 }", "{ cascade: [Book] }"),
        ("{ verb: GET }", "{ cascade: [Book] }"),
        ("{ also: [POST] }", "{ cascade: [Book] }"),
        ("{ also: [DELETE] }", "{ cascade: [Book] }"),
        ("{}", "{ status: 404, cascade: [Book] }"),
    ] {
        finds(
            "FP325",
            create,
            &format!("    create: {create_}\n    delete: {delete}"),
        );
    }
    for update in [
        "{ verb: GET }",
        "{ verb: DELETE }",
        "{ also: [GET] }",
        "{ also: [PUT] }",
        "{ verb: PATCH, effect: replace }",
    ] {
        finds("FP325", create, &format!("    update: {update}\n{create}"));
    }
    finds(
        "FP325",
        create,
        &format!("    append: {{ verb: DELETE, fields: [tags] }}\n{create}"),
    );
    for switch in [
        "validation_status: 200",
        "create_status: 404",
        "delete_status: 201",
        "list_cap: 0",
    ] {
        finds(
            "FP325",
            "resources:\n",
            &format!("switches: {{ {switch} }}\nresources:\n"),
        );
    }
}

#[test]
fn an_envelope_has_members_of_its_own() {
    let list = "    list:\n      sort";
    let with = |envelope: &str| format!("    list:\n      envelope: {{ {envelope} }}\n      sort");
    for envelope in [
        "items: all, total: meta.total",
        "items: \"\"",
        "items: all, total: all",
        "items: all, pages: pages",
        "items: all, when: paged",
    ] {
        finds("FP326", list, &with(envelope));
    }
    is_good(list, &with("items: all, total: total"));
}

#[test]
fn pages_have_room_and_a_way_on() {
    let list = "    list:\n      sort";
    let with = |page: &str| format!("    list:\n      page: {{ {page} }}\n      sort");
    for page in [
        "style: limit-offset, default: 30, max: 20",
        "style: limit-offset, default: 0",
        "style: limit-offset, max: 0",
        "style: limit-offset, size: n",
        "style: limit-offset, cursor: n",
        "style: page-number, by: page",
        "style: page-number, default: 30",
    ] {
        finds("FP309", list, &with(page));
    }
    for page in [
        "style: page-number, by: page, size: n, default: 30",
        "style: page-number, by: page, size: n, cursor: after, default: 30",
    ] {
        is_good(list, &with(page));
    }
    finds(
        "FP309",
        "    list: {}\n    create: {}\nexamples",
        "    list: { page: { style: cursor, by: after, default: 3 } }\n    create: {}\nexamples",
    );
}

#[test]
fn intervals_are_of_two_filters_of_one_field() {
    let filters = "      filters:\n";
    let with = |interval: &str| {
        format!(
            "      intervals: [{{ {interval} }}]\n      filters:\n        from: {{ field: madeAt, op: at-least }}\n        to: {{ field: madeAt, op: less }}\n        other: {{ field: changedAt, op: less }}\n"
        )
    };
    is_good(filters, &with("from: from, to: to"));
    finds("FP208", filters, &with("from: form, to: to"));
    finds("FP208", filters, &with("from: to, to: from"));
    finds("FP208", filters, &with("from: from, to: other"));
}

#[test]
fn a_moment_has_a_time_and_a_zone() {
    for (zoned, fields) in [
        ("time: a, zone: b", "a: { type: string }"),
        (
            "time: a, zone: b",
            "a: { type: string }, b: { type: string }",
        ),
        (
            "time: a, zone: b",
            "a: { type: integer }, b: { type: time-zone }",
        ),
        (
            "time: a, zone: b",
            "a: { type: string }, b: { type: time-zone }, c: { type: string }",
        ),
    ] {
        let objects = format!(
            "objects:\n  Moment: {{ zoned: {{ {zoned} }}, fields: {{ {fields} }} }}\nresources:\n"
        );
        finds("FP208", "resources:\n", &objects);
    }
}

#[test]
fn what_is_named_in_a_list_stands_there_once() {
    for (from, to) in [
        ("cascade: [Book]", "cascade: [Book, Book]"),
        (
            "    path: /shelves\n",
            "    path: /shelves\n    unique: [{ fields: [label, label], within: tenant }]\n",
        ),
        (
            "    path: /shelves\n",
            "    path: /shelves\n    unique: [{ fields: [], within: tenant }]\n",
        ),
        (
            "    path: /shelves\n",
            "    path: /shelves\n    bound: { fields: [] }\n",
        ),
        (
            "tags: { type: [string] }",
            "tags: { type: [string], reserved: [a, a] }",
        ),
    ] {
        finds("FP322", from, to);
    }
}

#[test]
fn the_header_names_what_can_be_carried() {
    finds(
        "FP105",
        "auth: { scope: shelves, at: 1 }",
        "auth: { scope: \"a b\", at: 1 }",
    );
    finds(
        "FP105",
        "auth: { scope: shelves, at: 1 }",
        "auth: { scope: \"\", at: 1 }",
    );
    finds(
        "FP105",
        "auth: { scope: shelves, at: 1 }",
        "auth: { scope: shelves, headers: { token: \"a b\", client: c } }",
    );
    finds(
        "FP105",
        "auth: { scope: shelves, at: 1 }",
        "auth: { scope: shelves, headers: { token: x-a, client: X-A } }",
    );
    finds("FP105", &"0f".repeat(32), "00");
    finds("FP105", &"0f".repeat(32), &"0g".repeat(32));
}

#[test]
fn comparisons_are_of_types_that_have_them() {
    let filter = "label: { field: label, op: equals-folded }";
    finds(
        "FP301",
        filter,
        "label: { field: label, or: [madeAt], op: contains-words }",
    );
    finds(
        "FP301",
        filter,
        "label: { field: label, or: [tags], op: equals }",
    );
    let lists = "tags: { type: [string] }";
    let text = |values: &str| {
        let text = SPEC.replacen(
            lists,
            &format!("tags: {{ type: [string], values: [{values}] }}"),
            1,
        );
        places(&text.replacen(filter, "tags: { field: tags, op: has-all }", 1))
    };
    assert!(text("a, b").is_empty());
    assert!(
        text("a, \"b,c\"")
            .iter()
            .any(|one| one.starts_with("FP301"))
    );
    let get = "    get: {}\n";
    for also in [
        "tags: equals",
        "madeAt: equals",
        "label: greater",
        "shelfId: equals",
    ] {
        finds(
            "FP301",
            get,
            &format!("    get: {{ also: {{ {also} }} }}\n"),
        );
    }
    let external = SPEC.replacen(
        "tags: {",
        "x: { type: external-id, nullable: true }\n      tags: {",
        1,
    );
    let words = "label: { field: x, op: contains-words }";
    let found = places(&external.replacen(filter, words, 1));
    assert!(
        found.iter().any(|one| one.starts_with("FP301")),
        "{found:?}"
    );
    // A value that several objects may have finds none of them.
    let also = "    get: { also: { label: equals-folded } }\n";
    finds("FP346", get, also);
    let (label, unique) = ("max: 60, required", "max: 60, unique: tenant, required");
    let text = SPEC.replacen(label, unique, 1).replacen(get, also, 1);
    assert_eq!(frames(&text), "");
    finds(
        "FP308",
        "keys: [madeAt, label]",
        "keys: [madeAt, label, books]",
    );
    finds("FP302", filter, "\"\": { field: label, op: equals }");
    finds("FP302", "sort: { by: order,", "sort: { by: \"\",");
}

#[test]
fn what_an_object_needs_is_a_value_of_a_closed_list() {
    let tags = "tags: { type: [string] }";
    let fields = "tags: { type: [string] }\n      to: { type: url, role: address, required: true }\n      state: { type: string, values: [on, off], default: on }";
    let watch = |needs: &str| {
        let text = SPEC.replacen(tags, fields, 1);
        let path = "    path: /shelves\n";
        places(&text.replacen(path, &format!("{path}    watch: {{ of: Other, while: {{ {needs} }} }}\n"), 1).replacen(
            "examples:",
            "  Other: { path: /others, id: { field: id, kind: digits }, fields: { id: { type: id, mode: read-only } } }\nexamples:",
            1,
        ))
    };
    assert!(watch("state: on").is_empty(), "{:?}", watch("state: on"));
    for needs in ["state: gone", "label: x", "tags: x"] {
        assert!(
            watch(needs).iter().any(|one| one.starts_with("FP316")),
            "{needs}"
        );
    }
}

#[test]
fn a_preset_list_has_a_name_of_its_own() {
    for name in ["string", "Shelf", "Language", "a.b"] {
        finds(
            "FP302",
            "resources:\n",
            &format!(
                "presets: {{ path: /lists, lists: {{ {name}: {{ values: [a] }} }} }}\nresources:\n"
            ),
        );
    }
    finds(
        "FP320",
        "resources:\n",
        "presets: { path: /lists, lists: { tone: { values: [a, a] } } }\nresources:\n",
    );
    is_good(
        "resources:\n",
        "presets: { path: /lists, lists: { tone: { values: [] } } }\nresources:\n",
    );
}
