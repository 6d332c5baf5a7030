//! Names and values in query strings.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::problem::{At, Found, Problem, Violation};

/// Decoded names and values in the order in which they were sent.
pub type Pairs = Vec<(String, String)>;

/// Decodes a form-encoded query string: `+` is a blank, `%` is followed by two hexadecimal
/// digits.
///
/// # Errors
/// 400 when it does not decode to UTF-8.
pub(crate) fn decode(query: &str) -> Result<Pairs, Problem> {
    let mut found = Found::default();
    let mut pairs = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match (text(name), text(value)) {
            (Some(name), Some(value)) => pairs.push((name, value)),
            (name, _) => found.push(Violation {
                at: At::Parameter(name.unwrap_or_else(|| name_of(pair).into_owned())),
                code: "format",
                detail: "does not decode to UTF-8 text".to_owned(),
            }),
        }
    }
    if found.is_empty() {
        Ok(pairs)
    } else {
        Err(Problem::bad_query(found))
    }
}

/// Removes two parameters from a query string; returns the rest and their values.
pub(crate) fn without(
    query: &str,
    one: &str,
    other: &str,
) -> (Option<String>, Option<String>, Option<String>) {
    let (mut first, mut second, mut rest) = (None, None, Vec::new());
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match () {
            () if name == one && first.is_none() => first = text(value),
            () if name == other && second.is_none() => second = text(value),
            () => rest.push(pair),
        }
    }
    ((!rest.is_empty()).then(|| rest.join("&")), first, second)
}

/// Removes a parameter from a query string; returns the rest and its values.
pub(crate) fn take(query: &str, own: &str) -> (Option<String>, Vec<String>) {
    let (mut values, mut rest) = (Vec::new(), Vec::new());
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match text(name).as_deref() == Some(own) {
            true => values.extend(text(value)),
            false => rest.push(pair),
        }
    }
    ((!rest.is_empty()).then(|| rest.join("&")), values)
}

/// The name of a pair, if it decodes to text.
pub(super) fn own_name(pair: &str) -> Option<String> {
    text(pair.split('=').next().unwrap_or_default())
}

/// Refuses all parameters, for operations that document none.
///
/// # Errors
/// 400 when there is a parameter.
pub fn refuse_all(query: Option<&str>) -> Result<(), Problem> {
    let pairs = decode(query.unwrap_or_default())?;
    let found: Found = pairs.iter().map(|(name, _)| unknown(name, &[])).collect();
    if found.is_empty() {
        Ok(())
    } else {
        Err(Problem::bad_query(found))
    }
}

/// The violation for a parameter that the operation does not have.
pub(super) fn unknown(name: &str, legal: &[&str]) -> Violation {
    let detail = match legal {
        [] => "is not a parameter; this operation has none".to_owned(),
        legal => format!("is not a parameter; there are {}", legal.join(", ")),
    };
    Violation {
        at: At::Parameter(name.to_owned()),
        code: "unknown_parameter",
        detail,
    }
}

fn text(encoded: &str) -> Option<String> {
    let blanks = encoded.replace('+', " ");
    percent_decode_str(&blanks)
        .decode_utf8()
        .ok()
        .map(Cow::into_owned)
}

fn name_of(pair: &str) -> Cow<'_, str> {
    let name = pair.split('=').next().unwrap_or_default();
    percent_decode_str(name).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::problem::At;

    #[test]
    fn reads_both_spellings_of_blanks_and_brackets() {
        let expected = vec![("filter[a]".to_owned(), "x y".to_owned())];
        for query in ["filter[a]=x+y", "filter%5Ba%5D=x%20y", "&filter[a]=x%20y&"] {
            assert_eq!(decode(query).unwrap(), expected);
        }
        assert_eq!(decode("a=%ff").unwrap_err().status, 400);
    }

    #[test]
    fn a_name_that_is_no_text_is_shown_as_far_as_it_is() {
        let refused = decode("%61%ff=1").unwrap_err();
        assert_eq!(refused.errors[0].at, At::Parameter("a\u{fffd}".to_owned()));
    }
}
