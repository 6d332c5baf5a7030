//! Members that no row documents.

use fieldproof_spec::kind::{Within, kind};
use fieldproof_spec::model::{Api, Field, Resource, UnknownMembers};
use serde_json::{Map, Value};

use super::{Reply, Service};
use crate::model::below;
use crate::model::object::Violation;

impl Service {
    /// Reports undocumented members, if the switch says to reject them.
    pub(super) fn refuse_unknown(
        &self,
        resource: &Resource,
        body: &Map<String, Value>,
        found: &mut Vec<Violation>,
    ) {
        if self.api.switches.unknown_members == UnknownMembers::Reject {
            let places = unknown(&self.api, &resource.fields, body, "");
            let refused = places.iter();
            found.extend(refused.map(|place| Violation::new(place, "unknown_member")));
        }
    }

    /// Lists the ignored members in a header of the answer.
    pub(super) fn name_unknown(
        &self,
        resource: &Resource,
        body: &Map<String, Value>,
        reply: &mut Reply,
    ) {
        let unknown = unknown(&self.api, &resource.fields, body, "");
        let names: Vec<String> = unknown.iter().map(|place| plain(&place[1..])).collect();
        if !names.is_empty() {
            let header = ("ignored-members".to_owned(), names.join(", "));
            reply.headers.push(header);
        }
    }
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

/// JSON Pointers of members that no row documents, including those inside objects.
fn unknown(api: &Api, fields: &[Field], body: &Map<String, Value>, pointer: &str) -> Vec<String> {
    let mut places = Vec::new();
    for (name, value) in body {
        let place = below(pointer, name);
        let Some(field) = fields.iter().find(|field| field.name == *name) else {
            places.push(place);
            continue;
        };
        let inner = match kind(&field.ty).within() {
            Some(Within::Object(name) | Within::Shared(name)) => {
                api.object(name).map(|one| &one.fields)
            }
            Some(Within::Child(name)) => api.resource(name).map(|one| &one.fields),
            Some(_) | None => None,
        };
        // Values of the wrong type are not searched for unknown members.
        let alone = !field.list || field.scalar_as_list;
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

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn no_name_breaks_the_head_of_an_answer() {
        assert_eq!(plain("a/b"), "a/b");
        assert_eq!(plain("a,\r\nb: é"), "a%2C%0D%0Ab:%20%C3%A9");
    }
}
