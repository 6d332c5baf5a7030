use std::collections::BTreeSet;

use fieldproof_spec::codes;

use super::{SPEC, frames, places, read};

/// The code that is expected, what is replaced, and by what.
const SPOILED: &[(&str, &str, &str)] = &[
    ("FP001", "resources:\n", "resources: ]\n"),
    (
        "FP002",
        "title: Shelves\n",
        "title: Shelves\ntitle: Again\n",
    ),
    ("FP003", "  api: { file", "\tapi: { file"),
    (
        "FP006",
        "api: shelves\ntitle: Shelves",
        "api: &name shelves\ntitle: *name",
    ),
    ("FP101", "op: equals-folded", "opp: equals-folded"),
    ("FP102", "max: 60", "max: many"),
    ("FP102", "max-items: 9", "max-items: -1"),
    ("FP103", "    path: /shelves\n", ""),
    ("FP104", "kind: hex24", "kind: hex25"),
    ("FP105", "fieldproof: 1", "fieldproof: 2"),
    (
        "FP106",
        "title: Shelves",
        "title: Shelves\nuse: nowhere.yaml",
    ),
    ("FP201", "field: label, op", "field: lable, op"),
    (
        "FP202",
        "max: 60, required: true, at: [4, 5-6], ruling: R01 }",
        "ruling: R01 }\n      odd: { type: text }",
    ),
    ("FP203", "cascade: [Book]", "cascade: []"),
    (
        "FP203",
        "parent: { resource: Shelf,",
        "parent: { resource: Shelv,",
    ),
    ("FP204", "ruling: R01 }", "ruling: [R01, R02] }"),
    ("FP205", "at: 3 }", "at: \"guide:3\" }"),
    ("FP206", "{ of: Shelf,", "{ of: Shelv,"),
    ("FP207", "languages.tsv", "nowhere.tsv"),
    (
        "FP301",
        "field: label, op: equals-folded",
        "field: tags, op: equals",
    ),
    (
        "FP301",
        "field: label, op: equals-folded",
        "field: label, op: equals-folded, max-items: 3",
    ),
    (
        "FP102",
        "field: label, op: equals-folded",
        "field: label, op: contains-words, max-items: 0",
    ),
    (
        "FP302",
        "label: { field: label, op: equals-folded }",
        "label: { field: label, op: equals, also: [label] }",
    ),
    (
        "FP302",
        "resources:\n",
        "objects:\n  CreateBook: { fields: { x: { type: boolean } } }\n  Problem: { fields: { x: { type: CreateBook } } }\nresources:\n",
    ),
    (
        "FP318",
        "tags: { type: [string] }",
        "tags: { type: [string], rust: Tags }",
    ),
    (
        "FP318",
        "tags: { type: [string] }",
        "tags: { type: [string], rust: fn }",
    ),
    (
        "FP318",
        "tags: { type: [string] }",
        "tags: { type: [string], rust: tags }\n      Tags: { type: string, rust: tags }",
    ),
    (
        "FP318",
        "tags: { type: [string] }",
        "\"\": { type: string }",
    ),
    (
        "FP348",
        "tags: { type: [string] }",
        "tags: { type: [string], pattern: \"^\\\\s+$\" }",
    ),
    (
        "FP348",
        "tags: { type: [string] }",
        "tags: { type: [string], max: 2, pattern: \"^[A-Z]{3}$\" }",
    ),
    (
        "FP306",
        "tags: { type: [string] }",
        "tags: { type: [date], pattern: \"^2\" }",
    ),
    (
        "FP305",
        "tags: { type: [string] }",
        "day: { type: date, default: \"2021-02-29\" }",
    ),
    (
        "FP305",
        "tags: { type: [string] }",
        "mark: { type: uuid, default: \"6F9619FF-8B86-4011-B42D-00CF4FC964FF\" }",
    ),
    (
        "FP305",
        "tags: { type: [string] }",
        "share: { type: number, max: 0.5, default: 0.75 }",
    ),
    (
        "FP347",
        "resources:\n",
        "objects:\n  Part: { fields: { x: { type: boolean } } }\nresources:\n",
    ),
    (
        "FP319",
        "resources:\n",
        "objects:\n  Node: { fields: { child: { type: Node } } }\nresources:\n",
    ),
    (
        "FP319",
        "resources:\n",
        "objects:\n  A: { fields: { b: { type: B, required: true } } }\n  B: { fields: { a: { type: { by: k, of: { x: A, y: B } } }, k: { type: string, values: [x, y] } } }\nresources:\n",
    ),
    (
        "FP340",
        "resources:\n",
        "objects:\n  A: { fields: { b: { type: string }, a: { type: string, derive: { join: [b] } } } }\nresources:\n",
    ),
    (
        "FP340",
        "resources:\n",
        "objects:\n  A: { fields: { books: { type: [Book] } } }\nresources:\n",
    ),
    (
        "FP340",
        "resources:\n",
        "objects:\n  A: { fields: { a: { type: string, mode: immutable } } }\nresources:\n",
    ),
    (
        "FP340",
        "resources:\n",
        "objects:\n  A: { fields: { a: { type: string, on: create } } }\nresources:\n",
    ),
    (
        "FP340",
        "resources:\n",
        "objects:\n  A: { fields: { a: { type: email, mode: read-only } } }\nresources:\n",
    ),
    (
        "FP340",
        "resources:\n",
        "objects:\n  A: { fields: { a: { type: string, mode: read-only }, next: { type: A, nullable: true } } }\nresources:\n",
    ),
    (
        "FP340",
        "resources:\n",
        "objects:\n  A: { fields: { word: { type: secret, nullable: true } } }\n  B: { fields: { many: { type: [A] } } }\nresources:\n",
    ),
    (
        "FP340",
        "resources:\n",
        "objects:\n  A: { fields: { a: { type: email, required: true } } }\n  B: { fields: { a: { type: A } } }\nresources:\n",
    ),
    (
        "FP340",
        "resources:\n",
        "objects:\n  A: { fields: { a: { type: string, fallback: [{ request: user }] } } }\nresources:\n",
    ),
    ("FP307", "call: phone", "call: token"),
    ("FP308", "keys: [madeAt, label]", "keys: [madeAt, books]"),
    ("FP306", "default: oak }", "default: oak, reserved: [oak] }"),
    (
        "FP303",
        "full: { type: string,",
        "full: { type: string, required: true,",
    ),
    ("FP304", "path: /shelves/{shelfId}/books", "path: /shelves"),
    (
        "FP304",
        "path: /shelves/{shelfId}/books",
        "path: /shelves/{bookId}/books",
    ),
    ("FP305", "default: oak", "default: brick"),
    (
        "FP306",
        "tags: { type: [string] }",
        "tags: { type: string, max-items: 3 }",
    ),
    ("FP307", "call: phone", "fax: phone"),
    ("FP308", "keys: [madeAt, label]", "keys: [madeAt, tags]"),
    (
        "FP309",
        "    list: {}\n",
        "    list: { page: { style: id-after, by: after } }\n",
    ),
    (
        "FP310",
        "    path: /shelves\n",
        "    path: /shelves\n    exclusive: [{ fields: [label, tags] }]\n",
    ),
    (
        "FP311",
        "tags: { type: [string] }",
        "tags: { type: [string], title: Tags }",
    ),
    (
        "FP312",
        "    path: /shelves\n",
        "    path: /shelves\n    login: { token: label, user: label }\n",
    ),
    (
        "FP313",
        "    path: /shelves\n",
        "    path: /shelves\n    append: { fields: [label] }\n",
    ),
    (
        "FP314",
        "tags: { type: [string] }",
        "tags: { type: [string] }\n      extra: { type: secret, default: x }",
    ),
    (
        "FP315",
        "    path: /shelves\n",
        "    path: /shelves\n    invite: { when: label, to: label, sets: label }\n",
    ),
    (
        "FP316",
        "    path: /shelves\n",
        "    path: /shelves\n    watch: { of: Shelf }\n",
    ),
    (
        "FP316",
        "tags: { type: [string] }",
        "tags: { type: [string], role: keys }",
    ),
    (
        "FP317",
        "tags: { type: [string] }",
        "tags: { type: [string], also: [label] }",
    ),
    (
        "FP208",
        "      filters:\n",
        "      intervals: [{ from: label, to: labels }]\n      filters:\n",
    ),
    ("FP320", "values: [oak, steel]", "values: [oak, steel, oak]"),
    ("FP321", "max: 60", "max: 60, min: 61"),
    ("FP322", "cascade: [Book]", "cascade: [Book, Book]"),
    (
        "FP323",
        "required: true, at: [4",
        "required: true, default: x, at: [4",
    ),
    (
        "FP324",
        "id: { field: shelfId, kind",
        "id: { field: label, kind",
    ),
    (
        "FP325",
        "create: {}\n    delete",
        "create: { status: 404 }\n    delete",
    ),
    (
        "FP326",
        "    list: {}\n",
        "    list: { envelope: { items: all, total: meta.total } }\n",
    ),
    ("FP327", "    path: /shelves\n", "    path: /xs?a=1\n"),
    (
        "FP345",
        "tags: { type: [string] }",
        "tags: { type: [string], fallback: [{ field: label }] }",
    ),
    (
        "FP346",
        "tags: { type: [string] }",
        "tags: { type: [string], max: 3, reserved: [none] }",
    ),
    ("FP401", "at: 3 }", "at: 99999 }"),
    ("FP402", "at: 3 }", "at: 3-20 }"),
    ("FP403", "at: 10, why", "at: 3, why"),
    ("FP404", ", ruling: R01 }", " }"),
];

