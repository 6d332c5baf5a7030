//! Merging of a body into the stored object.

use fieldproof_spec::model::{Field, Resource, Type};
use serde_json::{Map, Value};

use super::{Record, Service};
use crate::model::object::Violation;
use crate::model::semantics::Part;
use crate::model::value::sent;
use crate::model::{below, server_set};

impl Service {
    /// The stored object, with members that are not in `body` as the change leaves them.
    pub(super) fn left(
        &self,
        resource: &Resource,
        record: &Record,
        body: &Map<String, Value>,
        replaces: bool,
        found: &mut Vec<Violation>,
    ) -> Map<String, Value> {
        let mut left = record.object.clone();
        let unsent = |field: &&Field| field.on_update() && !body.contains_key(&field.name);
        for field in resource.fields.iter().filter(unsent) {
            if let Some(value) = left.get_mut(&field.name) {
                let at = self.member(resource, field);
                *value = self.semantics.unsent(&at, replaces, value);
            }
            if replaces && field.required {
                found.push(Violation::new(&below("", &field.name), "required"));
            }
        }
        left
    }

    /// The body with partial members completed from the stored object.
    pub(super) fn completed(
        &self,
        resource: &Resource,
        body: &Map<String, Value>,
        record: &Record,
        patch: bool,
    ) -> Map<String, Value> {
        let mut whole = body.clone();
        for field in &resource.fields {
            let Some(Value::Object(part)) = body.get(&field.name) else {
                continue;
            };
            let at = self.member(resource, field);
            let stored = record.object.get(&field.name).unwrap_or(&Value::Null);
            match self.semantics.completed(&at, part, stored, patch) {
                Some(value) => whole.insert(field.name.clone(), value),
                None => whole.shift_remove(&field.name),
            };
        }
        whole
    }

    /// Merges a body into an object; `whole` is the body with partial members completed.
    pub(super) fn merge(
        &self,
        resource: &Resource,
        record: &Record,
        (body, whole): (&Map<String, Value>, &Map<String, Value>),
        replaces: bool,
        merged: &mut Map<String, Value>,
        found: &mut Vec<Violation>,
    ) {
        let stored = &record.object;
        let mut owner = stored.clone();
        owner.extend(whole.clone());
        let spared = self
            .semantics
            .spared(&self.api, resource, whole, Some(stored));
        for field in resource.fields.iter().filter(|field| field.on_update()) {
            let name = &field.name;
            let Some(value) = spared.get(name).map(|value| sent(field, value)) else {
                continue;
            };
            let part = Part {
                sent: body.get(name).unwrap_or(&value),
                value: &value,
                stored: stored.get(name).unwrap_or(&Value::Null),
                owner: &owner,
                replaces,
            };
            let before = found.len();
            let changed = self
                .semantics
                .changed(&self.member(resource, field), &part, found);
            // A refused value is kept so that its siblings can be checked against it.
            let refused = found.len() > before && !value.is_null();
            let value = changed.or_else(|| refused.then(|| value.clone()));
            merged.extend(value.map(|value| (name.clone(), value)));
        }
    }

    /// Restores what a body cannot say of the members that it sends: server-set members
    /// inside them, and secrets.
    pub(super) fn restore(
        &self,
        resource: &Resource,
        record: &Record,
        merged: &mut Map<String, Value>,
        found: &mut Vec<Violation>,
    ) {
        for field in &resource.fields {
            let stored = record.object.get(&field.name);
            if let (Some(value), Some(stored)) = (merged.get_mut(&field.name), stored) {
                server_set::restore(&self.api, field, value, stored);
                let at = self.member(resource, field);
                *value = self.semantics.carried(&at, value, stored, found);
            }
        }
    }

    /// Checks members again whose type depends on a sibling, when only the sibling was
    /// sent.
    pub(super) fn refit(
        &self,
        resource: &Resource,
        body: &Map<String, Value>,
        merged: &mut Map<String, Value>,
        found: &mut Vec<Violation>,
    ) {
        for field in &resource.fields {
            let Type::Choice { by, .. } = &field.ty else {
                continue;
            };
            let value = merged.get(&field.name).cloned().unwrap_or_default();
            let alone = body.contains_key(by) && !body.contains_key(&field.name);
            if alone && !value.is_null() {
                let at = self.member(resource, field);
                let value = self.semantics.refitted(&at, &value, merged, found);
                merged.extend(value.map(|value| (field.name.clone(), value)));
            }
        }
    }
}
