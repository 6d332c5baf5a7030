//! Rules at their bounds: what is just taken and what is just refused.

use fieldproof_runtime::body::Reading;
use fieldproof_runtime::body::rule::{
    Decimal, Distinct, ExternalId, Flag, Headers, Integer, Lenient, List, Map, Rule, Text,
};
use fieldproof_runtime::problem::{At, NAMED};
use fieldproof_runtime::value::Notation::{Color, Ip, Name};
use serde_json::{Map as Object, Value, json};

/// Place and code of all that is wrong with `value`.
fn wrong<R: Rule>(rule: &R, value: Value) -> Vec<(String, &'static str)> {
    let mut reading = Reading::default();
    let read = rule.read(value, "/x", &mut reading);
    assert_eq!(read.is_some(), reading.found.is_empty());
    let place = |at: At| match at {
        At::Pointer(pointer) => pointer,
        other => panic!("{other:?}"),
    };
    let found = reading.found.into_iter();
    found.map(|one| (place(one.at), one.code)).collect()
}

/// The one thing that is wrong with `value`, at its own place.
fn code<R: Rule>(rule: &R, value: impl Into<Value>) -> Option<&'static str> {
    let found = wrong(rule, value.into());
    assert!(found.len() < 2, "{found:?}");
    found.first().map(|(_, code)| *code)
}

fn read<R: Rule>(rule: &R, value: impl Into<Value>) -> Option<R::Value> {
    rule.read(value.into(), "/x", &mut Reading::default())
}

#[test]
fn texts_and_numbers_are_taken_up_to_their_bounds() {
    let text = Text::new(2, 3);
    assert_eq!(read(&text, "äöü").as_deref(), Some("äöü"));
    assert_eq!(code(&text, "äöüß"), Some("too_long"));
    assert_eq!(code(&text, "äö"), None);
    assert_eq!(code(&text, "ä"), Some("too_short"));
    assert_eq!(code(&text, 12), Some("type"));
    let whole = Integer::new(-2, 3);
    assert_eq!((read(&whole, 3), read(&whole, -2)), (Some(3), Some(-2)));
    assert_eq!(code(&whole, 4), Some("too_large"));
    assert_eq!(code(&whole, -3), Some("too_small"));
    assert_eq!(code(&whole, u64::MAX), Some("too_large"));
    assert_eq!(code(&whole, 1.5), Some("type"));
    assert_eq!((read(&whole, 3.0), read(&whole, -0.0)), (Some(3), Some(0)));
    assert_eq!(code(&whole, 1e300), Some("too_large"));
    assert_eq!(code(&whole, -1e300), Some("too_small"));
    // A double may have lost digits that were sent.
    let any = Integer::new(i64::MIN, i64::MAX);
    assert_eq!(code(&any, 9_007_199_254_740_992.0), Some("type"));
    let decimal = Decimal::new(-2, 3);
    assert_eq!((code(&decimal, 3), code(&decimal, -2)), (None, None));
    assert_eq!(read(&decimal, 1.5).map(|one| one.parts()), Some(15_000));
    assert_eq!(code(&decimal, 3.0001), Some("too_large"));
    assert_eq!(code(&decimal, -2.0001), Some("too_small"));
    assert_eq!(code(&decimal, 1.00001), Some("format"));
    let cents = Decimal::of_parts(100, 995_000);
    assert_eq!((code(&cents, 0.01), code(&cents, 99.5)), (None, None));
    assert_eq!(code(&cents, 0.0099), Some("too_small"));
    assert_eq!(code(&cents, 99.5001), Some("too_large"));
}

#[test]
fn texts_of_a_syntax_are_judged_by_it() {
    assert_eq!(read(&Color, "#0A7bff").as_deref(), Some("#0a7bff"));
    for bad in ["0a7bff", "#0a7bf", "#0a7bfff", "#0a7bfg", ""] {
        assert_eq!(code(&Color, bad), Some("format"), "{bad}");
    }
    for (sent, kept) in [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("::ffff:c000:201", "::ffff:192.0.2.1"),
    ] {
        assert_eq!(read(&Ip, sent).as_deref(), Some(kept));
    }
    for bad in ["192.0.2.01", "192.0.2", "1::2::3", "::1%eth0", "[::1]", ""] {
        assert_eq!(code(&Ip, bad), Some("format"), "{bad}");
    }
    assert_eq!(read(&Name, "a.B_c-1").as_deref(), Some("a.B_c-1"));
    for bad in ["", "1a", "a b", "ä", ".a"] {
        assert_eq!(code(&Name, bad), Some("format"), "{bad}");
    }
    assert_eq!(code(&ExternalId, "a".repeat(255)), None);
    assert_eq!(code(&ExternalId, "a".repeat(256)), Some("too_long"));
    assert_eq!(code(&ExternalId, ""), Some("too_short"));
}

