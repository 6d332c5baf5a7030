//! Changes.

use fieldproof_spec::model::{Api, Blank, Effect, Field, Resource, Type};
use serde_json::{Map, Value};

use super::media::{MERGE_PATCH, media};
use super::refusal::refuse_query;
use super::route::path;
use super::{Caller, Kind, Record, Refusal, Reply, Request, Service};
use crate::model::object::{
    Violation, derive, exclude, excused, merged as merge_nested, merges, resets, stand_ins,
    takes_null,
};
use crate::model::partial::completed;
use crate::model::value::{accept, carried, sent};
use crate::model::{below, echo, kept, print};

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
        let Value::Object(body) = body else {
            return Err(self.invalid(&[Violation::new("", "type")]));
        };
        let api = self.api.clone();
        let mut found = Vec::new();
        self.refuse_unknown(resource, &body, &mut found);
        let mut inside = Vec::new();
        let stored = Value::Object(record.object.clone());
        // What no update writes is sent back as a whole.
        let written = resource.fields.iter().filter(|field| field.on_update());
        let body = kept::strip(&api, written, &body, &stored, &mut inside);
        let taken = self.inside(resource, &mut inside);
        found.extend(inside.into_iter().map(|(violation, _)| violation));
        let mut merged = record.object.clone();
        let replaces = request.method != "PATCH"
            && resource
                .update
                .as_ref()
                .is_some_and(|one| one.effect == Effect::Replace);
        if replaces {
            let missing = |field: &&Field| field.on_update() && !body.contains_key(&field.name);
            for field in resource.fields.iter().filter(missing) {
                merged.insert(field.name.clone(), field.initial());
                if field.required {
                    found.push(Violation::new(&below("", &field.name), "required"));
                }
            }
        }
        if self.broken(Kind::MergeClears, &resource.name, "") {
            for field in resource
                .fields
                .iter()
                .filter(|field| field.on_update() && !body.contains_key(&field.name))
            {
                merged.insert(field.name.clone(), field.initial());
            }
        }
        let whole = match replaces {
            true => body.clone(),
            false => self.completed(resource, &body, &record, is_patch(request)),
        };
        let mut owner = record.object.clone();
        owner.extend(whole.clone());
        let loose = self.loosened(resource, whole);
        let excused = match self.broken(Kind::ExcuseMissing, &resource.name, "") {
            true => loose,
            false => excused(&api, resource, &loose, &record.object),
        };
        for field in resource.fields.iter().filter(|field| field.on_update()) {
            let pointer = below("", &field.name);
            let broken = |kind| self.broken(kind, &resource.name, &field.name);
            let given = excused.get(&field.name).map(|value| sent(field, value));
            let value = match &given {
                None => continue,
                Some(Value::Null) if resets(field) && broken(Kind::ResetMissing) => continue,
                Some(Value::Null) if resets(field) && !broken(Kind::NullTurned) => field.initial(),
                Some(Value::Null)
                    if !resets(field) && takes_null(field) != broken(Kind::NullTurned) =>
                {
                    Value::Null
                }
                Some(_)
                    if body.get(&field.name) == Some(&Value::Null)
                        && broken(Kind::NullTurned)
                        && field.blank == Blank::Nothing =>
                {
                    found.push(Violation::new(&pointer, "null"));
                    continue;
                }
                Some(Value::Null) => {
                    found.push(Violation::new(&pointer, "null"));
                    continue;
                }
                Some(value) => {
                    let mut own = Vec::new();
                    let accepted = match merges(field) {
                        true if replaces || broken(Kind::NestedReplaced) => {
                            accept(&api, field, value, &owner, &pointer, &mut own)
                        }
                        true => {
                            let stored = &record.object[&field.name];
                            let value = &self.unreset(resource, field, value);
                            merge_nested(&api, field, stored, value, &pointer, &mut own)
                        }
                        false => accept(&api, field, value, &owner, &pointer, &mut own),
                    };
                    own.retain(|violation| match violation.code {
                        "unexpected" | "required" if merges(field) && !replaces => {
                            !broken(Kind::ConditionLate)
                        }
                        "type" => !broken(Kind::TypeIgnored),
                        _ => !broken(Kind::BoundIgnored),
                    });
                    found.extend(own);
                    accepted.unwrap_or_else(|| value.clone())
                }
            };
            if !broken(Kind::UpdateForgets) {
                merged.insert(field.name.clone(), value);
            }
        }
        for field in &resource.fields {
            if let (Some(value), Some(kept)) =
                (merged.get_mut(&field.name), record.object.get(&field.name))
            {
                kept::restore(&api, field, value, kept);
                let place = below("", &field.name);
                *value = match self.broken(Kind::SecretLost, &resource.name, &field.name) {
                    true => value.clone(),
                    false => carried(&api, &field.ty, value, kept, &place, &mut found),
                };
            }
        }
        let mut unfit = Vec::new();
        rejudge(&api, resource, &body, &mut merged, &mut unfit);
        unfit.retain(|one| !self.broken(Kind::FitIgnored, &resource.name, &one.pointer[1..]));
        found.extend(unfit);
        self.judge_watch(resource, caller, &body, &mut found);
        if found.is_empty() {
            self.judge_signed(resource, Some(&record.object), &merged, &mut found);
        }
        if found.is_empty() {
            exclude(resource, &merged, &mut found);
        }
        let derived = derive(&api, resource, &merged);
        let mut after = merged.clone();
        for field in resource
            .fields
            .iter()
            .filter(|field| field.derive.is_some())
        {
            if !self.broken(Kind::DerivedStale, &resource.name, &field.name) {
                after.insert(field.name.clone(), derived[&field.name].clone());
            }
        }
        for (object, ..) in stand_ins(&api, resource) {
            after.insert(object.clone(), derived[&object].clone());
        }
        let shown = self.shown(resource, caller, &record);
        let mut echoes = Vec::new();
        echo::judge(resource, &body, &shown, &after, &mut echoes);
        for violation in echoes {
            let name = violation.pointer.trim_start_matches('/').to_owned();
            if self.broken(Kind::ReadOnlyTaken, &resource.name, &name) {
                after.insert(name.clone(), body[&name].clone());
            } else {
                found.push(violation);
            }
        }
        // Lists that were sent name shared objects; the others refer to them.
        let lists = resource
            .fields
            .iter()
            .filter(|one| body.contains_key(&one.name));
        let lists = lists.filter_map(|one| Some((one.name.clone(), after.get(&one.name)?.clone())));
        let (mut sent, mut registry) = (lists.collect(), self.shared.clone());
        self.link(resource, caller, &mut sent, &mut registry, &mut found);
        after.extend(sent);
        kept::write(&mut after, &taken);
        if !found.is_empty() {
            return Err(self.invalid(&found));
        }
        let mut next = Record {
            object: after,
            ..record.clone()
        };
        self.refuse_taken(resource, caller, &next)?;
        self.judge_match(resource, caller, &record, request)?;
        let mine = self.keep(resource, &record.id, registry);
        if next.object != record.object
            || mine
            || self.broken(Kind::IdleTouches, &resource.name, "")
        {
            self.number += 1;
            self.tick();
            next.updated = self.clock;
            next.version = self.number;
            let object = std::mem::take(&mut next.object);
            next.object = stamp_time(resource, object, &next);
            self.freeze(resource, &mut next.object);
            self.put(resource, &next);
            self.note_seer(&next.id, caller.sees);
            self.touch(resource, next.parent.as_deref());
        }
        self.invite(resource, Some(&record.object), &next.object);
        let mut reply = self.reply(resource, caller, 200, &next);
        let canonical = path(resource, ids);
        if canonical != request.path {
            reply.headers.push((
                "content-location".to_owned(),
                format!("{}{canonical}", self.api.base),
            ));
        }
        self.name_unknown(resource, &body, &mut reply);
        Ok(reply)
    }

    /// The body with truth values in place of any words, where those are read.
    pub(super) fn loosened(
        &self,
        resource: &Resource,
        mut body: Map<String, Value>,
    ) -> Map<String, Value> {
        for field in &resource.fields {
            if let Some(value) = body.get_mut(&field.name)
                && value.is_string()
                && self.broken(Kind::BooleanLoose, &resource.name, &field.name)
            {
                *value = Value::Bool(*value != "false");
            }
        }
        body
    }

    /// The body with parts completed from what is stored.
    fn completed(
        &self,
        resource: &Resource,
        body: &Map<String, Value>,
        record: &Record,
        patch: bool,
    ) -> Map<String, Value> {
        let stored = &record.object;
        let (mut fields, mut taken) = (resource.fields.clone(), body.clone());
        fields.retain(|field| {
            let entry = matches!(field.ty, Type::Entry(_));
            let kind = if entry {
                Kind::RowWhole
            } else {
                Kind::PatchReplaces
            };
            !self.broken(kind, &resource.name, &field.name)
        });
        let whole = completed(&self.api, &fields, &taken, stored, patch);
        for (name, value) in whole.iter().filter(|_| patch) {
            // What a patch removes is kept as `null`.
            if let (Value::Object(value), Some(Value::Object(sent))) = (value, body.get(name))
                && self.broken(Kind::PatchKeepsNull, &resource.name, name)
            {
                let mut value = value.clone();
                let nulls = sent.iter().filter(|(_, value)| value.is_null());
                value.extend(nulls.map(|(name, value)| (name.clone(), value.clone())));
                taken.insert(name.clone(), value.into());
            } else {
                taken.insert(name.clone(), value.clone());
            }
        }
        if patch { taken } else { whole }
    }

    /// A nested object without the `null` of members that it would reset.
    fn unreset(&self, resource: &Resource, field: &Field, value: &Value) -> Value {
        let (Type::Object(name), Value::Object(map)) = (&field.ty, value) else {
            return value.clone();
        };
        let mut kept = map.clone();
        if self.broken(Kind::ResetMissing, &resource.name, &field.name) {
            let fields = self.api.object(name).map_or(&[][..], |one| &one.fields);
            for field in fields.iter().filter(|field| resets(field)) {
                if kept.get(&field.name) == Some(&Value::Null) {
                    kept.shift_remove(&field.name);
                }
            }
        }
        kept.into()
    }

    pub(super) fn put(&mut self, resource: &Resource, next: &Record) {
        if let Some(records) = self.records.get_mut(&resource.name) {
            for record in records.iter_mut().filter(|record| record.id == next.id) {
                *record = next.clone();
            }
        }
    }

    /// A change of a child counts as a change of a parent that shows it.
    pub(super) fn touch(&mut self, resource: &Resource, parent: Option<&str>) {
        let (Some(relation), Some(id)) = (resource.parent.clone(), parent) else {
            return;
        };
        if relation.embed.is_none() || self.broken(Kind::TouchMissing, &resource.name, "") {
            return;
        }
        let Some(above) = self.api.resource(&relation.resource).cloned() else {
            return;
        };
        let Some(mut record) = self
            .all(&above)
            .iter()
            .find(|record| record.id == id)
            .cloned()
        else {
            return;
        };
        self.number += 1;
        record.version = self.number;
        if relation.touch {
            self.tick();
            record.updated = self.clock;
            let object = std::mem::take(&mut record.object);
            record.object = stamp_time(&above, object, &record);
        }
        self.put(&above, &record);
        self.touch(&above, record.parent.as_deref());
    }
}

