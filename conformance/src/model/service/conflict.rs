//! Conflicts with the values of other objects.

use fieldproof_spec::model::{Resource, Type};
use serde_json::Value;

use super::refusal::{errors, refusal};
use super::{Caller, Record, Refusal, Service};
use crate::model::object::Violation;
use crate::model::unique::key;
use crate::model::{below, fold};

impl Service {
    /// Refuses values that another object already has, and children beyond the limit.
    pub(super) fn refuse_conflicts(
        &self,
        resource: &Resource,
        caller: &Caller,
        next: &Record,
    ) -> Result<(), Refusal> {
        for name in resource.distinct.iter().flat_map(|one| &one.fields) {
            if *name != resource.id && self.is_shared(resource, caller, next, name) {
                return Err(duplicate(std::slice::from_ref(name)));
            }
        }
        let single = resource.fields.iter();
        let single = single.filter_map(|one| Some((vec![one.name.clone()], one.unique?)));
        let combined = resource.unique.iter();
        let combined = combined.map(|unique| (unique.fields.clone(), unique.within));
        for (members, scope) in single.chain(combined) {
            let Some(own) = key(resource, &members, &next.object) else {
                continue;
            };
            let taken = self.api.resources.iter().any(|rival| {
                self.all(rival).iter().any(|other| {
                    let pair = ((resource, next), (rival, other));
                    self.semantics.competes(pair.0, pair.1, scope, &members)
                        && key(rival, &members, &other.object).as_ref() == Some(&own)
                })
            });
            if taken {
                return Err(duplicate(&members));
            }
        }
        let siblings = self.all(resource).iter();
        let siblings = siblings.filter(|one| one.parent == next.parent && one.id != next.id);
        let there = siblings.count();
        match self.semantics.has_room(&self.api, resource, there) {
            true => Ok(()),
            false => Err(self.invalid(&[Violation::new("", "too_many_items")])),
        }
    }

    /// Whether another object has this value in another of the distinct members.
    fn is_shared(&self, resource: &Resource, caller: &Caller, next: &Record, name: &str) -> bool {
        let Some(text) = next.object.get(name).and_then(Value::as_str) else {
            return false;
        };
        let others = resource.distinct.iter().flat_map(|one| &one.fields);
        let others: Vec<&String> = others.filter(|other| *other != name).collect();
        let same = |record: &Record, other: &String| {
            let value = record.object.get(other).and_then(Value::as_str);
            let folded = resource
                .field(other)
                .is_some_and(|field| matches!(field.ty, Type::Email { .. } | Type::Id));
            match folded {
                true => value.is_some_and(|value| fold(value) == fold(text)),
                false => value == Some(text),
            }
        };
        self.all(resource).iter().any(|record| {
            record.id != next.id
                && record.tenant == caller.tenant
                && others.iter().any(|other| same(record, other))
        })
    }
}

/// Refuses members whose values another object already has.
fn duplicate(members: &[String]) -> Refusal {
    let found: Vec<Violation> = members
        .iter()
        .map(|name| Violation::new(&below("", name), "duplicate"))
        .collect();
    refusal(409, "conflict", errors(&found))
}
