//! Every style of lists, filters and operations.

use super::{Thing, api, assert_right, assert_right_in, findings, row};

/// A few fields to filter and sort by.
fn fields() -> Vec<String> {
    vec![
        row("name", &["type: string, max: 12, required: true"]),
        row("open", &["type: boolean"]),
        row("size", &["type: integer, min: 0, max: 9, nullable: true"]),
    ]
}

#[test]
fn every_style_of_page() {
    let pages = [
        "",
        "page: { style: limit-offset }",
        "page: { style: limit-offset, default: 2, max: 3 }",
        "page: { style: page-number, by: page, size: size, default: 30 }",
        "page: { style: page-number, by: page, size: size, default: 2, max: 2 }",
        "page: { style: page-number, by: page, size: size, cursor: after, default: 2, max: 4 }",
        "page: { style: cursor, by: after }",
        "page: { style: id-after, by: after }",
        "page: { style: after, by: after, size: size }",
        "page: { style: after, by: after, size: size, default: 2, max: 3 }",
    ];
    let envelopes = [
        "",
        "envelope: { items: things }",
        "envelope: { items: things, total: total, pages: pages, page: page }",
        "envelope: { items: things, total: total, when: paged }",
    ];
    // Only some page styles have numbers, and only some can be requested.
    let fits = |page: &str, envelope: &str| {
        (page.contains("page-number") || !envelope.contains("pages"))
            && (page.contains("page-number")
                || page.contains("limit-offset")
                || page.contains("style: after")
                || !envelope.contains("paged"))
    };
    let sorts = [
        "",
        "sort: { by: by, order: way, keys: [name, madeAt, size], default: name }",
    ];
    let mut apis = Vec::new();
    for page in pages {
        for envelope in envelopes {
            for sort in sorts {
                let own = ["cursor", "id-after", "after"]
                    .iter()
                    .any(|style| page.contains(&format!("style: {style}")));
                if (own && !sort.is_empty()) || !fits(page, envelope) {
                    continue;
                }
                let after = if page.contains("id-after") {
                    ", after: { field: thingId, op: greater }"
                } else {
                    ""
                };
                let filters = format!("filters: {{ open: {{ field: open, op: equals }}{after} }}");
                let parts: Vec<&str> = [page, envelope, sort, &filters]
                    .into_iter()
                    .filter(|one| !one.is_empty())
                    .collect();
                let list = parts.join(", ");
                let thing = Thing {
                    fields: &fields(),
                    list: &list,
                    ..Thing::default()
                };
                let mut api = api(&thing.spec());
                apis.push((list.clone(), api.clone()));
                if sort.is_empty() || page.contains("page-number") {
                    api.switches.list_cap = Some(3);
                    apis.push((format!("{list}, capped"), api));
                }
            }
        }
    }
    assert_right_in(apis, &["*.list*", "*:history", "*:at-once"]);
}

/// No other obligation makes objects before those of the walk.
#[test]
fn a_walk_that_begins_with_the_first_object_of_all() {
    for page in [
        "page: { style: after, by: after, size: size }",
        "page: { style: id-after, by: after }, filters: { after: { field: thingId, op: greater } }",
    ] {
        let thing = Thing {
            fields: &fields(),
            list: page,
            ..Thing::default()
        };
        let found = findings(&api(&thing.spec()), &["*.list.page:pages"]);
        assert!(found.is_empty(), "{page}: {found:#?}");
    }
}

