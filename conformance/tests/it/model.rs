//! The reference model, compared with simpler definitions.

use std::cmp::Ordering;
use std::fs;

use fieldproof_conformance::model::{Question, Record, matches, ordered};
use fieldproof_spec::model::{Api, Filter, Resource};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// An API with a number, a text and a flag, each with its filters.
const SPEC: &str = "\
fieldproof: 1
api: things
title: Things
conventions: house
date-time: millis-z
auth: { scope: things }
resources:
  Thing:
    path: /things
    id: { field: id, kind: increasing }
    fields:
      id: { type: id, mode: read-only }
      count: { type: integer, nullable: true }
      word: { type: string, nullable: true }
      on: { type: boolean, nullable: true }
    list:
      sort: { by: sort, order: way, keys: [count, id], default: id }
      filters:
        more: { field: count, op: greater }
        least: { field: count, op: at-least }
        less: { field: count, op: less }
        count: { field: count, op: equals }
        word: { field: word, op: equals }
        folded: { field: word, op: equals-folded }
        words: { field: word, op: contains-words }
        on: { field: on, op: equals }
    get: {}
    create: {}
";

fn api() -> Api {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("things.yaml");
    fs::write(&path, SPEC).unwrap();
    let mut loaded = fieldproof_spec::load(&path).unwrap();
    let one = loaded.remove(0);
    let found = one.render(false);
    one.api.unwrap_or_else(|| panic!("{found}"))
}

fn filter<'r>(resource: &'r Resource, name: &str) -> &'r Filter {
    let list = resource.list.as_ref().unwrap();
    list.filters
        .iter()
        .find(|one| one.names[0] == name)
        .unwrap()
}

/// Whether the filter `name` with `text` selects an object with this member.
fn selects(api: &Api, name: &str, text: &str, member: Value) -> bool {
    let resource = &api.resources[0];
    let filter = filter(resource, name);
    let object: Map<String, Value> = [(filter.field.clone(), member)].into_iter().collect();
    matches(resource, filter, text, &object)
}

fn record(id: u64, count: Option<i64>) -> Record {
    let object = json!({ "id": id.to_string(), "count": count });
    Record {
        id: id.to_string(),
        parent: None,
        tenant: "main".to_owned(),
        user: None,
        order: id,
        created: 0,
        updated: 0,
        version: 0,
        object: object.as_object().cloned().unwrap(),
    }
}

/// Numbers close to each other and to the ends of the range.
fn numbers() -> impl Strategy<Value = i64> {
    prop_oneof![-3..4_i64, Just(i64::MIN), Just(i64::MAX), any::<i64>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_are_compared_as_numbers(value in proptest::option::of(numbers()), asked in numbers()) {
        let api = api();
        let text = asked.to_string();
        let stands = |wanted: &[Ordering]| value.is_some_and(|own| wanted.contains(&own.cmp(&asked)));
        for (name, wanted) in [
            ("more", &[Ordering::Greater][..]),
            ("least", &[Ordering::Greater, Ordering::Equal]),
            ("less", &[Ordering::Less]),
            ("count", &[Ordering::Equal]),
        ] {
            prop_assert_eq!(selects(&api, name, &text, json!(value)), stands(wanted), "{} {:?} {}", name, value, text);
        }
    }

    #[test]
    fn texts_are_equal_letter_by_letter_or_in_any_case(own in "[aAbB ]{0,3}", asked in "[aAbB ]{0,3}") {
        let api = api();
        prop_assert_eq!(selects(&api, "word", &asked, json!(own)), own == asked);
        let same = own.eq_ignore_ascii_case(&asked);
        prop_assert_eq!(selects(&api, "folded", &asked, json!(own)), same);
        let (text, lower) = (own.to_ascii_lowercase(), asked.to_ascii_lowercase());
        let all = lower.split(' ').all(|word| text.contains(word));
        prop_assert_eq!(selects(&api, "words", &asked, json!(own)), all);
    }

    #[test]
    fn flags_have_two_names_each(own in proptest::option::of(any::<bool>()), asked in "0|1|true|false|TRUE|False") {
        let meant = matches!(asked.to_ascii_lowercase().as_str(), "1" | "true");
        prop_assert_eq!(selects(&api(), "on", &asked, json!(own)), own == Some(meant));
    }

    #[test]
    fn an_order_has_nothing_last_and_is_the_other_way_round_as_a_whole(
        counts in proptest::collection::vec(proptest::option::of(-3..4_i64), 0..12),
        descending in any::<bool>(),
    ) {
        let api = api();
        let records: Vec<Record> = (1..).zip(&counts).map(|(id, count)| record(id * 7 % 13, *count)).collect();
        let question = Question { filters: Vec::new(), sort: Some("count".to_owned()), descending };
        let found = ordered(&api.resources[0], &question, records.iter().collect());
        let found: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
        // `false` sorts before `true`, so objects with a number come first.
        let key = |one: &&Record| {
            let count = one.object["count"].as_i64();
            (count.is_none(), count, one.id.parse::<u64>().unwrap())
        };
        let mut expected: Vec<&Record> = records.iter().collect();
        expected.sort_by_key(key);
        if descending {
            expected.reverse();
        }
        let expected: Vec<&str> = expected.iter().map(|one| one.id.as_str()).collect();
        prop_assert_eq!(found, expected);
    }
}
