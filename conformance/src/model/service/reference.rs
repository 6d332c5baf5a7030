//! Shared objects and references to them.

use std::sync::Arc;

use fieldproof_spec::model::{Resource, Shared, Type};
use serde_json::{Map, Value, json};

use super::record::Registry;
use super::{Caller, Service};
use crate::model::below;
use crate::model::object::Violation;
use crate::model::semantics::Member;

impl Service {
    /// Replaces the shared objects in a body by references; the values sent for them are
    /// stored with the registry.
    pub(super) fn resolve_references(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        object: &mut Map<String, Value>,
        registry: &mut Registry,
        found: &mut Vec<Violation>,
    ) {
        let api = Arc::clone(&self.api);
        for field in &resource.fields {
            let Type::Shared(name) = &field.ty else {
                continue;
            };
            let shared = api.object(name).and_then(|object| object.shared.as_ref());
            let (Some(shared), Some(Value::Array(named))) = (shared, object.get(&field.name))
            else {
                continue;
            };
            let at = Member {
                api: &api,
                resource,
                field,
            };
            let key = (caller.tenant.clone(), name.clone());
            let own = Arc::make_mut(registry.entry(key).or_default());
            let mut references: Vec<Value> = Vec::new();
            for (index, said) in named.iter().enumerate() {
                let place = format!("{}/{index}", below("", &field.name));
                match self.referred_to(&at, shared, own, said, &place) {
                    Ok(reference) if references.contains(&reference) => {}
                    Ok(reference) => references.push(reference),
                    Err(violation) => found.push(violation),
                }
            }
            object.insert(field.name.clone(), Value::Array(references));
        }
    }

    /// A reference to the shared object that a body refers to; one is created if none has
    /// this key.
    fn referred_to(
        &mut self,
        at: &Member<'_>,
        shared: &Shared,
        own: &mut Vec<Map<String, Value>>,
        said: &Value,
        place: &str,
    ) -> Result<Value, Violation> {
        let semantics = Arc::clone(&self.semantics);
        let known = own
            .iter()
            .position(|one| semantics.means(at, shared, said, one));
        let index = match (known, said.get(&shared.id)) {
            (Some(index), _) => index,
            (None, Some(_)) => {
                return Err(Violation::new(&below(place, &shared.id), "not_a_value"));
            }
            (None, None) => {
                own.push(self.shared_one(at, shared, said));
                own.len() - 1
            }
        };
        let key = said.get(&shared.key);
        if key.is_some_and(|key| own[index].get(&shared.key) != Some(key)) {
            return Err(Violation::new(&below(place, &shared.key), "read_only"));
        }
        own[index] = semantics.amended(at, shared, said, &own[index], known.is_some());
        Ok(json!({ &shared.id: own[index][&shared.id] }))
    }

    /// A new shared object with the key from the body.
    fn shared_one(&mut self, at: &Member<'_>, shared: &Shared, said: &Value) -> Map<String, Value> {
        self.number += 1;
        let object = match &at.field.ty {
            Type::Shared(name) => at.api.object(name),
            _ => None,
        };
        let fields = object.map_or(&[][..], |object| &object.fields);
        let mut made: Map<String, Value> = fields
            .iter()
            .map(|field| (field.name.clone(), field.initial()))
            .collect();
        made.insert(shared.id.clone(), format!("{:024x}", self.number).into());
        made.insert(shared.key.clone(), said[&shared.key].clone());
        made
    }

    /// Stores the registry. Every other object that shows a changed shared object gets a
    /// new version. Returns whether the object `own` shows one.
    pub(super) fn keep_registry(
        &mut self,
        resource: &Resource,
        own: &str,
        registry: Registry,
    ) -> bool {
        let before = std::mem::replace(&mut self.shared, registry);
        let mut changed = Vec::new();
        for (key, all) in &self.shared {
            let touched = |old: &&Arc<Vec<_>>| !Arc::ptr_eq(old, all);
            let Some(old) = before.get(key).filter(touched) else {
                continue;
            };
            let object = self.api.object(&key.1);
            let Some(shared) = object.and_then(|object| object.shared.as_ref()) else {
                continue;
            };
            // Shared objects are never removed, so each keeps its place.
            let differ = old.iter().zip(all.iter()).filter(|(old, new)| old != new);
            changed.extend(differ.map(|(_, new)| json!({ &shared.id: new[&shared.id] })));
        }
        if changed.is_empty() {
            return false;
        }
        let mut number = self.number;
        let mut mine = false;
        for record in self.records.get_mut(&resource.name).into_iter().flatten() {
            let lists = record.object.values().filter_map(Value::as_array);
            if lists.flatten().any(|one| changed.contains(one)) {
                number += 1;
                record.version = number;
                mine |= record.id == own;
            }
        }
        self.number = number;
        mine
    }

    /// The current shared objects that a list refers to.
    pub(super) fn unfold(&self, tenant: &str, ty: &Type, value: &Value) -> Value {
        let (Type::Shared(name), Value::Array(all)) = (ty, value) else {
            return value.clone();
        };
        let own = self.shared.get(&(tenant.to_owned(), name.clone()));
        let whole = |one: &Value| {
            let fits = |map: &&Map<String, Value>| {
                one.as_object()
                    .is_some_and(|one| one.iter().all(|(name, id)| map.get(name) == Some(id)))
            };
            let found = own.and_then(|own| own.iter().find(fits));
            found.map_or(Value::Null, |map| Value::Object(map.clone()))
        };
        all.iter().map(whole).collect()
    }
}
