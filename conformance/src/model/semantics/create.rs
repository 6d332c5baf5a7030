//! What a create makes of a body.

use std::collections::HashMap;

use fieldproof_spec::model::{Api, Resource};
use serde_json::{Map, Value};

use super::place::Member;
use crate::model::object::{self, Violation};
use crate::model::unique::key;

/// What a create makes of a body.
pub(crate) trait Creating {
    /// What a body says: each member as its row takes it, defaults for what is not sent.
    /// Whatever a row does not take is noted, and then there is no object.
    fn read(
        &self,
        api: &Api,
        resource: &Resource,
        body: &Map<String, Value>,
        found: &mut Vec<Violation>,
    ) -> Option<Map<String, Value>> {
        object::read(api, resource, body, "", found)
    }

    /// What a new object keeps of a member: what was sent, as it was read; of what was
    /// not sent, the default. Nothing where the member falls back to something else.
    fn kept(&self, _at: &Member<'_>, _sent: Option<&Value>, read: Option<&Value>) -> Option<Value> {
        read.cloned()
    }

    /// The body with nothing in place of members that equal what stands in for them:
    /// that may be longer than what a client may choose. `stored` is what a change finds.
    fn spared(
        &self,
        api: &Api,
        resource: &Resource,
        body: &Map<String, Value>,
        stored: Option<&Map<String, Value>>,
    ) -> Map<String, Value> {
        object::spared(api, resource, body, stored.unwrap_or(&Map::new()))
    }

    /// Which children of one body have the same value as another one, in members that are
    /// unique together; `null` equals nothing.
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
