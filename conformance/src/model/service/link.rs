//! Objects that others share, and lists that are added to.

use fieldproof_spec::model::{Resource, Type};
use serde_json::{Map, Value, json};

use super::record::Registry;
use super::refusal::refuse_query;
use super::{Caller, Kind, Refusal, Reply, Request, Service};
use crate::model::below;
use crate::model::object::Violation;
use crate::model::value::accept;

impl Service {
    /// Puts references in place of the shared objects that a body names; what
    /// it says of them counts when the registry is kept.
    pub(super) fn link(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        object: &mut Map<String, Value>,
        registry: &mut Registry,
        found: &mut Vec<Violation>,
    ) {
        for field in &resource.fields {
            let Type::Shared(name) = &field.ty else {
                continue;
            };
            let shared = self
                .api
                .object(name)
                .and_then(|object| object.shared.clone());
            let Some((shared, Value::Array(named))) = shared.zip(object.get(&field.name).cloned())
            else {
                continue;
            };
            let own = registry
                .entry((caller.tenant.clone(), name.clone()))
                .or_default();
            let mut linked: Vec<Value> = Vec::new();
            for (at, mention) in named.iter().enumerate() {
                let place = format!("{}/{at}", below("", &field.name));
                let twice = self.broken(Kind::SharedTwice, &resource.name, &field.name);
                let by_id = mention.get(&shared.id);
                let known = own.iter().position(|one| match by_id {
                    Some(id) => one.get(&shared.id) == Some(id),
                    None => !twice && one.get(&shared.key) == mention.get(&shared.key),
                });
                let at = match (known, by_id) {
                    (Some(at), _) => at,
                    (None, Some(_)) => {
                        if !self.broken(Kind::MentionIgnored, &resource.name, &field.name) {
                            let place = below(&place, &shared.id);
                            found.push(Violation::new(&place, "not_a_value"));
                        }
                        continue;
                    }
                    (None, None) => {
                        self.number += 1;
                        let id = format!("{:024x}", self.number);
                        let mut made = Map::new();
                        let fields = self.api.object(name).map_or(&[][..], |one| &one.fields);
                        for field in fields {
                            made.insert(field.name.clone(), field.initial());
                        }
                        made.insert(shared.id.clone(), id.into());
                        made.insert(shared.key.clone(), mention[&shared.key].clone());
                        own.push(made);
                        own.len() - 1
                    }
                };
                let one = &mut own[at];
                let key = mention.get(&shared.key);
                if key.is_some_and(|key| one.get(&shared.key) != Some(key)) {
                    found.push(Violation::new(&below(&place, &shared.key), "read_only"));
                    continue;
                }
                let says = mention.as_object().into_iter().flatten();
                let forgets =
                    known.is_some() && self.broken(Kind::SharedStale, &resource.name, &field.name);
                for (name, value) in says.filter(|(name, _)| **name != shared.id && !forgets) {
                    one.insert(name.clone(), value.clone());
                }
                let reference = json!({ &shared.id: one[&shared.id] });
                if !linked.contains(&reference) {
                    linked.push(reference);
                }
            }
            object.insert(field.name.clone(), Value::Array(linked));
        }
    }

    /// Keeps a registry; every other object that shows something of it that
    /// changed has changed as well. Says whether the object `own` has.
    pub(super) fn keep(&mut self, resource: &Resource, own: &str, registry: Registry) -> bool {
        let before = std::mem::replace(&mut self.shared, registry);
        let mut changed = Vec::new();
        for ((_, name), all) in &self.shared {
            let shared = self
                .api
                .object(name)
                .and_then(|object| object.shared.as_ref());
            let Some(shared) = shared else { continue };
            let ids = |one: &Map<String, Value>| json!({ &shared.id: one[&shared.id] });
            let old: Vec<_> = before.values().flatten().collect();
            let is_new = |one: &&Map<String, Value>| {
                let there = old.iter().any(|old| ids(old) == ids(one));
                there && !old.contains(one)
            };
            changed.extend(all.iter().filter(is_new).map(ids));
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

    /// The shared objects that a list refers to, as they now are.
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
            let found = own.into_iter().flatten().find(fits);
            found.map_or(Value::Null, |map| Value::Object(map.clone()))
        };
        all.iter().map(whole).collect()
    }

    /// Adds to lists of an object.
    pub(super) fn append(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
        request: &Request,
    ) -> Result<Reply, Refusal> {
        refuse_query(request)?;
        let body = self.body(request)?;
        let record = self.find(resource, caller, ids)?;
        let Value::Object(body) = body else {
            return Err(self.invalid(&[Violation::new("", "type")]));
        };
        let (api, mut found) = (self.api.clone(), Vec::new());
        self.refuse_unknown(resource, &body, &mut found);
        let takes = resource.append.as_ref().map_or(&[][..], |one| &one.fields);
        let (mut sent, mut after) = (Map::new(), record.object.clone());
        for (name, value) in &body {
            let Some(field) = resource.field(name) else {
                continue;
            };
            let place = below("", name);
            if !takes.contains(name) {
                let all = |own: &String| self.broken(Kind::AppendTakesAll, &resource.name, own);
                if !takes.iter().any(all) {
                    found.push(Violation::new(&place, "not_appended"));
                }
                continue;
            }
            if value.is_null() {
                found.push(Violation::new(&place, "null"));
            } else if let Some(read) = accept(&api, field, value, &body, &place, &mut found) {
                sent.insert(name.clone(), read);
            }
        }
        let mut registry = self.shared.clone();
        self.link(resource, caller, &mut sent, &mut registry, &mut found);
        for (name, value) in sent {
            let (Some(field), Value::Array(items)) = (resource.field(&name), value) else {
                continue;
            };
            let kept = after.get(&name).and_then(Value::as_array).cloned();
            let mut whole = match self.broken(Kind::AppendReplaces, &resource.name, &name) {
                true => Vec::new(),
                false => kept.unwrap_or_default(),
            };
            for item in items {
                if !whole.contains(&item) {
                    whole.push(item);
                }
            }
            if whole.len() > field.max_items.unwrap_or(1_000) as usize {
                found.push(Violation::new(&below("", &name), "too_many_items"));
            }
            after.insert(name, Value::Array(whole));
        }
        if !found.is_empty() {
            return Err(self.invalid(&found));
        }
        self.judge_match(resource, caller, &record, request)?;
        let mut next = record.clone();
        let mine = self.keep(resource, &record.id, registry);
        if after != record.object || mine {
            self.number += 1;
            self.tick();
            next.object = after;
            next.updated = self.clock;
            next.version = self.number;
            self.put(resource, &next);
            self.touch(resource, next.parent.as_deref());
        }
        let mut reply = self.reply(resource, caller, 200, &next);
        self.name_unknown(resource, &body, &mut reply);
        Ok(reply)
    }
}