#[test]
fn other_values_of_the_same_meaning_are_read_where_a_rule_is_lenient() {
    for number in [json!(7), json!(u64::MAX), json!(-7)] {
        let text = Lenient(Text::new(0, 30));
        assert_eq!(read(&text, number.clone()), Some(number.to_string()));
    }
    assert_eq!(code(&Lenient(Text::new(0, 30)), 1.5), Some("type"));
    let whole = Lenient(Integer::new(-9, 9));
    assert_eq!((read(&whole, "-7"), read(&whole, "7")), (Some(-7), Some(7)));
    for bad in ["", "-", "+7", "7.0", "7 "] {
        assert_eq!(code(&whole, bad), Some("type"), "{bad}");
    }
    for (value, meant) in [("TRUE", true), ("1", true), ("False", false), ("0", false)] {
        assert_eq!(read(&Lenient(Flag), value), Some(meant), "{value}");
    }
    assert_eq!((read(&Flag, 1), read(&Flag, 0)), (Some(true), Some(false)));
    assert_eq!(code(&Flag, 2), Some("type"));
    assert_eq!(code(&Lenient(Flag), "yes"), Some("type"));
}

#[test]
fn a_map_names_the_place_of_every_nul() {
    assert_eq!(code(&Map, json!({ "a": ["b", { "c": null }] })), None);
    assert_eq!(code(&Map, json!(["a"])), Some("type"));
    let found = wrong(&Map, json!({ "a/b": ["c", "\0"], "d\0": { "e": "\0" } }));
    let places: Vec<&str> = found.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["/x", "/x/a~1b/1", "/x/d\0/e"]);
    assert!(found.iter().all(|(_, code)| *code == "invalid_character"));
}

#[test]
fn header_fields_are_judged_by_name_and_value() {
    let rule = Headers {
        reserved: &["host", "x-own-*"],
    };
    let one = |name: &str, value: &str| {
        let found = wrong(&rule, json!({ name: value }));
        found.first().map(|(_, code)| *code)
    };
    assert_eq!(one("X-Good", "a b"), None);
    assert_eq!(one("x y", "a"), Some("format"));
    assert_eq!(one("Host", "a"), Some("reserved"));
    assert_eq!(one("X-Own-This", "a"), Some("reserved"));
    assert_eq!(one("x-owner", "a"), None);
    for bad in [" a", "a ", "ä", "a\nb"] {
        assert_eq!(one("x", bad), Some("format"), "{bad:?}");
    }
    assert_eq!(one("x", &"a".repeat(4_000)), None);
    assert_eq!(one("x", &"a".repeat(4_001)), Some("too_long"));
    let twice = wrong(&rule, json!({ "Ab": "1", "aB": "2" }));
    assert_eq!(twice, [("/x/aB".to_owned(), "duplicate")]);
    let many = |count: usize| -> Object<String, Value> {
        let one = |at| (format!("x-{at}"), Value::from("a"));
        (0..count).map(one).collect()
    };
    assert_eq!(code(&rule, many(50)), None);
    assert_eq!(code(&rule, many(51)), Some("too_many_items"));
    assert_eq!(code(&rule, many(200_000)), Some("too_many_items"));
}

#[test]
fn what_is_beyond_its_bound_is_looked_at_no_further() {
    let list = List::new(Text::new(0, 3), 2);
    assert_eq!(wrong(&list, json!([1, 2])).len(), 2);
    let beyond = [("/x".to_owned(), "too_many_items")];
    assert_eq!(wrong(&list, json!([1, 2, 3])), beyond);
}

#[test]
fn violations_are_named_up_to_a_bound_and_counted_beyond_it() {
    let list = List::new(Text::new(0, 3), 1_000);
    let mut reading = Reading::default();
    assert_eq!(list.read(vec![1; 1_000].into(), "/x", &mut reading), None);
    let verdict = reading.verdict();
    assert_eq!((verdict.len(), verdict.iter().count()), (1_000, NAMED));
}

#[test]
fn a_long_name_above_many_values_is_not_copied_for_each() {
    // Copied for each of them it would be 50 GB.
    let long = "n".repeat(500_000);
    let values = vec!["\0"; 100_000];
    let mut reading = Reading::default();
    assert_eq!(Map.read(json!({ long: values }), "/x", &mut reading), None);
    assert_eq!(reading.found.len(), 100_000);
    let first = reading.found.first().map(|one| one.at.clone());
    assert_eq!(first, Some(At::Pointer("/x".to_owned())), "around it");
}

#[test]
fn a_value_of_a_set_is_kept_once_however_many_there_are() {
    let set = Distinct(List::new(Text::new(0, 9), 100_000));
    let texts: Vec<String> = (0..100_000).map(|at| (at / 2).to_string()).collect();
    assert_eq!(read(&set, texts).map(|kept| kept.len()), Some(50_000));
}

#[test]
fn members_exclude_each_other_from_the_second_on() {
    let mut reading = Reading::default();
    reading.exclude("/x", &[("a", true), ("b", false)]);
    assert!(reading.found.is_empty());
    reading.exclude("/x", &[("a", true), ("b", false), ("c", true)]);
    let places: Vec<At> = reading.found.into_iter().map(|one| one.at).collect();
    let pointer = |text: &str| At::Pointer(text.to_owned());
    assert_eq!(places, [pointer("/x/a"), pointer("/x/c")]);
}
