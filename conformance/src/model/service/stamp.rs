//! Members that the server sets.

use fieldproof_spec::model::{Field, Resource, Source, Type};
use serde_json::{Map, Value, json};

use super::{Caller, Record, Service};
use crate::harness::email;
use crate::model::object::derive;

impl Service {
    /// Adds to a new object what the server sets: its identifier, its times, computed
    /// members, and members that fall back to the user.
    pub(super) fn stamp(
        &self,
        resource: &Resource,
        caller: &Caller,
        mut object: Map<String, Value>,
        record: &Record,
    ) -> Map<String, Value> {
        if let Some(user) = caller.user {
            fall_back(resource, &mut object, &email(user));
        }
        let id = resource.id_kind.shown(&record.id);
        object.insert(resource.id.clone(), id);
        for field in &resource.fields {
            if matches!(field.ty, Type::ZonedTime { .. }) {
                let made = self.zoned(resource, field, &object, record.created);
                object.insert(field.name.clone(), made);
            } else if field.ty == Type::Token {
                let made = format!("token-{}-{}", record.tenant, record.order);
                object.insert(field.name.clone(), made.into());
            }
        }
        let mut whole = derive(&self.api, resource, &object);
        for field in resource.fields.iter().filter(|one| one.derive.is_some()) {
            let at = self.member(resource, field);
            let value = self.semantics.computed(&at, None, &whole[&field.name]);
            whole.insert(field.name.clone(), value);
        }
        if let Some(times) = &resource.times {
            self.note_time(resource, &times.created, record.created, &mut whole);
            self.note_time(resource, &times.updated, record.updated, &mut whole);
        }
        whole
    }

    /// Sets the time of the last change.
    pub(super) fn stamp_time(&self, resource: &Resource, record: &mut Record) {
        if let Some(times) = &resource.times {
            let instant = record.updated;
            self.note_time(resource, &times.updated, instant, &mut record.object);
        }
    }

    fn note_time(
        &self,
        resource: &Resource,
        name: &str,
        instant: i64,
        object: &mut Map<String, Value>,
    ) {
        let field = resource.field(name);
        if let Some((field, Type::DateTime(form))) = field.map(|field| (field, &field.ty)) {
            let value = self.semantics.stamped(resource, field, *form, instant);
            object.insert(name.to_owned(), value);
        }
    }

    /// A time with its zone: local time in the time zone that the object names.
    pub(super) fn zoned(
        &self,
        resource: &Resource,
        field: &Field,
        object: &Map<String, Value>,
        instant: i64,
    ) -> Value {
        let zone = self.semantics.zone(resource, field, object);
        let found = jiff::tz::TimeZone::get(&zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let instant = jiff::Timestamp::from_microsecond(instant).unwrap_or_default();
        let local = found.to_datetime(instant).strftime("%Y-%m-%dT%H:%M:%S");
        match &field.ty {
            Type::ZonedTime {
                time, zone: name, ..
            } => json!({ time: local.to_string(), name: zone }),
            _ => Value::Null,
        }
    }
}

/// Sets members that were not sent and that fall back to the user of the request.
pub(super) fn fall_back(resource: &Resource, object: &mut Map<String, Value>, user: &str) {
    for field in &resource.fields {
        let mut sources = field.fallback.iter();
        let empty = |source: &Source| match source {
            Source::Field { field } => object.get(field).is_none_or(Value::is_null),
            Source::Setting { .. } | Source::Request { .. } => true,
        };
        let own = sources.position(Source::is_user);
        let first = own.is_some_and(|at| field.fallback[..at].iter().all(empty));
        if first && !object.contains_key(&field.name) {
            object.insert(field.name.clone(), user.into());
        }
    }
}
