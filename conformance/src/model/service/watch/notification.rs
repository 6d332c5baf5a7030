//! Builds notifications from changes and watches.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fieldproof_spec::model::{Resource, Role};
use serde_json::{Map, Value};

use super::change::Change;
use super::grant::Grant;
use super::made::Made;
use super::member::member;
use super::outbox::Notification;
use crate::model::service::{Record, Service};
use crate::model::template::Data;

/// The member with the object as it was before, in what templates are filled in with.
const PREVIOUS: &str = "previousData";

impl Service {
    /// The notification that tells `watch` of a change.
    pub(super) fn notification(
        &mut self,
        resource: &Resource,
        watch: &Record,
        change: &Change,
    ) -> Option<Notification> {
        let look = resource.watch.as_ref()?.notification.clone();
        let event = look.name(change.event).to_owned();
        self.number += 1;
        let api = Arc::clone(&self.api);
        let value = |role| member(&api, resource, &watch.object, role);
        let text = |role| value(role).and_then(|value| Some(value.as_str()?.to_owned()));
        let method = text(Role::Method).unwrap_or_else(|| "POST".to_owned());
        let has_body = self.semantics.has_body(resource, &method);
        let mut headers = Vec::new();
        if let Some(Value::Object(own)) = value(Role::Headers) {
            for (name, value) in own {
                let value = value.as_str().unwrap_or_default().to_owned();
                headers.push((name, value));
            }
        }
        let basic = text(Role::Username).zip(text(Role::Password));
        let authorization = basic.map(|(name, word)| {
            let pair = STANDARD.encode(format!("{name}:{word}"));
            format!("Basic {pair}")
        });
        let signed = value(Role::Signed) == Some(Value::Bool(true));
        let ids = value(Role::Keys).filter(|_| signed);
        let ids: Vec<String> = ids
            .and_then(|ids| serde_json::from_value(ids).ok())
            .unwrap_or_default();
        let id = format!("{}-{}", self.number, watch.id);
        let made = Made {
            id: &id,
            event: &event,
            at: jiff::Timestamp::now(),
            look: &look,
        };
        Some(Notification {
            resource: resource.name.clone(),
            watch: watch.id.clone(),
            what: change.event,
            object: change.id.clone(),
            url: text(Role::Address).unwrap_or_default(),
            method,
            headers,
            authorization,
            body: has_body.then(|| self.content(resource, watch, change, &made, true)),
            record: match has_body {
                true => self.content(resource, watch, change, &made, false),
                false => String::new(),
            },
            keys: self.signing(&watch.tenant, &ids),
            grant: Grant::of(&text),
            event,
            id,
            look,
        })
    }

    /// The body to send, or, unless `whole`, the body that the log of requests shows.
    fn content(
        &self,
        resource: &Resource,
        watch: &Record,
        change: &Change,
        made: &Made<'_>,
        whole: bool,
    ) -> String {
        let value = |role| member(&self.api, resource, &watch.object, role);
        let previous = |old: Option<&Map<String, Value>>, new: &Map<String, Value>| {
            self.semantics.previous(resource, old, new)
        };
        let Some(template) = value(Role::Template) else {
            let known = self.api.place(resource, Role::Previous).is_some();
            let asked = value(Role::Previous) == Some(Value::Bool(true));
            let before = || previous(change.before.as_ref(), &change.now);
            return made.body(&change.now, known.then_some(asked), before);
        };
        let data = |old: Option<&Map<String, Value>>, new: &Map<String, Value>| {
            let mut data = new.clone();
            data.insert(PREVIOUS.to_owned(), previous(old, new));
            Value::Object(data)
        };
        let open = data(change.before.as_ref(), &change.now);
        let full = data(change.full.0.as_ref(), &change.full.1);
        let owner_sees = self.outbox.seers.contains(&watch.id);
        let data = match whole {
            true => self.semantics.data(resource, owner_sees, open, full),
            false => Data { open, named: None },
        };
        self.semantics.filled(resource, &template, &data)
    }

    /// Remembers whether the author of a watch sees scoped members.
    pub(in crate::model::service) fn note_seer(&mut self, id: &str, sees: bool) {
        match sees {
            true => self.outbox.seers.insert(id.to_owned()),
            false => self.outbox.seers.remove(id),
        };
    }
}
