//! Finding the object that a path identifies.

use fieldproof_spec::model::{Operation, Resource};
use serde_json::Value;

use super::paths::line;
use super::refusal::problem;
use super::{Caller, Record, Refusal, Service};
use crate::model::fold;

impl Service {
    /// Every object of a resource.
    pub(super) fn all(&self, resource: &Resource) -> &[Record] {
        self.records.get(&resource.name).map_or(&[], Vec::as_slice)
    }

    /// Whether a caller sees an object.
    pub(super) fn seen(&self, resource: &Resource, caller: &Caller, record: &Record) -> bool {
        self.semantics.sees(&self.act, resource, caller, record)
    }

    /// The object at `ids`, if its parents match those in the path.
    pub(super) fn find(
        &self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
    ) -> Result<Record, Refusal> {
        let missing = || problem(404, "not_found", &[]);
        let mut found = None;
        for (at, one) in line(&self.api, resource).iter().enumerate() {
            let above = at.checked_sub(1).map(|above| &ids[above]);
            let record = self.all(one).iter().find(|record| {
                record.id == ids[at]
                    && self.seen(one, caller, record)
                    && self.semantics.is_below(one, record, above)
            });
            found = Some(record.ok_or_else(missing)?.clone());
        }
        found.ok_or_else(missing)
    }

    /// The identifier of the parent in the path; `None` for resources without a parent.
    pub(super) fn parent(
        &self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
    ) -> Result<Option<String>, Refusal> {
        let Some(parent) = &resource.parent else {
            return Ok(None);
        };
        let above = self.api.resource(&parent.resource);
        let above = above.ok_or_else(|| problem(404, "not_found", &[]))?;
        Ok(Some(self.find(above, caller, ids)?.id))
    }

    /// The identifiers of a path in canonical form.
    pub(super) fn ids(
        &self,
        resource: &Resource,
        operation: Operation,
        ids: &[String],
    ) -> Result<Vec<String>, Refusal> {
        let mut line = line(&self.api, resource);
        if operation.is_of_collection() {
            line.pop();
        }
        let read = line.iter().zip(ids);
        let read = read.map(|(resource, id)| resource.id_kind.read(id));
        read.collect::<Option<_>>()
            .ok_or_else(|| problem(404, "not_found", &[]))
    }

    /// The identifiers of a path, the last of which may also be the value of another field
    /// that finds an object; returned with the object's own identifier.
    pub(super) fn look_up(
        &self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
    ) -> Result<Vec<String>, Refusal> {
        let missing = || problem(404, "not_found", &[]);
        let (text, above) = ids.split_last().ok_or_else(missing)?;
        let by_id = self.ids(resource, Operation::Get, ids);
        if let Ok(ids) = by_id
            && self.find(resource, caller, &ids).is_ok()
        {
            return Ok(ids);
        }
        for (name, op) in resource.get.iter().flat_map(|get| &get.also) {
            let same = |record: &&Record| {
                let value = record.object.get(name).and_then(Value::as_str);
                self.seen(resource, caller, record)
                    && record.parent.as_ref() == above.last()
                    && value.is_some_and(|value| match op.asks().is_folded() {
                        true => fold(value) == fold(text),
                        false => value == text,
                    })
            };
            if let Some(record) = self.all(resource).iter().find(same) {
                let own = std::iter::once(&record.id);
                return Ok(above.iter().chain(own).cloned().collect());
            }
        }
        Err(missing())
    }
}