#[test]
fn every_comparison() {
    let types = [
        (
            "text",
            "type: string",
            "equals equals-folded contains-words",
        ),
        (
            "short",
            "type: string, max: 5",
            "equals equals-folded contains-words",
        ),
        (
            "letter",
            "type: string, max: 1",
            "equals equals-folded contains-words",
        ),
        (
            "exact",
            "type: string, min: 6, max: 6",
            "equals equals-folded contains-words",
        ),
        (
            "closed",
            "type: string, values: [red, Blue]",
            "equals equals-folded contains-words",
        ),
        ("flag", "type: boolean", "equals"),
        ("number", "type: integer", "equals greater at-least less"),
        (
            "digit",
            "type: integer, min: 3, max: 7",
            "equals greater at-least less",
        ),
        (
            "amount",
            "type: decimal, min: -5, max: 5",
            "greater at-least less",
        ),
        ("moment", "type: date-time", "greater at-least less"),
        ("local", "type: date-time, form: local", "at-least"),
        (
            "mail",
            "type: email, max: 20",
            "equals equals-folded contains-words",
        ),
        ("dial", "type: phone", "equals equals-folded"),
        ("label", "type: name", "equals equals-folded"),
        ("foreign", "type: external-id", "equals"),
        ("days", "type: [string], values: [mon, tue, wed]", "has-all"),
    ];
    let mut apis = Vec::new();
    for keys in [
        "",
        "required: true",
        "nullable: true",
        "mode: read-only",
        "mode: immutable, nullable: true",
    ] {
        let fields: Vec<String> = types
            .iter()
            .filter(|(name, ..)| *name != "days" || keys != "nullable: true")
            .map(|(name, ty, _)| row(name, &[ty, keys]))
            .collect();
        let filters: String = types
            .iter()
            .filter(|(name, ..)| *name != "days" || keys != "nullable: true")
            .flat_map(|(name, _, ops)| {
                ops.split(' ').map(move |op| {
                    format!("{name}-{op}: {{ field: {name}, op: {op}, also: [{name}.{op}] }}, ")
                })
            })
            .collect();
        let list = format!(
            "filters: {{ {filters}made: {{ field: madeAt, op: at-least }}, id: {{ field: thingId, op: equals }} }}"
        );
        let thing = Thing {
            fields: &fields,
            list: &list,
            ..Thing::default()
        };
        apis.push((format!("filters {keys}"), api(&thing.spec())));
    }
    assert_right(apis);
}

#[test]
fn every_set_of_operations() {
    let operations = [
        ("get", "get: {}\n    "),
        ("create", "create: {}\n    "),
        ("update", "update: { verb: PUT, effect: replace }\n    "),
        ("delete", "delete: {}\n    "),
    ];
    let mut apis = Vec::new();
    for chosen in 0..16_u32 {
        let own = operations
            .iter()
            .enumerate()
            .filter(|(at, _)| chosen & (1 << at) != 0);
        let (names, texts): (Vec<&str>, Vec<&str>) =
            own.map(|(_, (name, text))| (*name, *text)).unzip();
        let text = format!("{}\n", texts.concat().trim_end());
        let thing = Thing {
            fields: &fields(),
            operations: &text,
            ..Thing::default()
        };
        apis.push((names.join("+"), api(&thing.spec())));
    }
    assert_right(apis);
}

#[test]
fn a_parent_of_any_kind() {
    let parents = [
        "get: {}\n",
        "get: {}\n    create: {}\n",
        "create: {}\n    delete: { cascade: [Piece] }\n",
        "",
    ];
    let lists = [
        "",
        "page: { style: limit-offset, max: 3 }, envelope: { items: pieces }",
        "page: { style: page-number, by: page, size: size, max: 2 }",
    ];
    let mut apis = Vec::new();
    for parent in parents {
        for list in lists {
            for pieces in [
                "list get create update delete",
                "list create",
                "get create delete",
                "list get update",
            ] {
                let has = |name: &str, text: &str| match pieces.split(' ').any(|one| one == name) {
                    true => format!("    {text}\n"),
                    false => String::new(),
                };
                let behind = format!(
                    "  Piece:\n    about: A piece.\n    path: /things/{{thingId}}/pieces\n    \
                     id: {{ field: pieceId, kind: digits }}\n    parent: {{ resource: Thing }}\n    fields:\n      \
                     pieceId: {{ type: id, mode: read-only, about: Identifier. }}\n      \
                     label: {{ type: string, max: 8, required: true, unique: parent, about: Name. }}\n{}{}{}{}{}",
                    has("list", &format!("list: {{ {list} }}")),
                    has("get", "get: {}"),
                    has("create", "create: {}"),
                    has("update", "update: { verb: PATCH }"),
                    has("delete", "delete: {}"),
                );
                let thing = Thing {
                    fields: &fields(),
                    operations: parent,
                    behind: &behind,
                    ..Thing::default()
                };
                apis.push((
                    format!("{parent:?} above {pieces} in {list}"),
                    api(&thing.spec()),
                ));
            }
        }
    }
    assert_right(apis);
}
