//! Templates for request bodies: JSON with `${JSONPath}` in its texts.
//!
//! A template is either an object, whose texts are filled in and remain texts, or a text that
//! becomes JSON when it is filled in: a replacement outside of quotes is a JSON value, one
//! inside quotes is part of a text. Both are parsed to pieces of JSON with slots of a known
//! kind between them. Data are written as complete values or escaped for the inside of quotes,
//! so they cannot break out of their place; and every result is parsed as JSON before it is
//! returned.

mod error;
mod object;
mod open;
mod output;
mod parts;
mod text;

use serde_json::Value;

use super::jsonpath::{Budget, Path};
use crate::body;
pub use error::RenderError;
use open::Open;
use output::Output;

/// Maximum nesting of a template and of the data.
const DEEPEST: usize = 128;

/// A parsed template.
#[derive(Debug, Clone)]
pub struct Template(Vec<Piece>);

/// A piece of a template.
#[derive(Debug, Clone)]
enum Piece {
    /// Literal JSON.
    Json(String),
    /// A value: `null` for no match, an array for several matches.
    Value(Path),
    /// A part of a text: empty for no match, the first of several matches.
    Quoted(Path),
}

impl Template {
    /// Parses an object or a text with at most 200 replacements.
    ///
    /// # Errors
    /// The template is malformed.
    pub fn parse(template: &Value) -> Result<Self, String> {
        let pieces = match template {
            Value::String(text) => text::pieces(text)?,
            Value::Object(_) if is_deeper(template, DEEPEST) => {
                return Err("is nested too deeply".to_owned());
            }
            Value::Object(_) => object::pieces(template)?,
            _ => return Err("must be an object or a text".to_owned()),
        };
        Ok(Self(pieces))
    }

    /// Renders the template with values of `data`, as JSON of at most 1 MiB and within 100 ms.
    /// Values at the paths `named` appear only where the template names them: not as part of an
    /// enclosing value, nor selected by a wildcard, a filter or a descendant segment.
    ///
    /// # Errors
    /// Why it cannot be rendered; the same data give the same error.
    pub fn render(&self, data: &Value, named: &[Vec<&str>]) -> Result<String, RenderError> {
        if is_deeper(data, DEEPEST) {
            return Err(RenderError::TooDeep);
        }
        let named: Vec<&Value> = named.iter().filter_map(|path| at(data, path)).collect();
        let shown = |value| Open {
            value,
            named: &named,
        };
        let mut budget = Budget::default();
        let mut output = Output::default();
        for piece in &self.0 {
            match piece {
                Piece::Json(json) => output.json(json)?,
                Piece::Value(path) => match path.select(data, &named, &mut budget)?[..] {
                    [] => output.json("null")?,
                    [one] => output.value(&shown(one))?,
                    ref several => {
                        let several = several.iter().map(|one| shown(one));
                        output.value(&several.collect::<Vec<_>>())?;
                    }
                },
                Piece::Quoted(path) => match path.select(data, &named, &mut budget)?.first() {
                    // `null` inside a text would read like "Ann null".
                    None | Some(Value::Null) => {}
                    Some(Value::String(text)) => output.quoted(text)?,
                    Some(other) => {
                        let mut text = Output::default();
                        text.value(&shown(other))?;
                        output.quoted(&text.text()?)?;
                    }
                },
            }
        }
        let text = output.text()?;
        match body::parse(text.as_bytes()) {
            Ok(_) => Ok(text),
            Err(problem) => Err(RenderError::NotJson(problem.detail)),
        }
    }
}

/// The value at a path of names.
fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, name| value.get(name))
}

