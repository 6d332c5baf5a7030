//! Refusals in the form of the service's dialect.

use fieldproof_spec::model::{Places, Refusal, RefusalBody, ViolationList, Violations};
use serde_json::Value;

use super::{CheckError, Exchange, Harness, Request};
use crate::code;

/// A violation as listed in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// Its place in the body, in the notation of the dialect.
    pub(crate) place: String,
    /// Its code, if the dialect uses the listed codes.
    pub(crate) code: Option<String>,
}

impl Named {
    /// Whether its code is one of these; if the service has codes of its own, any code
    /// matches.
    pub(crate) fn has(&self, codes: &[&str]) -> bool {
        let own = self.code.as_deref();
        codes.is_empty() || own.is_none_or(|own| codes.contains(&own))
    }
}

impl Harness<'_> {
    /// Sends a request and expects a refusal with the documented status or, if there is
    /// none, with a plausible one.
    ///
    /// # Errors
    /// The request is accepted, or refused as something else.
    pub fn refused(&self, kind: Refusal, request: &Request) -> Result<Exchange, CheckError> {
        let exchange = self.send(request)?;
        self.is_refused(kind, &exchange)?;
        Ok(exchange)
    }

    /// Expects that an answer is a refusal of this kind.
    ///
    /// # Errors
    /// It is not, or it is a refusal of another kind.
    pub(crate) fn is_refused(&self, kind: Refusal, exchange: &Exchange) -> Result<(), CheckError> {
        let (dialect, found) = (&self.api.dialect, exchange.status);
        let said = dialect.status(kind).said();
        let conflict = dialect.status(Refusal::Conflict);
        let is_due = match said {
            Some(status) => *status == found,
            None => kind.plausible().contains(&found),
        };
        if is_due {
            return Ok(());
        }
        if kind != Refusal::Conflict && conflict.said() == Some(&found) {
            self.not_taken(exchange)?;
        }
        self.has_room(exchange)?;
        let expected = match said {
            Some(status) => format!("status {status}"),
            None => {
                let all = kind.plausible().iter().map(u16::to_string);
                format!("a refusal ({})", all.collect::<Vec<_>>().join(", "))
            }
        };
        let failed = self.differs("", expected, found.to_string());
        failed.map_err(|error| match said {
            Some(status) => error.owing(*status),
            None => error,
        })
    }

    /// Sends a request and expects a refusal that names a place in the body.
    ///
    /// # Errors
    /// The request is accepted, or refused at another place.
    pub fn expect_violation(
        &self,
        request: &Request,
        pointer: &str,
        codes: &[&str],
    ) -> Result<Exchange, CheckError> {
        let listed = |name: &str| code::VIOLATIONS.iter().any(|code| code.name == name);
        debug_assert!(codes.iter().all(|name| listed(name)), "{codes:?}");
        let exchange = self
            .refused(Refusal::Validation, request)
            .map_err(|error| error.at(pointer, codes))?;
        let Some(all) = self.violations(&exchange) else {
            return Ok(exchange);
        };
        let place = self.places().of(pointer);
        let Some(at) = all.iter().find(|one| one.place == place) else {
            let found = self.violation_text(&exchange);
            return self.differs(pointer, "a violation".to_owned(), found);
        };
        if !at.has(codes) {
            let expected = format!("the code `{}`", codes.join("` or `"));
            let code = at.code.as_deref().unwrap_or_default();
            return self.differs(pointer, expected, format!("`{code}`"));
        }
        if all.len() != 1 && self.api.dialect.violations.is(Violations::All) {
            let found = self.violation_text(&exchange);
            return self.differs(pointer, "one violation".to_owned(), found);
        }
        Ok(exchange)
    }

    /// Whether a refusal names a place in the body, with one of these codes. True if the
    /// notation of places is undocumented.
    pub(crate) fn names(&self, exchange: &Exchange, pointer: &str, codes: &[&str]) -> bool {
        let place = self.places().of(pointer);
        self.violations(exchange)
            .is_none_or(|all| all.iter().any(|one| one.place == place && one.has(codes)))
    }

    /// The violations that a refusal lists; `None` if their form is undocumented.
    pub(crate) fn violations(&self, exchange: &Exchange) -> Option<Vec<Named>> {
        let json = exchange.json();
        match self.api.dialect.refusals.said()? {
            RefusalBody::Problem => {
                let errors = json["errors"].as_array().into_iter().flatten();
                let named = |error: &Value| Named {
                    place: text(&error["pointer"]).unwrap_or_default(),
                    code: text(&error["code"]),
                };
                Some(errors.map(named).collect())
            }
            RefusalBody::Own(own) => own.violations.as_ref().map(|list| listed(&json, list)),
        }
    }

    /// The notation of places in the dialect.
    pub(crate) fn places(&self) -> Places {
        match self.api.dialect.refusals.said() {
            Some(RefusalBody::Own(own)) => own
                .violations
                .as_ref()
                .map_or(Places::Pointer, |list| list.places),
            Some(RefusalBody::Problem) | None => Places::Pointer,
        }
    }

    /// The violations of a refusal as text for people.
    pub(crate) fn violation_text(&self, exchange: &Exchange) -> String {
        let json = exchange.json();
        let place = match self.api.dialect.refusals.said() {
            Some(RefusalBody::Own(own)) => own.violations.as_ref().map_or("", |one| &one.list),
            Some(RefusalBody::Problem) | None => "/errors",
        };
        json.pointer(place).unwrap_or(&Value::Null).to_string()
    }
}

/// The text of a value, if it is one.
fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The violations in a body of the API's own format.
fn listed(json: &Value, list: &ViolationList) -> Vec<Named> {
    let found = json.pointer(&list.list);
    match (&list.field, found) {
        (Some(field), Some(Value::Array(all))) => all
            .iter()
            .map(|one| Named {
                place: text(&one[field]).unwrap_or_default(),
                code: None,
            })
            .collect(),
        (None, Some(Value::Object(all))) => all
            .keys()
            .map(|place| Named {
                place: place.clone(),
                code: None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
