//! How a change affects an object.

use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

use super::place::Member;
use crate::model::object::{Violation, merged, merges, resets, takes_null};
use crate::model::value::{accept, carried};
use crate::model::{below, partial, sent_back};

/// The part of a change that concerns one member.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    /// The value as sent in the body.
    pub(crate) sent: &'a Value,
    /// The value after parts were completed.
    pub(crate) value: &'a Value,
    /// The stored value.
    pub(crate) stored: &'a Value,
    /// The object with the body merged into it, for types that depend on a sibling.
    pub(crate) owner: &'a Map<String, Value>,
    /// Whether the change replaces the whole object.
    pub(crate) replaces: bool,
}

/// How a change affects an object.
pub(crate) trait Changing {
    /// The value of a member that a change does not send: the stored one, or the default if
    /// the change replaces the whole object.
    fn unsent(&self, at: &Member<'_>, replaces: bool, stored: &Value) -> Value {
        match replaces {
            true => at.field.initial(),
            false => stored.clone(),
        }
    }

    /// Completes a part of a member to the whole value that it stands for; `None` when it
    /// changes nothing. A row may be sent without its key, and a merge patch (RFC 7396)
    /// sends only the differences of objects, maps and templates.
    fn completed(
        &self,
        at: &Member<'_>,
        part: &Map<String, Value>,
        stored: &Value,
        patch: bool,
    ) -> Option<Value> {
        partial::completed(at.api, at.field, part, stored, patch)
    }

    /// The new value of a member. `null` is stored if the row accepts it and otherwise
    /// resets the member to its default; nested objects are merged; every other value
    /// replaces the stored one.
    fn changed(
        &self,
        at: &Member<'_>,
        part: &Part<'_>,
        found: &mut Vec<Violation>,
    ) -> Option<Value> {
        let (api, field) = (at.api, at.field);
        let place = below("", &field.name);
        match part.value {
            Value::Null if resets(field) => Some(field.initial()),
            Value::Null if takes_null(field) => Some(Value::Null),
            Value::Null => {
                found.push(Violation::new(&place, "null"));
                None
            }
            value if merges(field) && !part.replaces => {
                merged(api, field, part.stored, value, &place, found)
            }
            value => accept(api, field, value, part.owner, &place, found),
        }
    }

    /// Checks the value of a member whose type depends on a sibling, when only the sibling
    /// was sent: it has to fit the new value of the sibling.
    fn refitted(
        &self,
        at: &Member<'_>,
        value: &Value,
        owner: &Map<String, Value>,
        found: &mut Vec<Violation>,
    ) -> Option<Value> {
        let place = below("", &at.field.name);
        accept(at.api, at.field, value, owner, &place, found)
    }

    /// The value with stored secrets in place of those that a body sends back as they are
    /// shown; it is an error if none is stored.
    fn carried(
        &self,
        at: &Member<'_>,
        value: &Value,
        stored: &Value,
        found: &mut Vec<Violation>,
    ) -> Value {
        let place = below("", &at.field.name);
        carried(at.api, &at.field.ty, value, stored, &place, found)
    }

    /// Whether a client only sends back a value it was shown, in a member that it cannot
    /// write: the stored value, for a computed member also its future value, for a time
    /// also an older one.
    fn is_sent_back(
        &self,
        at: &Member<'_>,
        sent: &Value,
        before: Option<&Value>,
        after: Option<&Value>,
    ) -> bool {
        sent_back::is_sent_back(at.resource, at.field, sent, before, after)
    }

    /// The value of a member that the client cannot write, after it was sent back:
    /// unchanged.
    fn unwritten(&self, _at: &Member<'_>, _sent: &Value, own: Option<&Value>) -> Option<Value> {
        own.cloned()
    }

    /// Whether a change has an effect. One that leaves the object as it was makes no new
    /// version and no new time.
    fn counts(
        &self,
        _resource: &Resource,
        before: &Map<String, Value>,
        after: &Map<String, Value>,
    ) -> bool {
        before != after
    }
}
