//! Creates.

use std::collections::HashMap;

use fieldproof_spec::model::{Api, Derive, Field, Resource, Source, Type};
use serde_json::{Map, Value, json};

use super::refusal::{problem, refuse_query};
use super::route::path;
use super::rule::key;
use super::{Caller, Kind, Record, Refusal, Reply, Request, Service};
use crate::lab::email;
use crate::model::kept;
use crate::model::object::{Violation, derive, exclude, excused, read};
use crate::model::value::{alike, carried};
use crate::model::{below, print};

impl Service {
    pub(super) fn create(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
        request: &Request,
    ) -> Result<Reply, Refusal> {
        refuse_query(request)?;
        let body = self.body(request)?;
        let Value::Object(body) = body else {
            return Err(self.invalid(&[Violation::new("", "type")]));
        };
        let parent = match &resource.parent {
            Some(parent) => {
                let above = self.api.resource(&parent.resource).cloned();
                let above = above.ok_or_else(|| problem(404, "not_found", &[]))?;
                Some(self.find(&above, caller, ids)?.id)
            }
            None => None,
        };
        let before = (self.records.clone(), self.clock, self.number);
        let made = self.make(resource, caller, parent.clone(), &body);
        match made {
            Ok(record) => {
                self.touch(resource, parent.as_deref());
                self.invite(resource, None, &record.object);
                self.note_seer(&record.id, caller.sees);
                let status = resource.create.as_ref().map_or(201, |create| create.status);
                let mut reply = self.reply(resource, caller, status, &record);
                let mut all = ids.to_vec();
                all.push(record.id.clone());
                reply.headers.push((
                    "location".to_owned(),
                    format!("{}{}", self.api.base, path(resource, &all)),
                ));
                self.name_unknown(resource, &body, &mut reply);
                Ok(reply)
            }
            Err(refusal) => {
                self.records = before.0;
                let api = self.api.clone();
                let mut children = api.children(&resource.name);
                if children.any(|one| self.broken(Kind::HalfKept, &one.name, "")) {
                    let child = |name: &str| {
                        let field = resource.field(name);
                        field.is_some_and(|field| matches!(field.ty, Type::Child(_)))
                    };
                    let mut half = body.clone();
                    half.retain(|name, _| !child(name));
                    let _ = self.make(resource, caller, parent, &half);
                }
                Err(refusal)
            }
        }
    }

