//! What bodies and combinations have to be.

use fieldproof_spec::model::{Api, Field, IfMatch, Resource, Scope, Type, UnknownMembers};
use serde_json::{Map, Value};

use super::refusal::{errors, header, names, problem, refusal, tags};
use super::{Caller, Kind, Mutation, Record, Refusal, Reply, Request, Service};
use crate::model::object::Violation;
use crate::model::value::external;
use crate::model::{below, fold};

impl Service {
    /// Judges what a change says about the version it knows.
    pub(super) fn judge_match(
        &self,
        resource: &Resource,
        caller: &Caller,
        record: &Record,
        request: &Request,
    ) -> Result<(), Refusal> {
        let tag = self.tag(resource, caller, record);
        let broken = |kind| self.broken(kind, &resource.name, "");
        self.judge_tags(resource, request)?;
        let mut sent = request.headers.get("if-match").cloned();
        if broken(Kind::TagFirst) {
            let first = |header: &String| header.split(',').next().map(str::to_owned);
            sent = sent.as_ref().and_then(first);
        }
        let sent = sent.as_ref();
        let demanded = self.api.switches.if_match == IfMatch::Required;
        if demanded && sent.is_none() && !broken(Kind::ConditionUnasked) {
            return Err(problem(428, "precondition_required", &[]));
        }
        let fits = sent.is_none() || names(sent, &tag, broken(Kind::TagWeak));
        let known = names(request.headers.get("if-none-match"), &tag, true);
        if known && !broken(Kind::DiffersIgnored) {
            return Err(problem(412, "precondition_failed", &[]));
        }
        match fits || self.broken(Kind::ConditionIgnored, &resource.name, "") {
            true => Ok(()),
            false => Err(problem(412, "precondition_failed", &[])),
        }
    }

    /// Refuses conditions that are no entity tags.
    pub(super) fn judge_tags(&self, resource: &Resource, request: &Request) -> Result<(), Refusal> {
        for name in ["if-match", "if-none-match"] {
            let Some(sent) = request.headers.get(name) else {
                continue;
            };
            let split = |sent: &String| {
                let mut parts = sent.split(',').map(str::trim);
                parts.all(|one| one == "*" || one.ends_with('"') && tags(one).is_some())
            };
            let one = self.broken(Kind::TagSplit, &resource.name, "");
            if tags(sent).is_none() || one && !split(sent) {
                return Err(header(name));
            }
        }
        Ok(())
    }

    /// Refuses values that another object has, and one child too many.
    pub(super) fn refuse_taken(
        &self,
        resource: &Resource,
        caller: &Caller,
        next: &Record,
    ) -> Result<(), Refusal> {
        for name in resource.distinct.iter().flat_map(|one| &one.fields) {
            if *name != resource.id && self.is_shared(resource, caller, next, name) {
                let place = Violation::new(&below("", name), "duplicate");
                return Err(refusal(409, "conflict", errors(&[place])));
            }
        }
        let single = resource
            .fields
            .iter()
            .filter_map(|field| Some((vec![field.name.clone()], field.unique?)));
        let combined = resource.unique.iter();
        let combined = combined.map(|unique| (unique.fields.clone(), unique.within));
        for (members, scope) in single.chain(combined) {
            let own = key(resource, &members, &next.object);
            let last = members.last().map_or("", String::as_str);
            if own.is_some() && self.broken(Kind::UniqueAcross, &resource.name, last) {
                let everything = self.api.resources.iter();
                let mut others = everything.filter(|other| other.name != resource.name);
                if others.any(|other| {
                    let mut all = self.all(other).iter();
                    all.any(|record| key(other, &members, &record.object) == own)
                }) {
                    return Err(problem(409, "conflict", &[]));
                }
            }
            let taken = own.is_some()
                && self.all(resource).iter().any(|other| {
                    let near = scope == Scope::Tenant || other.parent == next.parent;
                    other.id != next.id
                        && other.tenant == caller.tenant
                        && near
                        && key(resource, &members, &other.object) == own
                });
            if taken {
                let violations: Vec<Violation> = members
                    .iter()
                    .map(|name| Violation::new(&below("", name), "duplicate"))
                    .collect();
                return Err(refusal(409, "conflict", errors(&violations)));
            }
        }
        let embedding = resource.parent.as_ref().and_then(|parent| {
            self.api
                .resource(&parent.resource)?
                .field(parent.embed.as_ref()?)
        });
        if let Some(most) = embedding.and_then(|field| field.max_items) {
            let siblings = self
                .all(resource)
                .iter()
                .filter(|other| other.parent == next.parent && other.id != next.id)
                .count();
            let bounded = !embedding.is_some_and(|field| {
                self.broken(
                    Kind::BoundIgnored,
                    &resource
                        .parent
                        .as_ref()
                        .map_or(String::new(), |p| p.resource.clone()),
                    &field.name,
                )
            });
            if siblings >= most as usize && bounded {
                return Err(self.invalid(&[Violation::new("", "too_many_items")]));
            }
        }
        Ok(())
    }

