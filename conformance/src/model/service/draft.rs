//! Reads and checks the bodies of creates.

use std::sync::Arc;

use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

use super::record::Registry;
use super::{Caller, Refusal, Service};
use crate::model::object::{Violation, derive, exclude};
use crate::model::{below, server_set};

impl Service {
    /// The object that a body describes, before the server adds its own members, and the
    /// shared objects after the body was applied.
    pub(super) fn draft(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        body: &Map<String, Value>,
    ) -> Result<(Map<String, Value>, Registry), Refusal> {
        let (api, semantics) = (Arc::clone(&self.api), Arc::clone(&self.semantics));
        let mut found = Vec::new();
        let body = &server_set::strip(&api, &resource.fields, body, &Value::Null, &mut found);
        self.refuse_unknown(resource, (body, &Map::new()), &mut found);
        let spared = semantics.spared(&api, resource, body, None);
        let read = semantics.read(&api, resource, &spared, &mut found);
        let mut object = read.unwrap_or_default();
        self.judge_computed(resource, body, &object, &mut found);
        if found.is_empty() {
            exclude(resource, &object, &mut found);
        }
        for field in &resource.fields {
            if let Some(value) = object.get(&field.name) {
                // A new object has no stored secret that could be sent back.
                let at = self.member(resource, field);
                semantics.carried(&at, value, &Value::Null, &mut found);
            }
        }
        self.judge_watch(resource, caller, &spared, &mut found);
        if found.is_empty() {
            self.judge_signed(resource, None, &object, &mut found);
        }
        self.judge_duplicates(resource, &object, &mut found);
        let mut registry = self.shared.clone();
        self.resolve_references(resource, caller, &mut object, &mut registry, &mut found);
        self.judged(&found)?;
        for field in &resource.fields {
            let at = self.member(resource, field);
            let name = &field.name;
            let kept = semantics.kept(&at, body.get(name), object.get(name));
            object.extend(kept.map(|value| (name.clone(), value)));
        }
        Ok((object, registry))
    }

    /// Reports computed members whose sent value differs from the computed one.
    fn judge_computed(
        &self,
        resource: &Resource,
        body: &Map<String, Value>,
        object: &Map<String, Value>,
        found: &mut Vec<Violation>,
    ) {
        let computed = derive(&self.api, resource, object);
        for field in resource.fields.iter().filter(|one| one.derive.is_some()) {
            let at = self.member(resource, field);
            let own = computed.get(&field.name);
            let sent = body.get(&field.name);
            if sent.is_some_and(|sent| !self.semantics.is_sent_back(&at, sent, None, own)) {
                found.push(Violation::new(&below("", &field.name), "read_only"));
            }
        }
    }

    /// Reports children of one body that have the same unique values.
    fn judge_duplicates(
        &self,
        resource: &Resource,
        object: &Map<String, Value>,
        found: &mut Vec<Violation>,
    ) {
        for child in self.api.children(&resource.name) {
            let relation = child.parent.as_ref();
            let field = relation.and_then(|parent| parent.embed.as_ref());
            let Some((field, Value::Array(items))) =
                field.and_then(|field| Some((field, object.get(field)?)))
            else {
                continue;
            };
            let single = child.fields.iter().filter(|one| one.unique.is_some());
            let single = single.map(|one| vec![one.name.clone()]);
            for members in single.chain(child.unique.iter().map(|one| one.fields.clone())) {
                for at in self.semantics.duplicates(child, &members, items) {
                    let place = format!("{}/{at}", below("", field));
                    let places = members.iter().map(|name| below(&place, name));
                    found.extend(places.map(|place| Violation::new(&place, "duplicate")));
                }
            }
        }
    }
}