    /// Makes an object and the children sent with it.
    pub(super) fn make(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        parent: Option<String>,
        body: &Map<String, Value>,
    ) -> Result<Record, Refusal> {
        let api = self.api.clone();
        let mut found = Vec::new();
        let mut inside = Vec::new();
        let body = &kept::strip(&api, &resource.fields, body, &Value::Null, &mut inside);
        let taken = self.inside(resource, &mut inside);
        found.extend(inside.into_iter().map(|(violation, _)| violation));
        let excused = excused(&api, resource, body, &Map::new());
        self.refuse_unknown(resource, body, &mut found);
        let excused = self.loosened(resource, excused);
        let mut object = read(&api, resource, &excused, "", &mut found).unwrap_or_default();
        let mut ignored = Vec::new();
        for violation in &found {
            let name = violation
                .pointer
                .trim_start_matches('/')
                .split('/')
                .next()
                .unwrap_or_default();
            let broken = |kind| self.broken(kind, &resource.name, name);
            let pardoned = match violation.code {
                "null" => broken(Kind::NullTurned),
                "read_only" => broken(Kind::ReadOnlyTaken),
                "type" => broken(Kind::TypeIgnored),
                "format" if broken(Kind::DateLoose) => body.get(name).is_some_and(is_dated),
                "too_long" | "too_short" | "too_large" | "too_small" | "too_many_items"
                | "not_a_value" | "format" | "invalid_character" => broken(Kind::BoundIgnored),
                _ => false,
            };
            if pardoned {
                ignored.push(violation.clone());
            }
        }
        found.retain(|violation| !ignored.contains(violation));
        for field in resource.fields.iter().filter(|field| field.on_create()) {
            let pointed = body.get(&field.name).is_some_and(Value::is_f64);
            let whole = matches!(field.ty, Type::Integer { .. });
            if whole && pointed && self.broken(Kind::IntegerWritten, &resource.name, &field.name) {
                found.push(Violation::new(&below("", &field.name), "type"));
            }
        }
        for field in resource.fields.iter().filter(|field| field.on_create()) {
            let taken = body.get(&field.name) == Some(&Value::Null) && ignored.is_empty();
            if taken
                && found.is_empty()
                && self.broken(Kind::NullTurned, &resource.name, &field.name)
            {
                found.push(Violation::new(&below("", &field.name), "null"));
            }
        }
        if object.is_empty() && !ignored.is_empty() {
            for field in resource.fields.iter().filter(|field| field.on_create()) {
                let sent = body.get(&field.name).cloned();
                object.insert(field.name.clone(), sent.unwrap_or_else(|| field.initial()));
            }
        }
        for field in resource.fields.iter().filter(|one| one.ty == Type::Boolean) {
            if let (Some(sent), true) = (
                body.get(&field.name),
                self.broken(Kind::BooleanKept, &resource.name, &field.name),
            ) {
                object.insert(field.name.clone(), sent.clone());
            }
        }
        let computed = derive(&api, resource, &object);
        for field in resource
            .fields
            .iter()
            .filter(|field| field.derive.is_some())
        {
            let differs = body.get(&field.name).is_some_and(|sent| {
                !computed
                    .get(&field.name)
                    .is_some_and(|own| alike(own, sent))
            });
            if differs && !self.broken(Kind::ReadOnlyTaken, &resource.name, &field.name) {
                found.push(Violation::new(&below("", &field.name), "read_only"));
            }
        }
        if found.is_empty() {
            exclude(resource, &object, &mut found);
        }
        for field in &resource.fields {
            if let Some(value) = object.get(&field.name).cloned() {
                let place = below("", &field.name);
                carried(&api, &field.ty, &value, &Value::Null, &place, &mut found);
            }
        }
        self.judge_watch(resource, caller, &excused, &mut found);
        if found.is_empty() {
            self.judge_signed(resource, None, &object, &mut found);
        }
        let mut again = Vec::new();
        twins(&api, resource, &object, &mut again);
        again.retain(|one| !self.is_pardoned(resource, one));
        found.extend(again);
        let mut registry = self.shared.clone();
        self.link(resource, caller, &mut object, &mut registry, &mut found);
        if !found.is_empty() {
            return Err(self.invalid(&found));
        }
        for field in &resource.fields {
            let sent = body.contains_key(&field.name);
            if field.on_create()
                && sent
                && self.broken(Kind::CreateForgets, &resource.name, &field.name)
            {
                object.insert(field.name.clone(), field.initial());
            }
            if !sent && self.broken(Kind::DefaultMissing, &resource.name, &field.name) {
                let other = match field.default {
                    Some(Value::Bool(flag)) => json!(!flag),
                    Some(_) => Value::Null,
                    None => json!("another"),
                };
                object.insert(field.name.clone(), other);
            }
        }
        self.number += 1;
        self.tick();
        let mut id = id(resource, self.clock, self.number);
        if self.broken(Kind::IdShortened, &resource.name, "") {
            id.pop();
        }
        let mut record = Record {
            id: id.clone(),
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
            let field = child
                .parent
                .as_ref()
                .and_then(|parent| parent.embed.clone());
            if let Some(Value::Array(items)) = field.and_then(|field| object.shift_remove(&field)) {
                children.push((child.clone(), items));
            }
        }
        if let Some(user) = caller.user {
            fall_back(resource, &mut object, &email(user));
        }
        record.object = stamp(&api, resource, object, &record);
        kept::write(&mut record.object, &taken);
        self.freeze(resource, &mut record.object);
        self.refuse_taken(resource, caller, &record)?;
        self.keep(resource, &record.id, registry);
        self.records
            .entry(resource.name.clone())
            .or_default()
            .push(record.clone());
        for (child, items) in children {
            for item in items {
                let body: Map<String, Value> = match item {
                    Value::Object(map) => map
                        .into_iter()
                        .filter(|(name, _)| child.field(name).is_some_and(|f| f.on_create()))
                        .collect(),
                    _ => Map::new(),
                };
                // What was read has their defaults by now.
                let body = kept::strip(&api, &child.fields, &body, &Value::Null, &mut Vec::new());
                self.make(&child, caller, Some(id.clone()), &body)?;
            }
        }
        Ok(record)
    }
}

impl Service {
    /// What is taken of members inside of objects that only the server sets.
    pub(super) fn inside(
        &self,
        resource: &Resource,
        found: &mut Vec<(Violation, Value)>,
    ) -> Vec<(Violation, Value)> {
        let name = |violation: &Violation| {
            let mut steps = violation.pointer.split('/');
            steps.nth(1).unwrap_or_default().to_owned()
        };
        let all = std::mem::take(found).into_iter();
        let (taken, refused) = all.partition(|(violation, _)| {
            self.broken(Kind::InsideTaken, &resource.name, &name(violation))
        });
        *found = refused;
        taken
    }

    /// Whether the same value twice in one body is let through.
    fn is_pardoned(&self, resource: &Resource, violation: &Violation) -> bool {
        let member = violation.pointer.rsplit('/').next().unwrap_or_default();
        let api = &self.api;
        let mut children = api.children(&resource.name);
        children.any(|child| self.broken(Kind::TwinsTaken, &child.name, member))
    }

