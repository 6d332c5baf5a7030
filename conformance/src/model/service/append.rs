//! Appending to lists.

use std::sync::Arc;

use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

use super::record::Registry;
use super::refusal::refuse_query;
use super::{Caller, Record, Refusal, Reply, Request, Service};
use crate::model::below;
use crate::model::object::Violation;
use crate::model::value::accept;

impl Service {
    /// Appends to lists of an object.
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
        let body = self.object(body)?;
        let (after, registry) = self.added(resource, caller, &record, &body)?;
        self.judge_match(resource, caller, &record, request)?;
        let mut next = record.clone();
        let mine = self.keep_registry(resource, &record.id, registry);
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
        self.name_unknown(resource, (&body, &record.object), &mut reply);
        Ok(reply)
    }

    /// The object with the items of a body appended to its lists, and the shared objects
    /// after the body was applied.
    fn added(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        record: &Record,
        body: &Map<String, Value>,
    ) -> Result<(Map<String, Value>, Registry), Refusal> {
        let (api, mut found) = (Arc::clone(&self.api), Vec::new());
        self.refuse_unknown(resource, (body, &record.object), &mut found);
        let takes = resource.append.as_ref().map_or(&[][..], |one| &one.fields);
        let mut sent = Map::new();
        for (name, value) in body {
            let Some(field) = resource.field(name) else {
                continue;
            };
            let place = below("", name);
            if !takes.contains(name) {
                found.push(Violation::new(&place, "not_appended"));
            } else if value.is_null() {
                found.push(Violation::new(&place, "null"));
            } else if let Some(read) = accept(&api, field, value, body, &place, &mut found) {
                sent.insert(name.clone(), read);
            }
        }
        let mut registry = self.shared.clone();
        self.resolve_references(resource, caller, &mut sent, &mut registry, &mut found);
        let mut after = record.object.clone();
        for (name, value) in sent {
            let (Some(field), Value::Array(items)) = (resource.field(&name), value) else {
                continue;
            };
            let at = self.member(resource, field);
            let kept = after.get(&name).and_then(Value::as_array);
            let kept = kept.map_or(&[][..], Vec::as_slice);
            let whole = self.semantics.appended(&at, kept, items);
            if whole.len() > field.max_items.unwrap_or(1_000) as usize {
                found.push(Violation::new(&below("", &name), "too_many_items"));
            }
            after.insert(name, Value::Array(whole));
        }
        self.judged(&found)?;
        Ok((after, registry))
    }
}
