//! Changes.

use std::sync::Arc;

use fieldproof_spec::model::{Effect, Resource};
use serde_json::{Map, Value};

use super::media::{MERGE_PATCH, media};
use super::paths::path;
use super::record::Registry;
use super::refusal::refuse_query;
use super::{Caller, Record, Refusal, Reply, Request, Service};
use crate::model::object::exclude;
use crate::model::server_set;

impl Service {
    pub(super) fn update(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
        request: &Request,
    ) -> Result<Reply, Refusal> {
        refuse_query(request)?;
        let body = self.body(request)?;
        let record = self.find(resource, caller, ids)?;
        let body = self.written(resource, self.object(body)?, false);
        let (after, registry) = self.change(resource, caller, &record, &body, request)?;
        let mut next = Record {
            object: after,
            ..record.clone()
        };
        self.refuse_conflicts(resource, caller, &next)?;
        self.judge_match(resource, caller, &record, request)?;
        let mine = self.keep_registry(resource, &record.id, registry);
        let counts = self
            .semantics
            .counts(resource, &record.object, &next.object);
        if counts || mine {
            self.number += 1;
            self.tick();
            next.updated = self.clock;
            next.version = self.number;
            self.stamp_time(resource, &mut next);
            self.put(resource, &next);
            self.note_seer(&next.id, caller.sees);
            self.touch(resource, next.parent.as_deref());
        }
        self.invite(resource, Some(&record.object), &next.object);
        let mut reply = self.reply(resource, caller, 200, &next);
        let canonical = path(resource, ids);
        if canonical != request.path {
            let place = format!("{}{canonical}", self.api.base);
            reply.headers.push(("content-location".to_owned(), place));
        }
        self.name_unknown(resource, (&body, &next.object), &mut reply);
        Ok(reply)
    }

    /// The object after a body was applied, and the shared objects after that.
    fn change(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        record: &Record,
        body: &Map<String, Value>,
        request: &Request,
    ) -> Result<(Map<String, Value>, Registry), Refusal> {
        let api = Arc::clone(&self.api);
        let mut found = Vec::new();
        let stored = Value::Object(record.object.clone());
        // Members that no update writes are compared as a whole later.
        let written = resource.fields.iter().filter(|field| field.on_update());
        let body = &server_set::strip(&api, written, body, &stored, &mut found);
        let effect = resource.update.as_ref().map(|update| update.effect);
        let replaces = request.method != "PATCH" && effect == Some(Effect::Replace);
        let nothing = Map::new();
        let kept = if replaces { &nothing } else { &record.object };
        self.refuse_unknown(resource, (body, kept), &mut found);
        let mut merged = self.left(resource, record, body, replaces, &mut found);
        let whole = match replaces {
            true => body.clone(),
            false => self.completed(resource, body, record, is_patch(request)),
        };
        self.merge(
            resource,
            record,
            (body, &whole),
            replaces,
            &mut merged,
            &mut found,
        );
        self.restore(resource, record, &mut merged, &mut found);
        self.refit(resource, body, &mut merged, &mut found);
        self.judge_watch(resource, caller, body, &mut found);
        if found.is_empty() {
            self.judge_signed(resource, Some(&record.object), &merged, &mut found);
        }
        if found.is_empty() {
            exclude(resource, &merged, &mut found);
        }
        let mut after = self.recomputed(resource, record, merged);
        let shown = self.shown(resource, caller, record);
        self.judge_sent_back(resource, body, &shown, &mut after, &mut found);
        // Sent lists contain shared objects; the other lists contain references.
        let lists = resource.fields.iter().map(|field| &field.name);
        let lists = lists.filter(|name| body.contains_key(*name));
        let lists = lists.filter_map(|name| Some((name.clone(), after.get(name)?.clone())));
        let (mut sent, mut registry) = (lists.collect(), self.shared.clone());
        self.resolve_references(resource, caller, &mut sent, &mut registry, &mut found);
        after.extend(sent);
        self.judged(&found)?;
        Ok((after, registry))
    }
}

/// Whether a request is a merge patch.
fn is_patch(request: &Request) -> bool {
    media(request).as_deref() == Some(MERGE_PATCH)
}
