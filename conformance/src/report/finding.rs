//! Explains a failure, so that nobody has to read the exchange.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::Verdict;
use super::rule::rule;
use crate::harness::{Exchange, Failure};
use crate::model::below;
use crate::obligation::Obligation;
use crate::subject::SubjectPart;
use fieldproof_spec::model::Api;

/// The explanation of a failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finding {
    /// The violated rule, with its documented bounds.
    pub rule: String,
    /// The value that was sent, with its length, or the request.
    pub sent: String,
    /// The behaviour that the rule demands.
    pub expected: String,
    /// The status among that, where one was expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The observed behaviour.
    pub got: String,
    /// What to do next.
    pub help: String,
}

/// The maximum length of a value shown in full.
const SHORT: usize = 80;

/// The maximum length of an excerpt of an answer.
const EXCERPT: usize = 300;

impl Finding {
    pub(crate) fn new(
        api: &Api,
        obligation: &Obligation,
        failure: &Failure,
        verdict: Verdict,
    ) -> Self {
        let exchange = failure.exchange.as_ref();
        let place = failure.pointer.clone().or_else(|| {
            let resource = api.resource(&obligation.resource)?;
            let SubjectPart::Field(name) = &obligation.part else {
                return None;
            };
            Some(below("", &resource.field(name)?.name))
        });
        Self {
            rule: rule(api, obligation),
            sent: exchange.map_or_else(
                || "a request that has no answer".to_owned(),
                |exchange| sent(exchange, place.as_deref()),
            ),
            expected: failure
                .expected
                .clone()
                .unwrap_or_else(|| failure.message.clone()),
            status: failure.owed,
            got: got(failure, place.as_deref()),
            help: help(obligation, verdict),
        }
    }

    /// The finding as lines of text.
    pub(super) fn lines(&self) -> Vec<String> {
        let part = |(name, text): (&str, &String)| format!("{name}: {text}");
        let parts = [
            ("rule", &self.rule),
            ("sent", &self.sent),
            ("expected", &self.expected),
            ("got", &self.got),
            ("help", &self.help),
        ];
        parts.map(part).into()
    }
}

/// What to do next.
fn help(obligation: &Obligation, verdict: Verdict) -> String {
    let (id, check) = (&obligation.id, obligation.check);
    let again = match verdict {
        Verdict::Unstable => {
            "tried again with the same inputs and new objects it held, so look for what differs from one time to the \
             next, such as order, load or the time of day; "
        }
        Verdict::Pass
        | Verdict::Fail
        | Verdict::Inconclusive
        | Verdict::Skipped
        | Verdict::Waived => "",
    };
    format!(
        "{again}`fieldproof explain {check}` says what is owed; `fieldproof replay {id}` asks again"
    )
}

/// The value at the place in the body, or the request.
fn sent(exchange: &Exchange, place: Option<&str>) -> String {
    let body = exchange.body.as_deref().unwrap_or_default();
    let json: Option<Value> = serde_json::from_str(body).ok();
    if let (Some(json), Some(place)) = (&json, place) {
        return match json.pointer(place) {
            Some(value) => format!("`{place}` is {}", described(value)),
            None => format!("no `{place}` in a body of {} bytes", body.len()),
        };
    }
    let path = exchange.url.split_once("://").map_or("", |(_, rest)| rest);
    let path = path.find('/').map_or("/", |at| &path[at..]);
    let with = match &exchange.body {
        Some(body) => format!(" with a body of {} bytes", body.len()),
        None => String::new(),
    };
    format!("{} {}{with}", exchange.method, cut(path, EXCERPT))
}

/// The received value, and what the answer says about the place.
fn got(failure: &Failure, place: Option<&str>) -> String {
    let Some(exchange) = &failure.exchange else {
        return failure
            .got
            .clone()
            .unwrap_or_else(|| failure.message.clone());
    };
    let found = match &failure.got {
        // A bare number is a status, so the answer is worth showing.
        Some(got) if got.parse::<u16>().is_err() => return cut(got, EXCERPT),
        _ => format!("status {}", exchange.status),
    };
    let json = exchange.json();
    let problem = json["errors"]
        .as_array()
        .filter(|errors| !errors.is_empty());
    let detail = json["detail"].as_str().filter(|_| exchange.status >= 400);
    let shown = place.and_then(|place| json.pointer(place));
    match (problem, detail, shown) {
        (Some(errors), ..) => {
            let errors: Vec<String> = errors.iter().map(Value::to_string).collect();
            format!("{found}: {}", cut(&errors.join(", "), EXCERPT))
        }
        (None, Some(detail), _) => format!("{found}: {}", cut(detail, EXCERPT)),
        (None, None, Some(value)) => {
            let place = place.unwrap_or_default();
            format!("{found}, `{place}` is {}", described(value))
        }
        (None, None, None) if exchange.reply.is_empty() => found,
        (None, None, None) => format!("{found}: {}", cut(&exchange.reply, EXCERPT)),
    }
}

/// A value in a form that shows its bounds.
fn described(value: &Value) -> String {
    let whole = value.to_string();
    let short = whole.chars().count() <= SHORT;
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => whole,
        Value::String(text) => {
            let length = text.chars().count();
            match short {
                true => format!("{whole}, {length} characters"),
                false => format!("text of {length} characters, {}", cut(&whole, SHORT)),
            }
        }
        Value::Array(items) => match short {
            true => format!("{whole}, {} elements", items.len()),
            false => format!("a list of {} elements, {}", items.len(), cut(&whole, SHORT)),
        },
        Value::Object(members) => match short {
            true => whole,
            false => format!(
                "an object of {} members, {}",
                members.len(),
                cut(&whole, SHORT)
            ),
        },
    }
}

/// The beginning of a text.
fn cut(text: &str, longest: usize) -> String {
    let text = text.replace(['\n', '\r'], " ");
    match text.char_indices().nth(longest) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::described;

    #[test]
    fn a_value_shows_its_length() {
        for (value, shown) in [
            (json!("äb"), "\"äb\", 2 characters"),
            (json!([1, 2]), "[1,2], 2 elements"),
            (json!(7), "7"),
            (json!(null), "null"),
        ] {
            assert_eq!(described(&value), shown);
        }
        let long = described(&json!("x".repeat(256)));
        assert!(long.starts_with("text of 256 characters, \"xxx") && long.ends_with('…'));
    }
}