fn spoiled(from: &str, to: &str) -> String {
    assert!(SPEC.contains(from), "{from}");
    SPEC.replacen(from, to, 1)
}

/// A watch with a grant of OAuth 2.0.
const GRANTED: &str = "    path: /alarms
    id: { field: alarmId, kind: hex24 }
    watch: { of: Shelf, keys: /keys }
    fields:
      alarmId: { type: id, mode: read-only }
      to: { type: url, role: address, required: true }
      proof: { type: Proof, nullable: true }
      signs: { type: [string], role: keys }
    create: {}
";

/// The members of the grant.
const PROOF: &str = "objects:
  Proof:
    fields:
      kind: { type: string, role: grant-type, values: [refresh_token, client_credentials], default: refresh_token }
      who: { type: string, role: client-id, required: true }
      from: { type: url, role: token-url, required: true }
      stock: { type: string, max: 9, nullable: true }
      fresh: { type: secret, role: refresh-token, nullable: true, required-if: { kind: refresh_token } }
      word: { type: secret, role: client-secret, nullable: true, required-if: { kind: client_credentials } }
";

#[test]
fn a_grant_is_not_without_what_it_needs() {
    let whole = spoiled(
        "examples:\n",
        &format!("  Alarm:\n{GRANTED}{PROOF}examples:\n"),
    );
    assert_eq!(frames(&whole), "");
    for (from, to, said) in [
        (", required-if: { kind: refresh_token }", "", "RefreshToken"),
        (
            "{ kind: client_credentials }",
            "{ kind: refresh_token }",
            "ClientSecret",
        ),
        (
            "role: client-id, required: true",
            "role: client-id",
            "ClientId",
        ),
        (
            "role: token-url, required: true",
            "role: token-url",
            "TokenUrl",
        ),
        ("role: client-secret, ", "", "ClientSecret"),
        (", keys: /keys }", " }", "the path where keys are made"),
    ] {
        assert!(whole.contains(from), "{from}");
        let found = frames(&whole.replacen(from, to, 1));
        assert!(
            found.contains("FP316") && found.contains(said),
            "{from}: {found}"
        );
    }
}

