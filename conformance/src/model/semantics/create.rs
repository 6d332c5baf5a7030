//! How a create turns a body into an object.

use std::collections::HashMap;

use fieldproof_spec::model::{Api, Resource};
use serde_json::{Map, Value};

use super::place::Member;
use crate::model::object::{self, Violation};
use crate::model::unique::key;

/// What becomes of a create with the idempotency key of an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repetition {
    /// It gets the answer of the earlier one.
    Answered,
    /// It is refused.
    Refused,
}

/// How a create turns a body into an object.
pub(crate) trait Creating {
    /// What becomes of a create with the key of an earlier one; `same` tells whether it is the
    /// same request.
    fn repetition(&self, _resource: &Resource, same: bool) -> Repetition {
        match same {
            true => Repetition::Answered,
            false => Repetition::Refused,
        }
    }

    /// Whether a key counts that was sent before; `own` tells whether the same caller sent it.
    fn owns_key(&self, _resource: &Resource, own: bool) -> bool {
        own
    }

    /// Reads a body: each member as its row accepts it, and defaults for members that are
    /// not sent. Violations are added to `found`, and then the result is `None`.
    fn read(
        &self,
        api: &Api,
        resource: &Resource,
        body: &Map<String, Value>,
        found: &mut Vec<Violation>,
    ) -> Option<Map<String, Value>> {
        object::read(api, resource, body, "", found)
    }

    /// The value that a new object stores for a member: the one read from the body, or the
    /// default. `None` if the member falls back to something else.
    fn kept(&self, _at: &Member<'_>, _sent: Option<&Value>, read: Option<&Value>) -> Option<Value> {
        read.cloned()
    }

    /// The body with `null` for members that equal the value that stands in for them: such
    /// a value may exceed the limit on what clients send. `stored` is the object that a
    /// change applies to.
    fn spared(
        &self,
        api: &Api,
        resource: &Resource,
        body: &Map<String, Value>,
        stored: Option<&Map<String, Value>>,
    ) -> Map<String, Value> {
        object::spared(api, resource, body, stored.unwrap_or(&Map::new()))
    }

    /// The indices of children in one body that share a value, in members that are unique
    /// together; `null` equals nothing.
    fn duplicates(&self, child: &Resource, members: &[String], items: &[Value]) -> Vec<usize> {
        let own = |item: &Value| key(child, members, item.as_object()?);
        let keys: Vec<Option<Vec<String>>> = items.iter().map(own).collect();
        let mut counts: HashMap<&Vec<String>, usize> = HashMap::new();
        for key in keys.iter().flatten() {
            *counts.entry(key).or_default() += 1;
        }
        let twice = |key: &Option<Vec<String>>| key.as_ref().is_some_and(|key| counts[key] > 1);
        let all = keys.iter().enumerate();
        all.filter(|(_, key)| twice(key))
            .map(|(at, _)| at)
            .collect()
    }
}
