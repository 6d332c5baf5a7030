//! Compares the schemas of bodies with what is accepted, for names that code may stumble over
//! and for nested objects.

// The same values are used for every generated server.
#[expect(dead_code, reason = "no member takes long to read")]
#[path = "../it/bodies/mod.rs"]
mod bodies;

// Generated modules refer to each other from the root of their crate.
macro_rules! cases {
    ($($file:literal $name:ident)*) => {
        $(
            #[allow(dead_code, reason = "a test asks a part of what is emitted")]
            #[path = $file]
            mod $name;
        )*
    };
}

cases! {
    "../../../../codegen/tests/cases/names-prelude/expected/src/awkward/mod.rs" awkward
    "../../../../codegen/tests/cases/nested/expected/src/gen/mod.rs" r#gen
    "../../../../codegen/tests/cases/names-wire/expected/src/main_/mod.rs" main_
    "../../../../codegen/tests/cases/names-runtime/expected/src/std/mod.rs" std
}

use crate::awkward::{API, default, option, result};
use crate::r#gen::place::{CreatePlace, Place, UpdatePlace};
use crate::main_::thing::Thing;
use fieldproof_runtime::body::{Draft, Reading, open, set};
use fieldproof_runtime::problem::At;
use fieldproof_runtime::resource::Resource;
use serde_json::{Value, json};

use self::bodies::{cases, create, judge};

#[test]
fn every_body_that_is_taken_is_of_its_schema() {
    let whole = json!({
        "type": "a", "self": "s", "members": { "members": "m", "first": true }, "update": true,
        "birth": 1, "value": "v", "match": ["x"], "options": [{ "kind": "call", "where": "+15550109999" }],
    });
    let all = [
        cases::<result::Result>(&API, &whole),
        vec![
            create::<option::Option>(&API, &json!({ "kind": "mail", "where": "a@b.c" })),
            create::<option::Option>(&API, &json!({ "where": "anything" })),
            create::<default::Default>(&API, &json!({})),
        ],
    ];
    insta::assert_snapshot!(judge(&all.into_iter().flatten().collect::<Vec<_>>()));
}

#[test]
fn names_that_two_things_have_are_told_apart_and_wire_names_stay() {
    let whole = json!({
        "id": "_id", "$ref": "a", "ref": "b", "host-fqdn": "c", "host_fqdn": 3, "2fa": true, "é": 5, "日本": "é",
    });
    // Only creates: in an update, rules that depend on a sibling apply after the merge, which
    // reading a body does not show.
    let all = [
        create::<Thing>(&main_::API, &whole),
        create::<crate::std::link::Link>(
            &crate::std::API,
            &json!({ "link": ["a"], "box": { "ok": "b", "self": { "none": [{}] } } }),
        ),
        create::<crate::std::resource_::Resource>(
            &crate::std::API,
            &json!({ "resource": "Create" }),
        ),
    ];
    judge(&all);
    assert_eq!(main_::API.name, "main");
}

/// An object that contains another one in every member.
fn place() -> Value {
    let geo = json!({ "latitude": 2.5, "name": "there", "zone": "north", "tags": ["a"] });
    json!({
        "gen": "x",
        "address": { "street": "s", "geo": geo },
        "home": { "street": "t" },
        "tree": { "child": { "child": null, "others": [{ "label": "in" }] }, "others": [{}] },
        "left": { "size": 3, "right": { "left": { "size": 1 }, "lefts": [{ "right": null }] } },
        "many": [{ "geo": {} }],
        "chosen": { "kind": "count", "what": 4 },
        "choices": [{ "kind": "day", "what": "2021-01-01T00:00:00Z" }, { "kind": "flag", "what": 1 }],
        "kind": "spot",
        "what": geo,
    })
}

#[test]
fn objects_in_objects_are_of_their_schemas() {
    judge(&[create::<Place>(&r#gen::API, &place())]);
}

#[test]
fn changes_merge_at_any_depth_and_what_is_not_sent_has_the_default_of_its_row() {
    let read = |body: Value| {
        let mut reading = Reading::default();
        let draft = Draft::<CreatePlace>::read(body, "", Place::TABLE, &mut reading);
        (draft.map(|draft| draft.body), reading)
    };
    let (empty, _) = read(json!({ "home": {} }));
    let geo = empty.unwrap().address.geo;
    assert_eq!(
        serde_json::to_value(&geo).unwrap(),
        json!({ "latitude": 1.5, "name": "here", "zone": "south", "tags": [] })
    );
    let change = |body: Value, replaces: bool| {
        let mut reading = Reading {
            replaces,
            ..Reading::default()
        };
        let (body, _) = open::<UpdatePlace>(body, "", Place::TABLE, &mut reading);
        assert!(reading.found.is_empty(), "{:?}", reading.found);
        body.unwrap().address
    };
    let (whole, _) = read(place());
    let mut address = whole.unwrap().address;
    set(
        &mut address,
        change(json!({ "address": { "geo": { "name": "new" } } }), false),
    );
    assert_eq!(
        serde_json::to_value(&address).unwrap(),
        json!({ "street": "s", "geo": { "latitude": 2.5, "name": "new", "zone": "north", "tags": ["a"] } })
    );
    set(
        &mut address,
        change(json!({ "address": { "geo": { "name": "new" } } }), true),
    );
    assert_eq!(
        serde_json::to_value(&address).unwrap(),
        json!({ "street": null, "geo": { "latitude": 1.5, "name": "new", "zone": "south", "tags": [] } })
    );
}

#[test]
fn a_sibling_says_of_which_type_a_value_is() {
    for (kind, good, shown, bad) in [
        (
            "spot",
            json!({ "name": "a" }),
            json!({ "latitude": 1.5, "name": "a", "zone": "south", "tags": [] }),
            json!("x"),
        ),
        ("text", json!("x"), json!("x"), json!(1)),
        ("count", json!(3), json!(3), json!("3x")),
        ("flag", json!("true"), json!(true), json!(2)),
        (
            "day",
            json!("2021-01-01T01:00:00+01:00"),
            json!("2021-01-01T00:00:00.000Z"),
            json!("x"),
        ),
        ("price", json!(1.25), json!(1.25), json!("x")),
    ] {
        for inside in [false, true] {
            let body = |value: &Value| match inside {
                true => json!({ "home": {}, "choices": [{ "kind": kind, "what": value }] }),
                false => json!({ "home": {}, "kind": kind, "what": value }),
            };
            let mut reading = Reading::default();
            let draft = Draft::<CreatePlace>::read(body(&good), "", Place::TABLE, &mut reading);
            let made = draft.unwrap().body;
            let what = if inside {
                made.choices[0].what.clone()
            } else {
                made.what
            };
            assert_eq!(what, Some(shown.clone()), "{kind}");
            let draft = Draft::<CreatePlace>::read(body(&bad), "", Place::TABLE, &mut reading);
            assert_eq!(draft, None, "{kind}");
            let pointer = if inside { "/choices/0/what" } else { "/what" };
            let first = reading.found.first().map(|one| &one.at);
            assert_eq!(first, Some(&At::Pointer(pointer.to_owned())));
        }
    }
}
