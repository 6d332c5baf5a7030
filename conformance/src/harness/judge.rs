//! Rules for every answer.

use fieldproof_spec::model::{Operation, Resource, Sent};
use serde_json::Value;

use super::{CheckError, Exchange, Failure, Fixture, Harness, Request, Role, created};
use crate::model::{RouteMatch, match_route};

/// Header fields that are not lists.
const SINGLE: &[&str] = &[
    "content-location",
    "content-type",
    "etag",
    "location",
    "x-total-count",
];

impl Harness<'_> {
    /// Sends a request and judges the general form of the answer, such as that of refusals.
    ///
    /// # Errors
    /// The service does not answer, the token of the role is missing, or the answer breaks a
    /// general rule.
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
        if !reads {
            self.forget_shown();
        }
        let exchange = self.wire().send(request).map_err(CheckError::Unreachable)?;
        *self.last.borrow_mut() = Some(exchange.clone());
        self.judge_fields(&exchange)?;
        self.judge_allow(&exchange)?;
        if request.role != Role::OtherTenant {
            // Everything that a check creates is removed when it ends.
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
            self.judge_ignored(&exchange)?;
            self.judge_read(request, &exchange)?;
            self.judge_stored(request, &exchange)?;
        }
        if matches!(exchange.status, 200 | 201) && request.role == Role::Main && !reads {
            self.note_answer(request, &exchange);
        }
        if exchange.status >= 400 && request.method != "HEAD" {
            self.judge_refusal(&exchange)?;
        }
        Ok(exchange)
    }

    /// Header fields that are not lists must occur only once (RFC 9110 section 5.3).
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

    /// A successful answer with JSON must be labelled as JSON. Only the house says how: elsewhere
    /// a label may be missing, or be one of texts.
    fn judge_label(&self, exchange: &Exchange) -> Result<(), CheckError> {
        let label = exchange.header("content-type").unwrap_or_default();
        let bare = label.split(';').next().unwrap_or_default().trim();
        let bare = bare.to_ascii_lowercase();
        let json = bare == "application/json" || bare.ends_with("+json");
        let text = bare.is_empty() || bare.starts_with("text/");
        let labelled = json || text && !self.is_house();
        self.ensure(labelled || exchange.json().is_null(), || {
            format!("the answer is application/json, got `{label}`")
        })
    }

    /// Judges that what made an object says where it is, if the dialect has it said.
    ///
    /// # Errors
    /// It says nothing, or another place.
    pub(crate) fn located(&self, exchange: &Exchange, path: &str) -> Result<(), CheckError> {
        let place = exchange.header("location").unwrap_or_default();
        let said = self.api.dialect.location.is(Sent::Sent);
        self.ensure(!said || place.ends_with(path), || {
            format!("Location is …{path}, got `{place}`")
        })
    }

    /// Skips checks that would change or remove an object that the suite did not create,
    /// since others rely on it.
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

    /// Marks objects as read-only for the suite.
    pub(super) fn borrow(&self, made: &[Fixture]) {
        let paths = made.iter().map(|one| one.path.clone());
        self.borrowed.borrow_mut().extend(paths);
    }

    /// Sends a request and expects a status.
    ///
    /// # Errors
    /// The service answers with another status.
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
        let failed = self.differs("", format!("status {status}"), found.to_string());
        failed.map_err(|error| error.owing(status))
    }

    /// Whether the status of a success is undocumented and the request did succeed.
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

    /// Ends the check if a conflict hides the answer to what was asked.
    ///
    /// # Errors
    /// The answer is a conflict.
    pub fn not_taken(&self, exchange: &Exchange) -> Result<(), CheckError> {
        match (exchange.status, self.limited()) {
            (409, Some(why)) => Err(CheckError::Skip(why)),
            (409, None) => Err(CheckError::Inconclusive(
                "expected a success, got 409".to_owned(),
            )),
            _ => Ok(()),
        }
    }

    /// Fails with the expected and received values, at a place in the body.
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
            owed: None,
            got: Some(got),
            exchange: self.last(),
        })))
    }
}
