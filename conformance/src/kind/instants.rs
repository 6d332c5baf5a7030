//! Filter texts for times.

use std::cmp::Ordering;

use fieldproof_spec::model::Form;
use fieldproof_spec::value::time::{print, query_instant};

/// A time in every notation, and times shortly before and after it.
pub(super) fn questions(at: Option<i64>) -> Vec<String> {
    let Some(at) = at else {
        return Vec::new();
    };
    let exact = print(Form::MillisZ, at);
    let plain = exact.trim_end_matches('Z');
    let shifted = print(Form::MillisZ, at + 7_200_000_000);
    let shifted = shifted.trim_end_matches('Z');
    vec![
        print(Form::MillisZ, at - 1_000),
        print(Form::MillisZ, at + 1_000),
        plain.to_owned(),
        format!("{plain}+00:00"),
        format!("{shifted}+02:00"),
        format!("{shifted} 02:00"),
        plain.chars().take(10).collect(),
        exact,
    ]
}

/// A time before and one after all others.
pub(super) fn strangers() -> Vec<String> {
    let far = ["1980-01-01T00:00:00Z", "2980-01-01T00:00:00Z"];
    far.map(str::to_owned).to_vec()
}

/// Texts that other parsers accept as a time.
pub(super) const UNASKED: &[&str] = &[
    "maybe",
    "",
    "1700000000",
    "2021-02-30",
    "2021-01-01 00:00:00",
    "2021-01-01T10:30Z",
    "2021-01-01T00:00:00+24:00",
    "2021-01-01T00:00:00+0100",
    "2021-01-01T00:00:00,5Z",
    "2016-12-31T12:00:60Z",
];

/// The interval in milliseconds by which times printed in seconds must differ.
pub(super) const SECOND: u64 = 1_050;

/// How a time compares to the text of a filter.
pub(super) fn order(at: Option<i64>, text: &str) -> Option<Ordering> {
    Some(at?.cmp(&query_instant(text)?))
}