    /// Whether a value of the object names another one in another member.
    fn is_shared(&self, resource: &Resource, caller: &Caller, next: &Record, name: &str) -> bool {
        let Some(text) = next.object.get(name).and_then(Value::as_str) else {
            return false;
        };
        let others = resource.distinct.iter().flat_map(|one| &one.fields);
        let others: Vec<&String> = others.filter(|other| *other != name).collect();
        let same = |record: &Record, other: &String| {
            let value = record.object.get(other).and_then(Value::as_str);
            let folded = resource
                .field(other)
                .is_some_and(|field| matches!(field.ty, Type::Email { .. } | Type::Id));
            match folded {
                true => value.is_some_and(|value| fold(value) == fold(text)),
                false => value == Some(text),
            }
        };
        self.all(resource).iter().any(|record| {
            record.id != next.id
                && record.tenant == caller.tenant
                && others.iter().any(|other| same(record, other))
        })
    }

    pub(super) fn body(&self, request: &Request) -> Result<Value, Refusal> {
        if request.body.len() > 1 << 20 {
            return Err(problem(413, "body_too_large", &[]));
        }
        let here = |kind| {
            let own = |mutation: &Mutation| {
                mutation.kind == kind && self.broken(kind, &mutation.resource, "")
            };
            self.mutation.as_ref().is_some_and(own)
        };
        self.judge_media(request)?;
        if depth(&request.body) > 64 {
            return Err(problem(400, "too_deep", &[]));
        }
        let read = serde_json::from_slice(&request.body);
        match read {
            Err(_) if here(Kind::MalformedTaken) => Ok(Value::Object(Map::new())),
            read => read.map_err(|_| problem(400, "malformed_body", &[])),
        }
    }

    pub(super) fn invalid(&self, found: &[Violation]) -> Refusal {
        refusal(
            self.api.switches.validation_status,
            "validation",
            errors(found),
        )
    }

    /// Notes members that no document names, where the switch refuses them.
    pub(super) fn refuse_unknown(
        &self,
        resource: &Resource,
        body: &Map<String, Value>,
        found: &mut Vec<Violation>,
    ) {
        let rejects = self.api.switches.unknown_members == UnknownMembers::Reject;
        if rejects {
            let places = unknown(&self.api, &resource.fields, body, "");
            found.extend(
                places
                    .iter()
                    .map(|place| Violation::new(place, "unknown_member")),
            );
        }
    }

    pub(super) fn name_unknown(
        &self,
        resource: &Resource,
        body: &Map<String, Value>,
        reply: &mut Reply,
    ) {
        let unknown = unknown(&self.api, &resource.fields, body, "");
        let raw = self.broken(Kind::UnknownRaw, &resource.name, "");
        let name = |place: &String| match raw {
            true => place[1..].to_owned(),
            false => plain(&place[1..]),
        };
        let unknown: Vec<String> = unknown.iter().map(name).collect();
        if !unknown.is_empty() && !self.broken(Kind::UnknownUnnamed, &resource.name, "") {
            reply
                .headers
                .push(("ignored-members".to_owned(), unknown.join(", ")));
        }
    }
}

/// A name as it can stand in a header: what separates names, and what is no
/// plain character, is percent-encoded.
fn plain(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        match byte {
            byte if byte.is_ascii_graphic() && !b"\"%,\\".contains(&byte) => {
                text.push(char::from(byte));
            }
            byte => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// Places of members that no row documents, also inside of objects.
fn unknown(api: &Api, fields: &[Field], body: &Map<String, Value>, pointer: &str) -> Vec<String> {
    let mut places = Vec::new();
    for (name, value) in body {
        let place = below(pointer, name);
        let Some(field) = fields.iter().find(|field| field.name == *name) else {
            places.push(place);
            continue;
        };
        let inner = match &field.ty {
            Type::Object(name) | Type::Shared(name) => api.object(name).map(|one| &one.fields),
            Type::Child(name) => api.resource(name).map(|one| &one.fields),
            _ => None,
        };
        // What has no place here is of another type, whatever stands in it.
        let alone = !field.list || field.lone;
        match (inner, value) {
            (Some(fields), Value::Object(map)) if alone => {
                places.extend(unknown(api, fields, map, &place))
            }
            (Some(fields), Value::Array(items)) if field.list => {
                for (at, item) in items.iter().enumerate() {
                    let place = format!("{place}/{at}");
                    let map = item.as_object();
                    places.extend(map.iter().flat_map(|map| unknown(api, fields, map, &place)));
                }
            }
            _ => {}
        }
    }
    places
}

/// What a combination is compared by; `null` equals nothing.
pub(super) fn key(
    resource: &Resource,
    members: &[String],
    object: &Map<String, Value>,
) -> Option<Vec<String>> {
    let one = |name: &String| match object.get(name) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => match resource.field(name).map(|field| &field.ty) {
            Some(Type::ExternalId) => Some(external(text)),
            Some(Type::Email { .. }) => Some(fold(text)),
            _ => Some(text.clone()),
        },
        Some(value) => Some(value.to_string()),
    };
    members.iter().map(one).collect()
}

/// The deepest nesting of JSON text.
pub(super) fn depth(text: &[u8]) -> usize {
    let (mut depth, mut most, mut quoted, mut escaped) = (0usize, 0, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => {
                depth += 1;
                most = most.max(depth);
            }
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn no_name_breaks_the_head_of_an_answer() {
        assert_eq!(plain("a/b"), "a/b");
        assert_eq!(plain("a,\r\nb: é"), "a%2C%0D%0Ab:%20%C3%A9");
    }
}
