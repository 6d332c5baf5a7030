//! What every answer has to be.

use fieldproof_spec::model::{Operation, Resource};
use serde_json::Value;

use super::{CheckError, Exchange, Failure, Fixture, Harness, Request, Role, created};
use crate::model::{RouteMatch, match_route};

/// Header fields that are no lists.
const SINGLE: &[&str] = &[
    "content-location",
    "content-type",
    "etag",
    "location",
    "x-total-count",
];

impl Harness<'_> {
    /// Sends a request. An answer that refuses has to be problem details.
    ///
    /// # Errors
    /// A service that does not answer, a token that is not there, or an answer
    /// that breaks what holds for every answer.
    pub fn send(&self, request: &Request) -> Result<Exchange, CheckError> {
        let token = self.token(request.role);
        if token.is_none() && request.role != Role::Nobody {
            let name = request.role.name().unwrap_or_default();
            let why = format!("no token of the role `{name}`: give --token {name}=TOKEN");
            return Err(CheckError::Skip(why));
        }
        let reads = matches!(request.method.as_str(), "GET" | "HEAD" | "OPTIONS");
        if !self.writes && !reads {
            let why = "the service is only read: --allow-writes judges the rest";
            return Err(CheckError::Skip(why.to_owned()));
        }
        if !reads && request.role != Role::Nobody {
            self.spare(request)?;
        }
        let exchange = self.wire().send(request).map_err(CheckError::Unreachable)?;
        *self.last.borrow_mut() = Some(exchange.clone());
        self.judge_fields(&exchange)?;
        if request.role != Role::OtherTenant {
            // Whatever a check makes is removed when it ends.
            let made = created::path(self.api, &exchange, &self.base);
            made.into_iter().for_each(|path| self.remember(&path));
        }
        if matches!(exchange.status, 200 | 201)
            && request.role == Role::Main
            && let Value::Object(shown) = exchange.json()
        {
            self.seen.borrow_mut().insert(request.path.clone(), shown);
        }
        if (200..300).contains(&exchange.status) {
            self.judge_label(&exchange)?;
        }
        if exchange.status >= 400 && request.method != "HEAD" {
            self.judge_refusal(&exchange)?;
        }
        Ok(exchange)
    }

    /// Header fields that are no lists stand once (RFC 9110 section 5.3).
    fn judge_fields(&self, exchange: &Exchange) -> Result<(), CheckError> {
        let times = |name: &str| {
            let fields = exchange.reply_headers.iter();
            fields.filter(|(own, _)| own == name).count()
        };
        let mut single = SINGLE.iter();
        match single.find(|name| times(name) > 1) {
            Some(name) => self.fail(format!("an answer has the header field `{name}` once")),
            None => Ok(()),
        }
    }

    /// A success that is answered with JSON says so.
    fn judge_label(&self, exchange: &Exchange) -> Result<(), CheckError> {
        let label = exchange.header("content-type").unwrap_or_default();
        let bare = label.split(';').next().unwrap_or_default().trim();
        let bare = bare.to_ascii_lowercase();
        let labelled = bare == "application/json" || bare.ends_with("+json");
        self.ensure(labelled || exchange.json().is_null(), || {
            format!("the answer is application/json, got `{label}`")
        })
    }

    /// Objects that the suite has not made are neither changed nor removed:
    /// others count on them.
    fn spare(&self, request: &Request) -> Result<(), CheckError> {
        let known = |resource: &Resource| {
            let own = crate::fixtures::of(self.api, resource, &self.fixtures.main);
            let mut ids = own.into_iter().filter_map(|one| resource.id_in(one));
            ids.any(|id| request.path.ends_with(&format!("/{id}")))
        };
        let kept = request.role == Role::Main && self.api.resources.iter().any(known);
        match kept || self.borrowed.borrow().contains(&request.path) {
            true => Err(CheckError::Skip(
                "no object can be made that this could change, and those that are there are others'"
                    .to_owned(),
            )),
            false => Ok(()),
        }
    }

    /// Notes objects that are only read.
    pub(super) fn borrow(&self, made: &[Fixture]) {
        let paths = made.iter().map(|one| one.path.clone());
        self.borrowed.borrow_mut().extend(paths);
    }

    /// Sends a request and expects a status.
    ///
    /// # Errors
    /// A failure when another status comes.
    pub fn expect(&self, status: u16, request: &Request) -> Result<Exchange, CheckError> {
        let exchange = self.send(request)?;
        let found = exchange.status;
        if status != 409 {
            self.not_taken(&exchange)?;
        }
        if found == status
            || (200..300).contains(&status) && self.is_open(&request.method, &request.path, found)
        {
            return Ok(exchange);
        }
        self.has_room(&exchange)?;
        self.differs("", format!("status {status}"), found.to_string())
    }

    /// Whether nothing says which success a request is answered with, and it was one.
    pub(crate) fn is_open(&self, method: &str, target: &str, found: u16) -> bool {
        let path = created::target(target);
        let path = match target.contains("://") {
            true => path.strip_prefix(&self.base).unwrap_or(path),
            false => path,
        };
        let open = |matched: RouteMatch<'_>| match matched.operation {
            Operation::Create => {
                let create = matched.resource.create.as_ref();
                create.is_some_and(|create| !create.status_is_said)
            }
            Operation::Delete => {
                let delete = matched.resource.delete.as_ref();
                delete.is_some_and(|delete| !delete.status_is_said)
            }
            _ => false,
        };
        (200..300).contains(&found) && match_route(self.api, method, path).is_some_and(open)
    }

    /// Stops where a value that is taken hides what was asked.
    ///
    /// # Errors
    /// A conflict.
    pub fn not_taken(&self, exchange: &Exchange) -> Result<(), CheckError> {
        match (exchange.status, self.limited()) {
            (409, Some(why)) => Err(CheckError::Skip(why)),
            (409, None) => Err(CheckError::Inconclusive(
                "expected a success, got 409".to_owned(),
            )),
            _ => Ok(()),
        }
    }

    /// Fails with what was expected and what came, at a place of the body.
    pub(super) fn differs<T>(
        &self,
        pointer: &str,
        expected: String,
        got: String,
    ) -> Result<T, CheckError> {
        let at = match pointer {
            "" => String::new(),
            pointer => format!(" at `{pointer}`"),
        };
        Err(CheckError::Fail(Box::new(Failure {
            message: format!("expected {expected}{at}, got {got}"),
            pointer: (!pointer.is_empty()).then(|| pointer.to_owned()),
            expected: Some(format!("{expected}{at}")),
            got: Some(got),
            exchange: self.last(),
        })))
    }
}
