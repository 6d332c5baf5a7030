//! What every answer has to be.

use fieldproof_spec::model::{Resource, Verb};
use serde_json::Value;

use crate::code;

use super::{CheckError, Exchange, Failure, Harness, Made, Request, Role};

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
        let made = request.body.is_some() && (200..300).contains(&exchange.status);
        if made && request.role != Role::OtherTenant {
            // Whatever a check makes is removed when it ends.
            let made = exchange
                .header("location")
                .and_then(|path| path.strip_prefix(&self.base));
            made.into_iter().for_each(|path| self.remember(path));
        }
        if matches!(exchange.status, 200 | 201)
            && request.role == Role::Main
            && let Value::Object(shown) = exchange.json()
        {
            self.seen.borrow_mut().insert(request.path.clone(), shown);
        }
        if exchange.status >= 400 && request.method != "HEAD" {
            self.judge_problem(&exchange)?;
        }
        Ok(exchange)
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
    pub(super) fn borrow(&self, made: &[Made]) {
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
        if found != status {
            self.has_room(&exchange)?;
        }
        match found == status {
            true => Ok(exchange),
            false => self.differs("", format!("status {status}"), found.to_string()),
        }
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

    /// Whether a create was refused because its parent has all the children it may have,
    /// where that are few, or they stay below a parent that stays.
    pub(crate) fn is_full(&self, exchange: &Exchange) -> bool {
        let few = |resource: &Resource| {
            let room = crate::model::room(self.api, resource);
            room < 10 || room < usize::MAX && self.stays(resource)
        };
        let json = exchange.json();
        let errors = json["errors"].as_array().map_or(&[][..], Vec::as_slice);
        let full = |error: &Value| error["code"] == "too_many_items" && error["pointer"] == "";
        matches!(errors, [one] if full(one)) && self.api.resources.iter().any(few)
    }

    /// Whether objects of the resource are never removed, nor what they are below.
    fn stays(&self, resource: &Resource) -> bool {
        let above = resource.parent.as_ref();
        let above = above.and_then(|parent| self.api.resource(&parent.resource));
        let made = above.is_some_and(|above| above.create.is_some());
        resource.delete.is_none() && !made
    }

    /// Skips where a create found no room below its parent.
    ///
    /// # Errors
    /// The skip.
    pub(crate) fn has_room(&self, exchange: &Exchange) -> Result<(), CheckError> {
        match self.is_full(exchange) {
            true => Err(CheckError::Skip(
                "no more objects fit below one parent, so nothing was asked".to_owned(),
            )),
            false => Ok(()),
        }
    }

    /// Fails with what was expected and what came, at a place of the body.
    fn differs<T>(&self, pointer: &str, expected: String, got: String) -> Result<T, CheckError> {
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

    /// Sends a request and expects it refused at a place of the body.
    ///
    /// # Errors
    /// A failure when it is taken, or refused elsewhere.
    pub fn expect_violation(
        &self,
        request: &Request,
        pointer: &str,
        codes: &[&str],
    ) -> Result<Exchange, CheckError> {
        let listed = |name: &str| code::VIOLATIONS.iter().any(|code| code.name == name);
        debug_assert!(codes.iter().all(|name| listed(name)), "{codes:?}");
        let status = self.api.switches.validation_status;
        let exchange = self
            .expect(status, request)
            .map_err(|error| error.at(pointer, codes))?;
        let json = exchange.json();
        let errors = json["errors"].as_array().cloned().unwrap_or_default();
        let at = errors.iter().find(|error| error["pointer"] == pointer);
        let Some(at) = at else {
            let errors = json["errors"].to_string();
            return self.differs(pointer, "a violation".to_owned(), errors);
        };
        let code = at["code"].as_str().unwrap_or_default();
        if !codes.is_empty() && !codes.contains(&code) {
            let expected = format!("the code `{}`", codes.join("` or `"));
            return self.differs(pointer, expected, format!("`{code}`"));
        }
        if errors.len() != 1 {
            let found = json["errors"].to_string();
            return self.differs(pointer, "one violation".to_owned(), found);
        }
        Ok(exchange)
    }

    fn judge_problem(&self, exchange: &Exchange) -> Result<(), CheckError> {
        let status = exchange.status;
        self.ensure(status < 500, || format!("the service failed with {status}"))?;
        let label = exchange.header("content-type").unwrap_or_default();
        self.ensure(label.starts_with("application/problem+json"), || {
            format!("an answer of {status} is application/problem+json, got `{label}`")
        })?;
        let json = exchange.json();
        let code = json["type"].as_str().unwrap_or_default();
        self.ensure(code.starts_with("/problems/"), || {
            format!("`type` is /problems/CODE, got `{code}`")
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
            self.ensure(error["code"].is_string(), || {
                format!("every error has a code, got {error}")
            })?;
            let Some(pointer) = error["pointer"].as_str() else {
                continue;
            };
            // A missing member cannot be pointed at, but what it is missing from can;
            // neither can a kept one that no longer fits what a change sent.
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
