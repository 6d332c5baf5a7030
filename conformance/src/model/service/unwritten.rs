//! Members that clients cannot write: computed ones, and ones that are sent back.

use fieldproof_spec::model::{Mode, ReadOnlyMembers, Resource};
use serde_json::{Map, Value};

use super::{Record, Service};
use crate::model::below;
use crate::model::object::{Violation, derive, stand_ins};

impl Service {
    /// The object with its computed members recomputed.
    pub(super) fn recomputed(
        &self,
        resource: &Resource,
        record: &Record,
        merged: Map<String, Value>,
    ) -> Map<String, Value> {
        let derived = derive(&self.api, resource, &merged);
        let mut after = merged;
        for field in resource.fields.iter().filter(|one| one.derive.is_some()) {
            let at = self.member(resource, field);
            let before = record.object.get(&field.name);
            let value = self.semantics.computed(&at, before, &derived[&field.name]);
            after.insert(field.name.clone(), value);
        }
        for (object, ..) in stand_ins(&self.api, resource) {
            after.insert(object.clone(), derived[&object].clone());
        }
        after
    }

    /// Checks members that the client sends although it cannot write them.
    pub(super) fn judge_sent_back(
        &self,
        resource: &Resource,
        body: &Map<String, Value>,
        shown: &Map<String, Value>,
        after: &mut Map<String, Value>,
        found: &mut Vec<Violation>,
    ) {
        for field in resource.fields.iter().filter(|field| !field.on_update()) {
            let name = &field.name;
            let Some(sent) = body.get(name) else {
                continue;
            };
            let at = self.member(resource, field);
            let own = after.get(name);
            let ignored = self
                .api
                .dialect
                .read_only_members
                .is(ReadOnlyMembers::Ignored);
            if ignored || self.semantics.is_sent_back(&at, sent, shown.get(name), own) {
                let own = self.semantics.unwritten(&at, sent, own);
                after.extend(own.map(|value| (name.clone(), value)));
                continue;
            }
            let code = match field.mode {
                Mode::Immutable => "immutable",
                _ => "read_only",
            };
            found.push(Violation::new(&below("", name), code));
        }
    }
}
