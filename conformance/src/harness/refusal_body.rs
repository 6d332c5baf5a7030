//! The form of refusals in the service's dialect.

use fieldproof_spec::model::{Credentials, OwnRefusal, RefusalBody, Resource, Verb};
use serde_json::Value;

use super::{CheckError, Exchange, Harness};
use crate::code;

impl Harness<'_> {
    /// Judges the form of a refusal.
    pub(crate) fn judge_refusal(&self, exchange: &Exchange) -> Result<(), CheckError> {
        let status = exchange.status;
        self.ensure(
            status < 500 || status == 501 && exchange.method != "GET",
            || format!("the service failed with {status}"),
        )?;
        self.judge_challenge(exchange)?;
        match self.api.dialect.refusals.said() {
            Some(RefusalBody::Problem) => self.judge_problem(exchange),
            Some(RefusalBody::Own(own)) => self.judge_own(exchange, own),
            None => Ok(()),
        }
    }

    /// Who is not known is told how to say who he is (RFC 9110 section 15.5.2).
    fn judge_challenge(&self, exchange: &Exchange) -> Result<(), CheckError> {
        let Credentials::Bearer(word) = &self.api.credentials else {
            return Ok(());
        };
        if exchange.status != 401 || !self.is_house() {
            return Ok(());
        }
        let challenge = exchange.header("www-authenticate").unwrap_or_default();
        self.ensure(challenge.starts_with(word.as_str()), || {
            format!("WWW-Authenticate is {word}, got `{challenge}`")
        })
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

    /// Each violation of a body or a query is named once.
    fn judge_once(&self, json: &Value) -> Result<(), CheckError> {
        let all: Vec<&Value> = json["errors"].as_array().into_iter().flatten().collect();
        let twice = all
            .iter()
            .enumerate()
            .find(|(at, one)| all[..*at].contains(one));
        match twice {
            Some((_, one)) => self.fail(format!("a violation is named once, got {one} twice")),
            None => Ok(()),
        }
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
        self.judge_once(&json)?;
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