#[test]
fn a_good_spec_has_no_findings() {
    assert_eq!(frames(SPEC), "");
    assert!(read(SPEC).0.is_some());
}

#[test]
fn each_fault_is_found_where_it_stands() {
    let mut all = String::new();
    for (code, from, to) in SPOILED {
        let text = spoiled(from, to);
        let found = places(&text);
        assert!(
            found.iter().any(|place| place.starts_with(code)),
            "{code}: {to}: {found:?}"
        );
        assert!(read(&text).0.is_none(), "{code}: {to}");
        // Each of them says what to do.
        let helps = frames(&text).matches("= help: ").count();
        assert_eq!(helps, found.len(), "{code}: {to}");
        all.push_str(&format!("== {code}: {to}\n{}\n\n", frames(&text)));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn every_code_is_tried() {
    // Of size, depth and several specs there are tests of their own; the last is a
    // defect of ours.
    let elsewhere = ["FP004", "FP005", "FP107", "FP108", "FP199"];
    let tried: BTreeSet<&str> = SPOILED
        .iter()
        .map(|(code, ..)| *code)
        .chain(elsewhere)
        .collect();
    for code in codes::all() {
        assert!(tried.contains(code.id), "{}", code.id);
    }
}

#[test]
fn all_faults_are_found_in_one_run() {
    let text = spoiled("default: oak", "default: brick");
    let text = text.replacen("at: 3 }", "at: 99999 }", 1).replacen(
        "field: label, op",
        "field: lable, op",
        1,
    );
    let found = places(&text);
    assert_eq!(found, ["FP201 33:25", "FP305 22:64", "FP401 20:49"]);
}

#[test]
fn a_typo_gets_a_suggestion() {
    let frames = frames(&spoiled("op: equals-folded", "opp: equals-folded"));
    assert!(frames.contains("did you mean `op`?"), "{frames}");
}

/// Whether the spec with `fields` in place of the shelf's tags has no findings.
fn is_good(objects: &str, fields: &str) -> bool {
    let text = spoiled("tags: { type: [string] }", fields);
    let found = frames(&text.replacen("resources:\n", &format!("{objects}resources:\n"), 1));
    assert_eq!(found, "", "{objects}{fields}");
    true
}

#[test]
fn names_on_the_wire_are_free() {
    for names in [
        ["_id", "id"],
        ["$ref", "ref"],
        ["host-fqdn", "host_fqdn"],
        ["Tags", "tags"],
        ["é", "日本"],
        ["2fa", "self"],
    ] {
        let [one, other] = names;
        assert!(is_good(
            "",
            &format!("{one}: {{ type: string }}\n      {other}: {{ type: string, rust: other }}")
        ));
    }
}

#[test]
fn objects_may_hold_their_kind_where_that_ends() {
    let node = "objects:\n  Node: { fields: { child: { type: Node, nullable: true }, more: { type: [Node] } } }\n";
    assert!(is_good(
        node,
        "tree: { type: Node }\n      trees: { type: [Node] }"
    ));
}
