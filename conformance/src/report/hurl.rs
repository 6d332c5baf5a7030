//! The failures as a Hurl file: each request with the status that is owed.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{Outcome, Report};
use crate::harness::{Exchange, Piece, pieces};

/// Characters of an address that Hurl takes as they stand.
const PLAIN: &str = "-._~:/?@!$&'()*+,;=%";

/// The request of each failure in the syntax of Hurl, with variables for tokens
/// (`hurl --variable TOKEN=…`).
#[must_use]
pub fn hurl(report: &Report) -> String {
    let mut text = format!(
        "# Failures at {}, seed {}. Variables stand for tokens.\n",
        report.url, report.seed
    );
    let failed = report
        .outcomes
        .iter()
        .filter(|one| one.verdict.is_failure());
    for outcome in failed {
        if let Some(exchange) = &outcome.exchange {
            entry(&mut text, outcome, exchange);
        }
    }
    text
}

fn entry(text: &mut String, outcome: &Outcome, exchange: &Exchange) {
    let _ = writeln!(text, "\n# {}", outcome.obligation.id);
    for line in outcome.told().iter().flat_map(|told| told.lines()) {
        let _ = writeln!(text, "# {line}");
    }
    let _ = writeln!(text, "{} {}", exchange.method, address(&exchange.url));
    let mut user = None;
    for (name, value) in &exchange.headers {
        match value.strip_prefix("Basic $") {
            // Name and password, which Hurl encodes.
            Some(variable) => user = Some(variable),
            None => drop(writeln!(text, "{name}: {}", templated(value, escaped))),
        }
    }
    let odd = ["/./", "/../"]
        .iter()
        .any(|dots| exchange.url.contains(dots));
    if odd || user.is_some() {
        text.push_str("[Options]\n");
    }
    if odd {
        text.push_str("path-as-is: true\n");
    }
    if let Some(variable) = user {
        let _ = writeln!(text, "user: {{{{{variable}}}}}");
    }
    if let Some(body) = body(exchange) {
        let _ = writeln!(text, "{body}");
    }
    let owed = outcome.finding.as_ref().and_then(|finding| finding.status);
    let _ = match owed {
        Some(status) => writeln!(text, "HTTP {status}"),
        None => writeln!(text, "HTTP *"),
    };
}

/// The body: JSON as it stands where Hurl reads it as the same, any other in base64.
fn body(exchange: &Exchange) -> Option<String> {
    let sent = exchange.sent()?;
    let json = || {
        let text = exchange
            .body
            .as_deref()
            .filter(|_| exchange.bytes.is_none())?;
        let value: Value = serde_json::from_str(text).ok()?;
        let labelled = exchange
            .headers
            .iter()
            .any(|(name, _)| name == "content-type");
        // Hurl reads variables and escapes in it.
        let plain = !text.contains("{{") && !text.contains('\\');
        (labelled && plain && (value.is_object() || value.is_array()))
            .then(|| text.trim().to_owned())
    };
    Some(json().unwrap_or_else(|| format!("base64,{};", STANDARD.encode(sent))))
}

/// A text with variables of Hurl for those of tokens.
fn templated(text: &str, plain: fn(&str) -> String) -> String {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Plain(text) => plain(text),
        Piece::Variable(name) => format!("{{{{{name}}}}}"),
    };
    pieces(text).into_iter().map(piece).collect()
}

/// An address, in which what Hurl does not take is percent-encoded.
fn address(url: &str) -> String {
    let encoded = |text: &str| {
        let mut encoded = String::new();
        for byte in text.bytes() {
            let c = char::from(byte);
            match c.is_ascii_alphanumeric() || PLAIN.contains(c) {
                true => encoded.push(c),
                false => drop(write!(encoded, "%{byte:02X}")),
            }
        }
        encoded
    };
    templated(url, encoded)
}

/// The value of a header field, in which nothing begins a comment, an escape or a variable.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\\' | '#' => escaped.extend(['\\', c]),
            '{' => escaped.push_str("\\u{7b}"),
            c if c.is_control() => drop(write!(escaped, "\\u{{{:x}}}", u32::from(c))),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{Exchange, address, body, escaped};

    #[test]
    fn nothing_in_a_text_is_read_as_something_else() {
        assert_eq!(
            address("http://h/a b?k=$TOKEN&q={x}#[é]"),
            "http://h/a%20b?k={{TOKEN}}&q=%7Bx%7D%23%5B%C3%A9%5D"
        );
        assert_eq!(escaped("a#b\\{{c}}\t"), "a\\#b\\\\\\u{7b}\\u{7b}c}}\\u{9}");
        let sent = |text: &str| {
            body(&Exchange {
                body: Some(text.to_owned()),
                headers: vec![("content-type".to_owned(), "application/json".to_owned())],
                ..Exchange::default()
            })
        };
        assert_eq!(sent("{\"a\":[1]}").unwrap(), "{\"a\":[1]}");
        for odd in [
            "{\"a\":\"{{b}}\"}",
            "{\"a\":\"\\u0041\"}",
            "{\"a\":",
            "7",
            "",
        ] {
            assert!(sent(odd).unwrap().starts_with("base64,"), "{odd}");
        }
        assert_eq!(body(&Exchange::default()), None);
    }
}
