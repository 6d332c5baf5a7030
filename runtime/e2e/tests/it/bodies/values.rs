//! Values that distinguish one rule from another.

use serde_json::{Value, json};

pub(crate) const TEXTS: &[&str] = &[
    "",
    " ",
    " \t",
    "\u{85}",
    "\u{feff}",
    "\u{3000}",
    "a",
    "A",
    "ab",
    "a b",
    "ä",
    "€",
    "\u{1d11e}",
    "line\nend",
    "\0",
    "a\0b",
    "true",
    "TRUE",
    "True",
    "false",
    "fALSE",
    "0",
    "1",
    "2",
    "-1",
    "+1",
    "007",
    "-00",
    "-",
    "1.5",
    "840",
    "004",
    "4",
    "9223372036854775808",
    "a@b",
    "a.b+c@d-e.example",
    "a b@c",
    "@",
    "a@b@c",
    "a@-b",
    ".a@b",
    "user:pass",
    ":",
    "u:",
    "+15550109999",
    "+1 (555) 010-99.99",
    "(+) 1.5-550109999 ",
    "+0155501099",
    "+123456",
    "5550109999",
    "#aBc123",
    "#12345",
    "aabbcc",
    "2021-01-01",
    "2021-01-01T00:00:00Z",
    "2021-01-01t00:00:00.123456z",
    "2021-01-01T02:00:00+02:00",
    "2021-01-01T00:00:00",
    "2021-01-01T00:00",
    "2021-01-01T00",
    "2021-01-01T00Z",
    "2021-01-01T00:00Z",
    "2021-01-01T000000Z",
    "2021-01-01T00:00:00,5Z",
    "2021-01-01T23:59:60Z",
    "2021-01-01T00:00:00+02",
    "2021-01-01T00:00:00+0200",
    "2021-01-01T00:00:00-00:30:15",
    "2021-01-01T00:00+02:00",
    "2021-01-01T00:00:00.5-02",
    "2021-01-01 00:00:00Z",
    "20210101T000000Z",
    "2021-02-30T00:00:00Z",
    "2021-01-01T24:00:00Z",
    "2021-01-01T00:00:00[UTC]",
    "-2021-01-01T00:00:00Z",
    "https://a.example/b?c=d",
    "HTTP://A.example:80",
    "http://a?b",
    "https://u@a.example",
    "https://a.example/#b",
    "https://[2001:db8::1]/",
    "ftp://a",
    "https://",
    "https://a b",
    "https://\u{e4}",
    "en",
    "pt-BR",
    "i-klingon",
    "x-a",
    "e_n",
    "en-",
    "abcdefghi",
    "zh-min-nan",
    "sgn-BE-FR",
    "en-gb-OED",
    "de-Latn-DE-1996-u-co-phonebk-x-a-1",
    "en-a",
    "en-x",
    "i-zzz",
    "art-lojban",
    "de-a-b",
    "deutsch-a",
    "Europe/Berlin",
    "europe/berlin",
    "UTC",
    "post",
    "Put",
    "PATCH",
    "${$.a}",
    "${",
    "a-b.c_d",
    "1a",
    "a/b",
];

/// Values for every location.
pub(super) fn pool() -> Vec<Value> {
    let mut all: Vec<Value> = TEXTS.iter().map(|text| Value::from(*text)).collect();
    // Lengths close to common limits.
    for length in [
        9, 12, 20, 30, 40, 60, 63, 64, 80, 90, 200, 254, 255, 500, 1_000, 2_000, 4_000, 10_000,
    ] {
        for length in [length, length + 1] {
            all.push("x".repeat(length).into());
        }
        all.push("ä".repeat(length).into());
        all.push(format!("{}@b.example", "x".repeat(length)).into());
    }
    for text in [
        "null",
        "true",
        "false",
        "0",
        "1",
        "2",
        "-1",
        "4",
        "840",
        "999",
        "1.0",
        "1.5",
        "0.0001",
        "0.00001",
        "1e300",
        "123456789012",
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551615",
        "[]",
        "{}",
        "[1]",
        "[null]",
        "[[]]",
        "[\"a\"]",
        "[\"a\",\"a\"]",
        "[\"\"]",
        "[\" \"]",
        "[{}]",
        "{\"a\":1}",
        "{\"name\":\"x\"}",
        "{\"name\":1}",
        "{\"name\":null}",
        "{\"name\":\"x\",\"y\":1}",
        "{\"a\":\"\\u0000\"}",
        "{\"\\u0000\":1}",
        "{\"a\":[\"\\u0000\"]}",
        "{\"x-a\":\"b\"}",
        "{\"x-a\":\"b\",\"X-A\":\"c\"}",
        "{\"Host\":\"b\"}",
        "{\"Content-Type\":\"b\"}",
        "{\"x a\":\"b\"}",
        "{\"x\":\" b\"}",
        "{\"x\":\"b\\tc\"}",
        "{\"x\":\"ä\"}",
        "{\"x\":\"\"}",
        "{\"\":\"x\"}",
        "{\"x\":\"\\n\"}",
    ] {
        all.push(serde_json::from_str(text).unwrap());
    }
    all.push(vec!["a"; 1_001].into());
    let many = (0..51).map(|at| (format!("x{at}"), json!("a")));
    all.push(Value::Object(many.collect()));
    all
}

/// Variants of a valid value in another notation.
pub(super) fn variants(old: &Value) -> Vec<Value> {
    let mut all = vec![
        json!([old]),
        json!([old, old]),
        json!({ "name": old }),
        json!({ "name": old, "x": 1 }),
    ];
    match old {
        Value::String(text) => {
            let spellings = [
                text.to_uppercase(),
                text.to_lowercase(),
                format!("{text} "),
                format!("{text}\n"),
                format!("{text}\0"),
                format!("{text}{text}"),
            ];
            all.extend(spellings.map(Value::from));
            all.extend(text.parse::<i64>().map(Value::from));
        }
        Value::Array(items) => {
            all.extend(items.iter().cloned());
            let first = items.first().cloned().unwrap_or_default();
            all.extend([2, 7, 9, 11, 101, 1_000].map(|count| vec![first.clone(); count].into()));
        }
        Value::Number(_) | Value::Bool(_) => all.push(old.to_string().into()),
        _ => {}
    }
    all
}