    /// Breaks what the server stamps.
    pub(super) fn freeze(&self, resource: &Resource, object: &mut Map<String, Value>) {
        for field in &resource.fields {
            let broken = |kind| self.broken(kind, &resource.name, &field.name);
            match &field.ty {
                Type::DateTime(form) if broken(Kind::TimeFrozen) => {
                    object.insert(field.name.clone(), print(*form, 0).into());
                }
                Type::ZonedTime { zone, .. } if broken(Kind::ZoneIgnored) => {
                    object[&field.name][zone] = "UTC".into();
                }
                Type::Text { .. } if field.derive.is_some() && broken(Kind::DerivedCut) => {
                    let whole = object.get(&field.name).and_then(Value::as_str);
                    let most = longest(resource, field) as usize;
                    let cut: String = whole.unwrap_or_default().chars().take(most).collect();
                    object.insert(field.name.clone(), cut.into());
                }
                _ if broken(Kind::DerivedMissing) => {
                    object.insert(field.name.clone(), Value::Null);
                }
                _ => {}
            }
        }
    }
}

/// The greatest bound of the parts of a computed text.
fn longest(resource: &Resource, field: &Field) -> u32 {
    let parts: &[String] = match &field.derive {
        Some(Derive::Join(parts)) => parts,
        _ => &[],
    };
    let most = |part: &String| match resource.field(part)?.ty {
        Type::Text { max, .. } => Some(max),
        _ => None,
    };
    parts.iter().filter_map(most).max().unwrap_or(u32::MAX)
}

/// Notes children of one body that may not stand beside each other.
pub(super) fn twins(
    api: &Api,
    resource: &Resource,
    object: &Map<String, Value>,
    found: &mut Vec<Violation>,
) {
    for child in api.children(&resource.name) {
        let Some(field) = child
            .parent
            .as_ref()
            .and_then(|parent| parent.embed.as_ref())
        else {
            continue;
        };
        let Some(Value::Array(items)) = object.get(field) else {
            continue;
        };
        let single = child
            .fields
            .iter()
            .filter(|one| one.unique.is_some())
            .map(|one| vec![one.name.clone()]);
        for members in single.chain(child.unique.iter().map(|unique| unique.fields.clone())) {
            let keys: Vec<_> = items
                .iter()
                .map(|item| key(child, &members, item.as_object()?))
                .collect();
            let mut counts: HashMap<&Vec<String>, usize> = HashMap::new();
            for own in keys.iter().flatten() {
                *counts.entry(own).or_default() += 1;
            }
            for (at, own) in keys.iter().enumerate() {
                if own.as_ref().is_some_and(|own| counts[own] > 1) {
                    for name in &members {
                        found.push(Violation::new(
                            &below(&format!("{}/{at}", below("", field)), name),
                            "duplicate",
                        ));
                    }
                }
            }
        }
    }
}

pub(super) fn id(resource: &Resource, clock: i64, number: u64) -> String {
    resource.id_kind.sample(clock, number)
}

/// A moment in the first time zone that there is.
pub(super) fn zoned(field: &Field, object: &Map<String, Value>, at: i64) -> Value {
    let mut zones = field.fallback.iter().filter_map(|source| match source {
        Source::Field { field } => {
            let (name, member) = field.split_once('.')?;
            object.get(name)?[member].as_str()
        }
        _ => None,
    });
    let zone = zones.next().unwrap_or("UTC").to_owned();
    let found = jiff::tz::TimeZone::get(&zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let moment = jiff::Timestamp::from_microsecond(at).unwrap_or_default();
    let local = found.to_datetime(moment).strftime("%Y-%m-%dT%H:%M:%S");
    match &field.ty {
        Type::ZonedTime {
            time, zone: name, ..
        } => json!({ time: local.to_string(), name: zone }),
        _ => Value::Null,
    }
}

/// Members that were not sent and fall back to who makes the object.
fn fall_back(resource: &Resource, object: &mut Map<String, Value>, user: &str) {
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

/// Fills in what the server sets.
pub(super) fn stamp(
    api: &Api,
    resource: &Resource,
    mut object: Map<String, Value>,
    record: &Record,
) -> Map<String, Value> {
    object.insert(resource.id.clone(), record.id.clone().into());
    for field in resource
        .fields
        .iter()
        .filter(|field| matches!(field.ty, Type::ZonedTime { .. }))
    {
        let value = zoned(field, &object, record.created);
        object.insert(field.name.clone(), value);
    }
    for field in resource
        .fields
        .iter()
        .filter(|field| field.ty == Type::Token)
    {
        let token = format!("token-{}-{}", record.tenant, record.order);
        object.insert(field.name.clone(), token.into());
    }
    let mut whole = derive(api, resource, &object);
    if let Some(times) = &resource.times {
        for (name, at) in [
            (&times.created, record.created),
            (&times.updated, record.updated),
        ] {
            if let Some(Type::DateTime(form)) = resource.field(name).map(|field| &field.ty) {
                whole.insert(name.clone(), print(*form, at).into());
            }
        }
    }
    whole
}

/// Whether many a reader of dates and times takes the text for one.
fn is_dated(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    text.parse::<jiff::Timestamp>().is_ok() || text.parse::<jiff::civil::DateTime>().is_ok()
}
