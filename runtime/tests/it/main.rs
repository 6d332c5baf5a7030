//! The library by hand: what it makes of any bytes.

mod deliveries;
mod lists;
mod receiver;
mod rules;
mod signatures;
mod templates;
mod watch_client;
mod watch_oauth;
mod watch_reach;
mod watch_tls;

use fieldproof_runtime::body::{self, Reading, rule};
use fieldproof_runtime::paging::{Pages, Role};
use fieldproof_runtime::query;
use fieldproof_runtime::table::{Attribute, Filter, FilterValue, List, Op, Sort};
use fieldproof_runtime::value::{Form, fold, join, normalise_phone};
use proptest::prelude::*;

const LIST: List = List {
    page: Some(Pages {
        takes: &[("limit", Role::Size), ("offset", Role::Offset)],
        default: Some(50),
        max: 500,
        ..Pages::BASE
    }),
    envelope: None,
    intervals: &[],
    sort: Some(Sort {
        by: "by",
        order: "way",
        keys: &[("a", Attribute::Column(0))],
        default: Attribute::Created,
        descending: false,
    }),
    filters: &[Filter {
        names: &["f[a]", "f[b]"],
        fields: &[Attribute::Column(0)],
        op: Op::Equals,
        read: FilterValue::FoldedPhone,
    }],
};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_reader_of_bodies_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = body::parse(&bytes);
    }

    #[test]
    fn json_is_read_as_a_json_library_reads_it(text in "[{}\\[\\]\":,0-9a-e .\\\\-]{0,40}") {
        let expected = serde_json::from_str::<serde_json::Value>(&text);
        if let Ok(value) = body::parse(text.as_bytes()) {
            prop_assert_eq!(Some(value), expected.ok());
        }
    }

    #[test]
    fn a_query_is_understood_or_refused_with_400(query in "(limit|offset|by|way|f\\[a\\]|f%5Bb%5D|x)=[a-z0-9%+ &=]{0,12}") {
        if let Err(problem) = query::read(&LIST, None, Some(&query)) {
            prop_assert_eq!(problem.status, 400);
            prop_assert!(!problem.errors.is_empty());
        }
    }

    #[test]
    fn folding_keeps_the_number_of_characters_and_folds_once(text in any::<String>()) {
        let folded = fold(&text);
        prop_assert_eq!(folded.chars().count(), text.chars().count());
        prop_assert_eq!(fold(&folded), folded);
    }

    #[test]
    fn a_telephone_number_in_its_one_form_stays(text in "\\+?[0-9 .()-]{0,24}") {
        if let Some(number) = normalise_phone(&text) {
            prop_assert_eq!(normalise_phone(&number), Some(number));
        }
    }

    #[test]
    fn a_moment_is_printed_as_it_was_read(text in "20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?(Z|\\+0[0-9]:00)?") {
        for form in [Form::SecondsOffset, Form::SecondsZ, Form::MillisZ, Form::Local] {
            if let Some(at) = form.read(&text) {
                prop_assert_eq!(form.read(&form.print(at)), Some(at));
            }
        }
    }

    #[test]
    fn lengths_count_characters(text in any::<String>(), max in 0usize..20) {
        let mut reading = Reading::default();
        let fits = rule::Rule::read(&rule::Text::new(0, max), text.clone().into(), "/x", &mut reading);
        let expected = text.chars().count() <= max && !text.contains('\0');
        prop_assert_eq!(fits.is_some(), expected);
        prop_assert_eq!(reading.found.is_empty(), expected);
    }
}

#[test]
fn parts_are_joined_with_single_blanks() {
    assert_eq!(join(&[&"a", &"", &None::<&str>, &"b c"]), "a b c");
}
