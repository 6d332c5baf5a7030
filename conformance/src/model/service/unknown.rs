//! Members that no row documents.

use fieldproof_spec::kind::{Within, kind};
use fieldproof_spec::model::{Api, Field, Resource, Type, UnknownMembers};
use serde_json::{Map, Value};

use super::{Reply, Service};
use crate::model::below;
use crate::model::object::Violation;

impl Service {
    /// Reports undocumented members, if the switch says to reject them; `kept` is what stays of
    /// the object.
    pub(super) fn refuse_unknown(
        &self,
        resource: &Resource,
        (body, kept): (&Map<String, Value>, &Map<String, Value>),
        found: &mut Vec<Violation>,
    ) {
        if self.api.switches.unknown_members == UnknownMembers::Reject {
            let places = unknown(&self.api, &resource.fields, (body, kept), "");
            let refused = places.iter();
            found.extend(refused.map(|place| Violation::new(place, "unknown_member")));
        }
    }

    /// Lists the ignored members in a header of the answer.
    pub(super) fn name_unknown(
        &self,
        resource: &Resource,
        (body, kept): (&Map<String, Value>, &Map<String, Value>),
        reply: &mut Reply,
    ) {
        let unknown = unknown(&self.api, &resource.fields, (body, kept), "");
        reply.headers.extend(named(&unknown));
    }

    /// Judges the members of a body without rows that its operation does not know; the header
    /// that lists them if they are ignored.
    pub(super) fn left_out(
        &self,
        body: &Value,
        known: &[&str],
        found: &mut Vec<Violation>,
    ) -> Option<(String, String)> {
        let names = body.as_object().into_iter().flat_map(|body| body.keys());
        let unknown = names.filter(|name| !known.contains(&name.as_str()));
        let places: Vec<String> = unknown.map(|name| below("", name)).collect();
        if self.api.switches.unknown_members == UnknownMembers::Reject {
            let refused = places.iter();
            found.extend(refused.map(|place| Violation::new(place, "unknown_member")));
            return None;
        }
        named(&places)
    }
}

/// The header that lists ignored members, if there are any.
fn named(places: &[String]) -> Option<(String, String)> {
    let names: Vec<String> = places.iter().map(|place| plain(&place[1..])).collect();
    (!names.is_empty()).then(|| ("ignored-members".to_owned(), names.join(", ")))
}

/// A name that is safe in a header: separators and anything but visible ASCII are
/// percent-encoded.
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

/// JSON Pointers of members that no row documents, including those inside objects. Members
/// that the body leaves out are those of `kept`, or else have their defaults.
fn unknown(
    api: &Api,
    fields: &[Field],
    (body, kept): (&Map<String, Value>, &Map<String, Value>),
    pointer: &str,
) -> Vec<String> {
    let mut places = Vec::new();
    let nothing = Map::new();
    for (name, value) in body {
        let place = below(pointer, name);
        let Some(field) = fields.iter().find(|field| field.name == *name) else {
            places.push(place);
            continue;
        };
        let sibling = |by: &str| {
            let sent = body.get(by).or_else(|| kept.get(by)).cloned();
            let default = || fields.iter().find(|one| one.name == by).map(Field::initial);
            sent.filter(|sent| !sent.is_null()).or_else(default)
        };
        let Some(inner) = members(api, &field.ty, &sibling) else {
            continue;
        };
        // Values of the wrong type are not searched for unknown members.
        let alone = !field.list || field.scalar_as_list;
        match value {
            Value::Object(map) if alone => {
                let kept = kept.get(name).and_then(Value::as_object);
                let both = (map, kept.unwrap_or(&nothing));
                places.extend(unknown(api, inner, both, &place));
            }
            Value::Array(items) if field.list => {
                for (at, item) in items.iter().enumerate() {
                    let place = format!("{place}/{at}");
                    let maps = item.as_object().into_iter();
                    places
                        .extend(maps.flat_map(|map| unknown(api, inner, (map, &nothing), &place)));
                }
            }
            _ => {}
        }
    }
    places
}

/// The members that objects of the type have; a sibling may decide which.
fn members<'a>(
    api: &'a Api,
    ty: &'a Type,
    sibling: &dyn Fn(&str) -> Option<Value>,
) -> Option<&'a [Field]> {
    if let Type::Choice { by, of } = ty {
        let value = sibling(by)?;
        let chosen = of.iter().find(|(text, _)| value == text.as_str());
        return members(api, &chosen?.1, sibling);
    }
    match kind(ty).within()? {
        Within::Object(name) | Within::Shared(name) => Some(&api.object(name)?.fields),
        Within::Child(name) => Some(&api.resource(name)?.fields),
        Within::Entry(_)
        | Within::Key(..)
        | Within::Preset(_)
        | Within::Choice(..)
        | Within::Made => None,
    }
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
