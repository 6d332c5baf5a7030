//! Objects that exist before the first request.

use std::sync::Arc;

use fieldproof_spec::model::{Resource, Source, Type};
use serde_json::{Map, Value};

use super::stamp::fall_back;
use super::{Caller, Record, Service};
use crate::harness::email;
use crate::model::object::filled;
use crate::model::time::instant;

impl Service {
    /// Stores an object as an import loads it.
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
        let api = Arc::clone(&self.api);
        let mut given = given.clone();
        self.keep_maker(resource, &mut given);
        fall_back(resource, &mut given, &email(user));
        let object = filled(&api, resource, &given);
        let times = resource.times.as_ref();
        let noted = |name: Option<&String>| noted_instant(resource, &object, name?);
        let created = noted(times.map(|times| &times.created)).unwrap_or_default();
        let updated = noted(times.map(|times| &times.updated)).unwrap_or_default();
        let id = resource.id_in(&object).unwrap_or_default();
        self.number += 1;
        let bound = resource.bound.is_some();
        let record = Record {
            parent: parent.cloned(),
            tenant: "main".to_owned(),
            user: bound.then(|| user.to_owned()),
            order: self.number,
            created,
            updated,
            version: self.number,
            object: self.completed_import(resource, object, &id, created),
            id: id.clone(),
        };
        let records = self.records.entry(resource.name.clone()).or_default();
        records.push(record);
        for child in api.children(&resource.name) {
            let relation = child.parent.as_ref();
            let field = relation.and_then(|relation| relation.embed.as_ref());
            let items = field.and_then(|field| given.get(field)?.as_array());
            for item in items.into_iter().flatten().filter_map(Value::as_object) {
                self.load_below(child, user, item, Some(&id));
            }
        }
    }

    /// Adds to an object that was loaded for another user before who that was, in the members
    /// that the two share.
    fn keep_maker(&self, resource: &Resource, given: &mut Map<String, Value>) {
        let same = |one: &&Record| Some(&one.id) == resource.id_in(given).as_ref();
        let records = self.records.get(&resource.name);
        let Some(known) = records.and_then(|all| all.iter().find(same)) else {
            return;
        };
        let own = |name: &String| {
            let bound = resource.bound.as_ref();
            bound.is_some_and(|bound| bound.fields.contains(name))
        };
        for field in resource.fields.iter().filter(|field| !own(&field.name)) {
            if field.fallback.iter().any(Source::is_user)
                && let Some(maker) = known.object.get(&field.name)
            {
                let absent = given.entry(field.name.clone());
                absent.or_insert_with(|| maker.clone());
            }
        }
    }

    /// An imported object, completed by what the server generates for members that are
    /// missing in the file; shared objects become references.
    fn completed_import(
        &mut self,
        resource: &Resource,
        mut object: Map<String, Value>,
        id: &str,
        created: i64,
    ) -> Map<String, Value> {
        for field in &resource.fields {
            let made = if field.ty == Type::Token {
                format!("token-main-{id}").into()
            } else if matches!(field.ty, Type::ZonedTime { .. }) {
                self.zoned(resource, field, &object, created)
            } else {
                continue;
            };
            if object.get(&field.name).is_none_or(Value::is_null) {
                object.insert(field.name.clone(), made);
            }
        }
        let (caller, mut registry) = (Caller::everyone(), self.shared.clone());
        let mut found = Vec::new();
        self.resolve_references(resource, &caller, &mut object, &mut registry, &mut found);
        self.shared = registry;
        object
    }
}

/// The timestamp that an object has in a member.
fn noted_instant(resource: &Resource, object: &Map<String, Value>, name: &str) -> Option<i64> {
    match resource.field(name)?.ty {
        Type::DateTime(form) => instant(form, object.get(name)?.as_str()?),
        _ => None,
    }
}
