//! Objects that are there before the first request.

use std::sync::Arc;

use fieldproof_spec::model::{Field, Resource, Type};
use serde_json::{Map, Value};

use super::{Record, Service};
use crate::model::object::filled;
use crate::model::time::instant;

impl Service {
    /// Keeps an object as an import takes it.
    pub(super) fn load(&mut self, resource: &Resource, user: &str, given: &Map<String, Value>) {
        self.load_below(resource, user, given, None);
    }

    fn load_below(
        &mut self,
        resource: &Resource,
        user: &str,
        given: &Map<String, Value>,
        parent: Option<&String>,
    ) {
        let mut object = filled(&self.api, resource, given);
        let moment = |name: Option<&String>| {
            let name = name?;
            match resource.field(name).map(|field| &field.ty) {
                Some(Type::DateTime(form)) => instant(*form, object.get(name)?.as_str()?),
                _ => None,
            }
        };
        let times = resource.times.as_ref();
        let id = object.get(&resource.id).and_then(Value::as_str);
        let id = id.unwrap_or_default().to_owned();
        self.number += 1;
        let created = moment(times.map(|times| &times.created)).unwrap_or_default();
        let updated = moment(times.map(|times| &times.updated)).unwrap_or_default();
        // What the server makes, where the file does not say it.
        let lacks = |field: &&Field| object.get(&field.name).is_none_or(Value::is_null);
        let made_of = |field: &Field| match field.ty {
            Type::Token => Some(format!("token-main-{id}").into()),
            Type::ZonedTime { .. } => Some(self.zoned(resource, field, &object, created)),
            _ => None,
        };
        let made = resource.fields.iter().filter(lacks);
        let made = made.filter_map(|field| Some((field.name.clone(), made_of(field)?)));
        let made: Vec<(String, Value)> = made.collect();
        object.extend(made);
        if let Some(caller) = self.tokens.get("main").cloned() {
            let mut registry = self.shared.clone();
            self.link(
                resource,
                &caller,
                &mut object,
                &mut registry,
                &mut Vec::new(),
            );
            self.shared = registry;
        }
        let bound = resource.bound.is_some();
        let record = Record {
            id,
            parent: parent.cloned(),
            tenant: "main".to_owned(),
            user: bound.then(|| user.to_owned()),
            order: self.number,
            created,
            updated,
            version: self.number,
            object,
        };
        let id = record.id.clone();
        self.records
            .entry(resource.name.clone())
            .or_default()
            .push(record);
        let api = Arc::clone(&self.api);
        for child in api.children(&resource.name) {
            let relation = child.parent.as_ref();
            let field = relation.and_then(|relation| relation.embed.as_ref());
            let items = field.and_then(|field| given.get(field)?.as_array());
            for item in items.into_iter().flatten().filter_map(Value::as_object) {
                self.load_below(child, user, item, Some(&id));
            }
        }
    }
}
