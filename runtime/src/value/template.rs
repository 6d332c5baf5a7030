//! Templates: JSON with `${JSONPath}` in its texts (RFC 9535).

use jsonpath_rust::parser::parse_json_path;
use serde_json::Value;

/// Longest path in bytes.
const LONGEST: usize = 500;

/// Deepest nesting of brackets inside a path.
const DEEPEST: usize = 16;

/// Most replacements of one template.
const MOST: usize = 200;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// What stands there as it is.
    Text(String),
    /// A path into the data.
    Path(String),
}

/// What a template can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template;

impl Template {
    /// Judges a template: an object whose texts are filled in, or a text that
    /// has to be JSON when it is filled in.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(value: &Value) -> Result<(), String> {
        let mut count = 0;
        match value {
            Value::String(text) => check_text(text, &mut count),
            Value::Object(_) => check_value(value, &mut count),
            _ => Err("must be an object or a text".to_owned()),
        }
    }
}

fn check_value(value: &Value, count: &mut usize) -> Result<(), String> {
    match value {
        Value::String(text) => parts(text, count).map(drop),
        Value::Array(items) => items.iter().try_for_each(|item| check_value(item, count)),
        Value::Object(map) => map.values().try_for_each(|item| check_value(item, count)),
        _ => Ok(()),
    }
}

/// A text with values in place of paths: `null` outside of quotes, nothing inside.
fn check_text(text: &str, count: &mut usize) -> Result<(), String> {
    let mut filled = String::new();
    let (mut quoted, mut escaped) = (false, false);
    for part in parts(text, count)? {
        match part {
            Part::Text(text) => {
                for c in text.chars() {
                    match c {
                        _ if escaped => escaped = false,
                        '\\' if quoted => escaped = true,
                        '"' => quoted = !quoted,
                        _ => {}
                    }
                }
                filled.push_str(&text);
            }
            Part::Path(_) if escaped => return Err("a path stands behind a backslash".to_owned()),
            Part::Path(_) if quoted => {}
            Part::Path(_) => filled.push_str("null"),
        }
    }
    let json: Result<Value, _> = serde_json::from_str(&filled);
    json.map(drop)
        .map_err(|error| format!("is not JSON when it is filled in: {error}"))
}

/// The pieces of a text.
///
/// # Errors
/// A path that does not end, or that is none.
fn parts(text: &str, count: &mut usize) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        parts.push(Part::Text(rest[..start].to_owned()));
        let inner = &rest[start + 2..];
        let end =
            end_of(inner).ok_or_else(|| "a path does not end: `${` without `}`".to_owned())?;
        let path = &inner[..end];
        *count += 1;
        if *count > MOST {
            return Err(format!("must have at most {MOST} replacements"));
        }
        check_path(path)?;
        parts.push(Part::Path(path.to_owned()));
        rest = &inner[end + 1..];
    }
    parts.push(Part::Text(rest.to_owned()));
    Ok(parts)
}

/// Where a path ends: at the first `}` outside of its quotes.
fn end_of(text: &str) -> Option<usize> {
    let (mut quote, mut escaped) = (None, false);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '}') => return Some(at),
            _ => {}
        }
    }
    None
}

fn check_path(path: &str) -> Result<(), String> {
    let mut depth = 0usize;
    let mut deepest = 0;
    for c in path.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    // Bounds come before the parser, which is made for paths of people.
    if path.len() > LONGEST || deepest > DEEPEST {
        return Err(format!(
            "a path has at most {LONGEST} bytes and {DEEPEST} nested brackets"
        ));
    }
    match parse_json_path(path) {
        Ok(_) => Ok(()),
        Err(_) => Err(format!("`{path}` is not a JSONPath such as $.name")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Template;

    #[test]
    fn takes_objects_and_texts_that_are_json_when_filled_in() {
        for good in [
            json!({ "a": "${$.b} and ${$['c}']}", "d": [1, { "e": "x" }] }),
            json!("{\"a\": ${$.b}, \"c\": \"x ${$.d} y\"}"),
            json!("${$}"),
            json!({}),
            json!({ "a": "${$['it\\'s }']}" }),
            json!({ "a": format!("${{${}}}", "['b']".repeat(40)) }),
        ] {
            assert_eq!(Template::check(&good), Ok(()), "{good}");
        }
        for bad in [
            json!("{\"a\": }"),
            json!("{\"a\": ${$.b}"),
            json!("plain"),
            json!({ "a": "${$.b" }),
            json!({ "a": "${b}" }),
            json!({ "a": "${}" }),
            json!([{ "a": "b" }]),
            json!(1),
            json!("{\"a\": \"\\${$.b}\"}"),
            json!({ "a": format!("${{$.{}}}", "b".repeat(600)) }),
            json!({ "a": format!("${{${}{}}}", "[?(".repeat(40), ")]".repeat(40)) }),
        ] {
            assert!(Template::check(&bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn bounds_are_taken_and_not_passed() {
        let fits = |path: String| Template::check(&json!({ "a": format!("${{{path}}}") })).is_ok();
        let nested = |depth: usize| {
            let (open, close) = ("(".repeat(depth - 1), ")".repeat(depth - 1));
            format!("$[?{open}@.a{close}]")
        };
        assert!(fits(nested(16)) && !fits(nested(17)));
        let long = |bytes: usize| format!("$.{}", "b".repeat(bytes - 2));
        assert!(fits(long(500)) && !fits(long(501)));
        let many = |count: usize| Template::check(&json!({ "a": "${$.b}".repeat(count) })).is_ok();
        assert!(many(200) && !many(201));
    }
}