/// Whether a change is a merge patch.
fn is_patch(request: &Request) -> bool {
    media(request).as_deref() == Some(MERGE_PATCH)
}

/// A member whose sibling decides is judged again when only the sibling was sent.
pub(super) fn rejudge(
    api: &Api,
    resource: &Resource,
    body: &Map<String, Value>,
    merged: &mut Map<String, Value>,
    found: &mut Vec<Violation>,
) {
    for field in &resource.fields {
        let Type::Choice { by, .. } = &field.ty else {
            continue;
        };
        if body.contains_key(by) && !body.contains_key(&field.name) {
            let owner = merged.clone();
            let value = owner.get(&field.name).cloned().unwrap_or(Value::Null);
            if !value.is_null()
                && let Some(value) =
                    accept(api, field, &value, &owner, &below("", &field.name), found)
            {
                merged.insert(field.name.clone(), value);
            }
        }
    }
}

pub(super) fn stamp_time(
    resource: &Resource,
    mut object: Map<String, Value>,
    record: &Record,
) -> Map<String, Value> {
    if let Some(times) = &resource.times
        && let Some(Type::DateTime(form)) = resource.field(&times.updated).map(|field| &field.ty)
    {
        object.insert(times.updated.clone(), print(*form, record.updated).into());
    }
    object
}
