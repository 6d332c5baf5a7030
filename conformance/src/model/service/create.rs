//! Creates.

use std::sync::Arc;

use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

use super::paths::path;
use super::refusal::refuse_query;
use super::{Caller, Record, Refusal, Reply, Request, Service};
use crate::model::server_set;

impl Service {
    pub(super) fn create(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
        request: &Request,
    ) -> Result<Reply, Refusal> {
        if let Some(reply) = self.repeated(resource, request)? {
            return Ok(reply);
        }
        let reply = self.created(resource, caller, ids, request)?;
        self.keep(request, &reply)?;
        Ok(reply)
    }

    fn created(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
        request: &Request,
    ) -> Result<Reply, Refusal> {
        refuse_query(request)?;
        let body = self.body(request)?;
        let body = self.written(resource, self.object(body)?, true);
        let parent = self.parent(resource, caller, ids)?;
        let before = self.records.clone();
        let made = self.make(resource, caller, parent.clone(), &body);
        let record = made.inspect_err(|_| self.records = before)?;
        self.touch(resource, parent.as_deref());
        self.invite(resource, None, &record.object);
        self.note_seer(&record.id, caller.sees);
        let status = resource.create.as_ref().map_or(201, |create| create.status);
        let mut reply = self.reply(resource, caller, status, &record);
        let mut all = ids.to_vec();
        all.push(record.id);
        let place = format!("{}{}", self.api.base, path(resource, &all));
        reply.headers.push(("location".to_owned(), place));
        self.name_unknown(resource, (&body, &Map::new()), &mut reply);
        Ok(reply)
    }

    /// Creates an object and the children sent with it.
    fn make(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        parent: Option<String>,
        body: &Map<String, Value>,
    ) -> Result<Record, Refusal> {
        let api = Arc::clone(&self.api);
        let (mut object, registry) = self.draft(resource, caller, body)?;
        self.number += 1;
        self.tick();
        let mut record = Record {
            id: self.semantics.identifier(resource, self.clock, self.number),
            parent,
            tenant: caller.tenant.clone(),
            user: None,
            order: self.number,
            created: self.clock,
            updated: self.clock,
            version: self.number,
            object: Map::new(),
        };
        let mut children = Vec::new();
        for child in api.children(&resource.name) {
            let relation = child.parent.as_ref();
            let field = relation.and_then(|parent| parent.embed.as_ref());
            if let Some(Value::Array(items)) = field.and_then(|field| object.shift_remove(field)) {
                children.extend(items.into_iter().map(|item| (child, item)));
            }
        }
        record.object = self.stamp(resource, caller, object, &record);
        self.refuse_conflicts(resource, caller, &record)?;
        self.keep_registry(resource, &record.id, registry);
        let records = self.records.entry(resource.name.clone()).or_default();
        records.push(record.clone());
        for (child, item) in children {
            let item = item.as_object().cloned().unwrap_or_default();
            let takes = |name: &String| child.field(name).is_some_and(|one| one.on_create());
            let body = item.into_iter().filter(|(name, _)| takes(name)).collect();
            // By now, the parsed child has defaults for members that only the server sets.
            let body = server_set::strip(&api, &child.fields, &body, &Value::Null, &mut Vec::new());
            self.make(child, caller, Some(record.id.clone()), &body)?;
        }
        Ok(record)
    }
}
