//! Error bodies in the format of an API.

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use serde_json::{Map, Value};

use super::Dialect;
use crate::problem::{At, Problem, Violation};

/// The names of the members that lead to a value, outermost first.
pub type Place = &'static [&'static str];

/// The format of an API's own error bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusalBody {
    /// The media type.
    pub media: &'static str,
    /// The place of the error code.
    pub code: Option<Place>,
    /// The place of the message for people.
    pub message: Option<Place>,
    /// The place that repeats the status as a number.
    pub status: Option<Place>,
    /// The format of the list of violations.
    pub violations: Option<Violations>,
}

impl RefusalBody {
    /// An empty JSON body.
    pub const BASE: Self = Self {
        media: "application/json",
        code: None,
        message: None,
        status: None,
        violations: None,
    };
}

/// The format of violations: a list of objects or, without `field`, an object that maps each
/// place to a list of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Violations {
    /// The place of the list or object.
    pub list: Place,
    /// The member that holds the place of a violation.
    pub field: Option<&'static str>,
    /// How a place is written.
    pub places: Places,
    /// The member that holds its code.
    pub code: Option<&'static str>,
    /// The member that holds its message for people.
    pub message: Option<&'static str>,
}

impl Violations {
    /// An object at the top level.
    pub const BASE: Self = Self {
        list: &[],
        field: None,
        places: Places::Dotted,
        code: None,
        message: None,
    };
}

/// How the place of a violation in the body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// Names separated by dots.
    Dotted,
    /// A JSON Pointer (RFC 6901).
    Pointer,
    /// The name of the outermost member.
    Name,
}

impl Places {
    fn of(self, at: &At) -> String {
        let pointer = match at {
            At::Pointer(pointer) => pointer,
            At::Parameter(name) | At::Header(name) => return name.clone(),
        };
        let names = pointer.split('/').skip(1);
        let mut names = names.map(|name| name.replace("~1", "/").replace("~0", "~"));
        match self {
            Self::Pointer => pointer.clone(),
            Self::Dotted => names.collect::<Vec<_>>().join("."),
            Self::Name => names.next().unwrap_or_default(),
        }
    }
}

impl Dialect {
    /// Rewrites an error response in the format of the API.
    pub(super) fn refusal(&self, mut problem: Problem, answer: &mut Response) {
        problem.status = self.statuses.of(problem.code).unwrap_or(problem.status);
        if self.names_first {
            problem.errors.truncate(1);
            problem.more = 0;
        }
        let (media, body) = match &self.refusals {
            Some(own) => (own.media, own.body(&problem)),
            None => (Problem::MEDIA, problem.json()),
        };
        let status = StatusCode::from_u16(problem.status);
        *answer.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        *answer.body_mut() = Body::from(body.to_string());
        let headers = answer.headers_mut();
        // The length was that of the house body.
        headers.remove(CONTENT_LENGTH);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    }
}

impl RefusalBody {
    fn body(&self, problem: &Problem) -> Value {
        let mut body = Map::new();
        let told = [
            (self.code, problem.code.into()),
            (self.message, problem.short_detail().into()),
            (self.status, problem.status.into()),
        ];
        for (place, value) in told {
            if let Some(place) = place {
                put(&mut body, place, value);
            }
        }
        if let Some(violations) = self.violations.filter(|_| !problem.errors.is_empty()) {
            put(&mut body, violations.list, violations.value(problem));
        }
        body.into()
    }
}

impl Violations {
    fn value(&self, problem: &Problem) -> Value {
        let named = problem.named().into_iter().map(|(one, _)| one);
        match self.field {
            Some(field) => named.map(|one| self.element(field, one)).collect(),
            None => {
                let mut all = Map::new();
                for one in named {
                    let messages = all.entry(self.places.of(&one.at));
                    let messages = messages.or_insert_with(|| Value::Array(Vec::new()));
                    if let Value::Array(messages) = messages {
                        messages.push(one.detail.as_str().into());
                    }
                }
                all.into()
            }
        }
    }

    /// A violation as an element of the list.
    fn element(&self, field: &'static str, one: &Violation) -> Value {
        let mut element = Map::new();
        element.insert(field.to_owned(), self.places.of(&one.at).into());
        let told = [(self.code, one.code), (self.message, &one.detail)];
        for (name, text) in told {
            if let Some(name) = name {
                element.insert(name.to_owned(), text.into());
            }
        }
        element.into()
    }
}

/// Sets the value at a place, creating the objects that lead to it.
fn put(body: &mut Map<String, Value>, place: Place, value: Value) {
    let Some((name, above)) = place.split_last() else {
        return;
    };
    let mut at = body;
    for name in above {
        let next = at.entry(*name).or_insert_with(|| Map::new().into());
        let Value::Object(next) = next else { return };
        at = next;
    }
    at.insert((*name).to_owned(), value);
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use serde_json::json;

    use super::{Places, RefusalBody, Violations};
    use crate::dialect::{Dialect, Statuses};
    use crate::problem::{At, Problem, Violation};

    const LIST: Violations = Violations {
        list: &["error", "fields"],
        field: Some("field"),
        code: Some("code"),
        ..Violations::BASE
    };
    const OWN: RefusalBody = RefusalBody {
        code: Some(&["error", "code"]),
        message: Some(&["error", "text"]),
        status: Some(&["status"]),
        violations: Some(LIST),
        ..RefusalBody::BASE
    };

    fn refused() -> Problem {
        let one = |at: &str| Violation {
            at: At::Pointer(at.to_owned()),
            code: "type",
            detail: "wrong".to_owned(),
        };
        Problem::validation(400, vec![one("/a/0/b"), one("/c~1d")])
    }

    #[test]
    fn a_refusal_has_its_parts_where_the_document_shows_them() {
        let expected = json!({
            "error": {
                "code": "validation", "text": "2 rules are broken",
                "fields": [{ "field": "a.0.b", "code": "type" }, { "field": "c/d", "code": "type" }],
            },
            "status": 400,
        });
        assert_eq!(OWN.body(&refused()), expected);
        let bare = json!({ "error": { "code": "not_found", "text": "there is no such object or path" }, "status": 404 });
        assert_eq!(OWN.body(&Problem::not_found()), bare);
    }

    #[test]
    fn messages_stand_by_place_where_there_is_no_list() {
        let messages = Violations {
            list: &["errors"],
            places: Places::Name,
            ..Violations::BASE
        };
        let own = RefusalBody {
            violations: Some(messages),
            ..RefusalBody::BASE
        };
        let expected = json!({ "errors": { "a": ["wrong"], "c/d": ["wrong"] } });
        assert_eq!(own.body(&refused()), expected);
    }

    #[test]
    fn an_answer_has_the_status_that_the_dialect_gives_its_kind() {
        let dialect = Dialect {
            statuses: Statuses {
                not_found: 410,
                ..Statuses::BASE
            },
            ..Dialect::BASE
        };
        let answer = dialect.speak(Problem::not_found().into_response());
        assert_eq!(answer.status(), 410);
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let answer = dialect.speak(Problem::timeout().into_response());
        assert_eq!(answer.status(), 408);
    }
}
