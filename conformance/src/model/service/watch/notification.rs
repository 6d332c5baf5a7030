//! From a change and a watch to what is sent.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fieldproof_spec::model::{Resource, Role};
use serde_json::{Map, Value};

use super::desk::Notification;
use super::member::member;
use super::tell::Change;
use super::token::Grant;
use crate::model::service::{Kind, Record, Service};
use crate::model::template::{self, Data};

/// The member of a body with the object as it was before.
pub(super) const PREVIOUS: &str = "previousData";

impl Service {
    /// What `watch` is told of a change.
    pub(super) fn notification(
        &mut self,
        resource: &Resource,
        watch: &Record,
        change: &Change,
    ) -> Notification {
        self.number += 1;
        let broken = |kind| self.broken(kind, &resource.name, "");
        let api = self.api.clone();
        let value = |role| member(&api, resource, &watch.object, role);
        let text = |role| value(role).and_then(|value| Some(value.as_str()?.to_owned()));
        let method = text(Role::Method).unwrap_or_else(|| "POST".to_owned());
        let has_body = method != "DELETE" || broken(Kind::DeleteSendsBody);
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
        Notification {
            id: format!("{}-{}", self.number, watch.id),
            resource: resource.name.clone(),
            watch: watch.id.clone(),
            event: change.event.to_owned(),
            object: change.id.clone(),
            url: text(Role::Address).unwrap_or_default(),
            method,
            headers,
            authorization,
            body: has_body.then(|| self.content(resource, watch, change, true)),
            record: match has_body {
                true => self.content(resource, watch, change, broken(Kind::RequestSecret)),
                false => String::new(),
            },
            keys: self.signing(&watch.tenant, &ids),
            grant: Grant::of(&text),
        }
    }

    /// What is sent, or shown of it where not `whole`.
    fn content(&self, resource: &Resource, watch: &Record, change: &Change, whole: bool) -> String {
        let broken = |kind| self.broken(kind, &resource.name, "");
        let value = |role| member(&self.api, resource, &watch.object, role);
        let template = value(Role::Template);
        let asked = value(Role::Previous) == Some(Value::Bool(true));
        let both = template.is_some() || asked && !broken(Kind::PreviousMissing);
        let data = |old: Option<&Map<String, Value>>, new: &Map<String, Value>| {
            let mut data = new.clone();
            if both {
                let before = match broken(Kind::PreviousLate) {
                    true => Some(new),
                    false => old,
                };
                let before = before.map_or(Value::Null, |one| Value::Object(one.clone()));
                data.insert(PREVIOUS.to_owned(), before);
            }
            Value::Object(data)
        };
        let open = data(change.before.as_ref(), &change.now);
        let Some(template) = template else {
            return open.to_string();
        };
        let shows = whole && self.shows(resource, watch);
        let full = shows.then(|| data(change.full.0.as_ref(), &change.full.1));
        let data = match full {
            Some(full) if broken(Kind::TemplateShowsWhole) => Data {
                open: full,
                named: None,
            },
            named => Data { open, named },
        };
        template::render(&template, &data, broken(Kind::TemplateOpen))
    }

    /// Whether the template of a watch sees members that a scope shows.
    fn shows(&self, resource: &Resource, watch: &Record) -> bool {
        let broken = |kind| self.broken(kind, &resource.name, "");
        let holder = self.desk.seers.contains(&watch.id) || broken(Kind::TemplateShowsAll);
        holder && !broken(Kind::TemplateShowsNothing)
    }

    /// Keeps whether who wrote a watch sees members that a scope shows.
    pub(in crate::model::service) fn note_seer(&mut self, id: &str, sees: bool) {
        match sees {
            true => self.desk.seers.insert(id.to_owned()),
            false => self.desk.seers.remove(id),
        };
    }
}
