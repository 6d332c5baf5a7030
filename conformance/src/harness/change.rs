//! Requests that change an object.

use crate::kind::deciding_first;
use fieldproof_spec::model::{Api, Resource, Verb};
use serde_json::{Map, Value};

use super::never_shown::{Loss, loss};
use super::{CheckError, Fixture, Harness, Request};

impl Harness<'_> {
    /// Creates an object that can be sent back as it is shown: if updates replace objects,
    /// members that are never shown keep their defaults.
    ///
    /// # Errors
    /// The service does not create it, or some members are required and never shown.
    pub fn steady(&self, resource: &Resource) -> Result<Fixture, CheckError> {
        match loss(self.api, resource) {
            Loss::None => self.make(resource),
            Loss::Optional => self.make_with(resource, &Map::new()),
            Loss::Required => Err(CheckError::Skip(
                "what has to be sent and is never shown cannot be sent back".to_owned(),
            )),
        }
    }

    /// A request that changes an object, by a method that merges if there is one.
    ///
    /// # Errors
    /// The resource has no update.
    pub fn change(
        &self,
        resource: &Resource,
        path: &str,
        body: &Value,
    ) -> Result<Request, CheckError> {
        let Some(update) = &resource.update else {
            return Err(CheckError::Skip(format!("{} has no update", resource.name)));
        };
        let merging = update.verbs.iter().find(|verb| !update.replaces(**verb));
        let verb = merging.or(update.verbs.first()).copied();
        Ok(self.change_by(resource, path, verb.unwrap_or(Verb::Put), body))
    }

    /// The same by the given method; if it replaces the object, the other members are sent
    /// along.
    #[must_use]
    pub fn change_by(&self, resource: &Resource, path: &str, verb: Verb, body: &Value) -> Request {
        let request = Request::new(verb.as_str(), path);
        let replaces = resource
            .update
            .as_ref()
            .is_some_and(|one| one.replaces(verb));
        let (true, Value::Object(sent)) = (replaces, body) else {
            return request.json(body);
        };
        // If the object does not exist, nothing is sent along.
        let shown = match resource.get {
            Some(_) => self.get(resource, path).unwrap_or_default(),
            None => self.seen.borrow().get(path).cloned().unwrap_or_default(),
        };
        let mut whole = Map::new();
        let written = resource.fields.iter().filter(|field| field.on_update());
        for field in deciding_first(written) {
            let kept = shown.get(&field.name).cloned();
            let kept = kept.map(|value| self.completed(field, value));
            let unknown = field.required && !field.is_shown();
            let needed = unknown.then(|| self.value(resource, field, &whole));
            whole.extend(kept.or(needed).map(|value| (field.name.clone(), value)));
        }
        whole.extend(sent.clone());
        request.json(&Value::Object(whole))
    }

    /// A request that appends to lists of an object.
    #[must_use]
    pub fn append(&self, resource: &Resource, path: &str, body: &Value) -> Request {
        let verb = resource.append.as_ref().and_then(|one| one.verbs.first());
        Request::new(verb.map_or("PATCH", |verb| verb.as_str()), path).json(body)
    }
}

/// Whether sending an object back as it is shown changes nothing: if updates replace
/// objects, no member is both required and never shown.
pub(crate) fn can_be_sent_back(api: &Api, resource: &Resource) -> bool {
    loss(api, resource) < Loss::Required
}