/// Whether arrays and objects are nested deeper than `most`.
fn is_deeper(value: &Value, most: usize) -> bool {
    let deeper = |item: &Value| most == 0 || is_deeper(item, most - 1);
    match value {
        Value::Array(items) => items.iter().any(deeper),
        Value::Object(members) => members.values().any(deeper),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{RenderError, Template};

    fn render(template: &Value, data: &Value) -> Result<Value, RenderError> {
        let text = Template::parse(template).unwrap().render(data, &[])?;
        Ok(serde_json::from_str(&text).unwrap())
    }

    fn data() -> Value {
        json!({
            "first": "Jo \"J\" \\ \u{1F600}",
            "n": 1.50,
            "none": null,
            "list": [1, "two", { "three": 3 }],
            "previousData": { "first": "Bo" },
        })
    }

    #[test]
    fn takes_objects_and_texts_that_are_json_when_filled_in() {
        for good in [
            json!({ "a": "${$.b} and ${$['c}']}", "d": [1, { "e": "x" }] }),
            json!("{\"a\": ${$.b}, \"c\": \"x ${$.d} y\"}"),
            json!("{\"${$.a}\": 1, \"${$.b}\": 2}"),
            json!("${$}"),
            json!("[1, 2]"),
            json!({}),
        ] {
            assert!(Template::parse(&good).is_ok(), "{good}");
        }
        for bad in [
            json!("{\"a\": }"),
            json!("{\"a\": ${$.b}"),
            json!("plain"),
            json!(""),
            json!("{${$.key}: 1}"),
            json!("${$.a}${$.b}"),
            json!("[-${$.a}]"),
            json!("[1${$.a}]"),
            json!({ "a": "${$.b" }),
            json!({ "a": "${b}" }),
            json!({ "a": "${}" }),
            json!([{ "a": "b" }]),
            json!(1),
            json!("{\"a\": \"\\${$.b}\"}"),
            json!("{\"a\": \"\\u00${$.b}\"}"),
            json!("{\"a\": \"\\ud83d${$.b}\\ude00\"}"),
            json!("{\"a\": 1, \"a\": ${$.b}}"),
            json!({ "a": format!("${{$.{}}}", "b".repeat(600)) }),
            json!({ "a": format!("${{${}{}}}", "[?(".repeat(40), ")]".repeat(40)) }),
            json!({ "a": "${$.b}".repeat(201) }),
            json!({ "a": "b".repeat(1 << 20) }),
        ] {
            assert!(Template::parse(&bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn texts_of_an_object_stay_texts() {
        let template = json!({
            "who": "${$.first}, once ${$.previousData.first}",
            "n": "${$.n}",
            "list": "${$.list}",
            "first": "${$.list[*]}",
            "no": "<${$.nobody}>",
            "null": "${$.none}",
            "kept": [1, true, null, { "${$.first}": "a\"\\\n" }],
        });
        let rendered = render(&template, &data()).unwrap();
        assert_eq!(
            rendered,
            json!({
                "who": "Jo \"J\" \\ \u{1F600}, once Bo",
                "n": "1.5",
                "list": "[1,\"two\",{\"three\":3}]",
                "first": "1",
                "no": "<>",
                "null": "",
                "kept": [1, true, null, { "${$.first}": "a\"\\\n" }],
            })
        );
    }

    #[test]
    fn a_text_has_values_outside_of_quotes_and_texts_inside() {
        let template = json!(
            "{\"who\": \"\\\"${$.first}\\\"\", \"n\": ${$.n}, \"no\": ${$.nobody},
              \"all\": ${$.list[*]}, \"one\": ${$.list[2:]}, \"first\": \"${$.list[*]}\",
              \"${$.previousData.first}\": [${$.none}, \"${$.nobody}\"]}"
        );
        let rendered = render(&template, &data()).unwrap();
        assert_eq!(
            rendered,
            json!({
                "who": "\"Jo \"J\" \\ \u{1F600}\"",
                "n": 1.5,
                "no": null,
                "all": [1, "two", { "three": 3 }],
                "one": { "three": 3 },
                "first": "1",
                "Bo": [null, ""],
            })
        );
    }

    #[test]
    fn what_only_a_name_leads_to_is_left_out_of_everything_else() {
        let data = json!({
            "id": "1",
            "token": { "key": "sesame" },
            "in": { "deep": "sesame", "n": 2 },
            "previousData": { "id": "1", "token": "sesame" },
        });
        let named = [
            vec!["token"],
            vec!["in", "deep"],
            vec!["previousData", "token"],
            vec!["none"],
        ];
        let render = |path: &str| {
            let template = Template::parse(&json!(format!("${{{path}}}"))).unwrap();
            template.render(&data, &named).unwrap()
        };
        for (path, told) in [
            ("$.token.key", json!("sesame")),
            ("$['token']", json!({ "key": "sesame" })),
            ("$.token.*", json!("sesame")),
            ("$['id','token']['key']", json!("sesame")),
            ("$.previousData['id','token']", json!(["1", "sesame"])),
            ("$.in.deep", json!("sesame")),
        ] {
            assert_eq!(render(path), told.to_string(), "{path}");
        }
        for path in [
            "$",
            "$.*",
            "$[*].*",
            "$..*",
            "$..token",
            "$..['token','id']",
            "$..key",
            "$..deep",
            "$.in",
            "$.in[*]",
            "$.in..deep",
            "$['in','previousData']",
            "$.previousData",
            "$.previousData[?@ == 'sesame']",
            "$[?@.key]",
            "$.in[?@ == $.in.deep]",
        ] {
            let told = render(path);
            assert!(!told.contains("sesame"), "{path}: {told}");
        }
        let text = json!({ "all": "${$}", "it": "${$.in.deep}" });
        let told = Template::parse(&text).unwrap().render(&data, &named);
        let told: Value = serde_json::from_str(&told.unwrap()).unwrap();
        let all = r#"{"id":"1","in":{"n":2},"previousData":{"id":"1"}}"#;
        assert_eq!(told, json!({ "all": all, "it": "sesame" }));
    }

    #[test]
    fn a_member_that_the_data_names_replaces_no_other() {
        let template = json!("{\"admin\": false, \"${$.name}\": true}");
        let rendered = render(&template, &json!({ "name": "admin" }));
        assert!(matches!(rendered, Err(RenderError::NotJson(_))));
    }

    #[test]
    fn what_is_too_large_too_deep_or_too_costly_is_no_rendering() {
        let template = json!({ "a": "${$.a}${$.a}" });
        let half = json!({ "a": "x".repeat(1 << 19) });
        assert_eq!(render(&template, &half), Err(RenderError::TooLarge));
        let quotes = json!({ "a": "\"".repeat(1 << 18) });
        assert_eq!(render(&template, &quotes), Err(RenderError::TooLarge));
        let values = json!("[${$..*},${$..*}]");
        let many: Value = (0..60_000).map(|_| json!("0123456789")).collect();
        assert_eq!(render(&values, &many), Err(RenderError::TooLarge));

        let mut deep = json!(1);
        for _ in 0..130 {
            deep = json!([deep]);
        }
        assert_eq!(render(&json!("${$.a}"), &deep), Err(RenderError::TooDeep));
        assert!(Template::parse(&json!({ "a": deep })).is_err());

        let costly = json!({ "a": "${$[?$[?$[?@]]]}".repeat(9) });
        let wide: Value = (0..2_000).map(Value::from).collect();
        assert_eq!(render(&costly, &wide), Err(RenderError::TooCostly));
    }
}
