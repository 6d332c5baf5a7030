//! Refusals in the form of the service's dialect.

use fieldproof_spec::model::{
    OwnRefusal, Places, Refusal, RefusalBody, Resource, Verb, ViolationList, Violations,
};
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

    /// Whether a refusal names a parameter. True if its notation is undocumented.
    pub(crate) fn names_parameter(&self, exchange: &Exchange, name: &str) -> bool {
        let json = exchange.json();
        let mut errors = json["errors"].as_array().into_iter().flatten();
        self.api.dialect.refusals.said() != Some(&RefusalBody::Problem)
            || errors.any(|error| error["parameter"] == name)
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

    /// Judges the form of a refusal.
    pub(super) fn judge_refusal(&self, exchange: &Exchange) -> Result<(), CheckError> {
        let status = exchange.status;
        self.ensure(
            status < 500 || status == 501 && exchange.method != "GET",
            || format!("the service failed with {status}"),
        )?;
        match self.api.dialect.refusals.said() {
            Some(RefusalBody::Problem) => self.judge_problem(exchange),
            Some(RefusalBody::Own(own)) => self.judge_own(exchange, own),
            None => Ok(()),
        }
    }

    /// Judges the form of a refusal in the API's own format.
    fn judge_own(&self, exchange: &Exchange, own: &OwnRefusal) -> Result<(), CheckError> {
        let (status, json) = (exchange.status, exchange.json());
        self.is_labelled(exchange, &own.media)?;
        for (what, place) in [("code", &own.code), ("message", &own.message)] {
            let Some(place) = place else { continue };
            let found = json.pointer(place);
            let has = found.is_some_and(|one| one.is_string() || what == "code" && one.is_number());
            self.ensure(has, || {
                format!("a refusal with {status} has its {what} at `{place}`")
            })?;
        }
        match &own.status {
            Some(place) => self.ensure(json.pointer(place) == Some(&status.into()), || {
                format!("a refusal repeats {status} at `{place}`")
            }),
            None => Ok(()),
        }
    }

    fn is_labelled(&self, exchange: &Exchange, media: &str) -> Result<(), CheckError> {
        let (status, bare) = (exchange.status, |text: &str| {
            let name = text.split(';').next().unwrap_or_default();
            name.trim().to_ascii_lowercase()
        });
        let label = exchange.header("content-type").unwrap_or_default();
        self.ensure(bare(label) == bare(media), || {
            format!("an answer of {status} is {media}, got `{label}`")
        })
    }

    fn judge_problem(&self, exchange: &Exchange) -> Result<(), CheckError> {
        let status = exchange.status;
        self.is_labelled(exchange, "application/problem+json")?;
        let json = exchange.json();
        let kind = json["type"].as_str().unwrap_or_default();
        let listed = kind.strip_prefix("/problems/").is_some_and(|name| {
            let mut all = code::PROBLEMS.iter();
            all.any(|one| one.name == name)
        });
        self.ensure(listed, || {
            format!("`type` is /problems/CODE of a code that is listed, got `{kind}`")
        })?;
        self.ensure(json["status"] == status, || {
            format!("`status` repeats {status}, got {}", json["status"])
        })?;
        self.ensure(
            json["title"].is_string() && json["detail"].is_string(),
            || "`title` and `detail` are text".to_owned(),
        )?;
        let sent: Option<Value> = exchange
            .body
            .as_deref()
            .and_then(|body| serde_json::from_str(body).ok());
        for error in json["errors"].as_array().into_iter().flatten() {
            let own = error["code"].as_str().unwrap_or_default();
            let listed = code::VIOLATIONS.iter().any(|one| one.name == own);
            self.ensure(listed && error["detail"].is_string(), || {
                format!("every error has a listed code and a detail, got {error}")
            })?;
            let Some(pointer) = error["pointer"].as_str() else {
                continue;
            };
            // A pointer to a missing member cannot be resolved, but that of its parent can.
            // The same goes for a stored member that no longer fits a change.
            let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
            let posts = |one: &Resource| {
                let update = one.update.as_ref();
                update.is_some_and(|update| update.verbs.contains(&Verb::Post))
            };
            let changes = match exchange.method.as_str() {
                "PUT" | "PATCH" => true,
                "POST" => self.api.resources.iter().any(posts),
                _ => false,
            };
            let place = if error["code"] == "required" || changes {
                parent
            } else {
                pointer
            };
            let resolves = sent
                .as_ref()
                .is_some_and(|sent| sent.pointer(place).is_some());
            self.ensure(resolves || sent.is_none() || status == 409, || {
                format!("`{pointer}` points at nothing in the body that was sent")
            })?;
        }
        Ok(())
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
