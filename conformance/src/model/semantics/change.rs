//! What a change makes of an object.

use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

use super::place::Member;
use crate::model::object::{Violation, merged, merges, resets, takes_null};
use crate::model::value::{accept, carried};
use crate::model::{below, partial, sent_back};

/// What a change says of one member.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    /// As the body has it.
    pub(crate) sent: &'a Value,
    /// As it is meant.
    pub(crate) value: &'a Value,
    /// What is stored.
    pub(crate) stored: &'a Value,
    /// The object with the body over it, for types that a sibling decides.
    pub(crate) owner: &'a Map<String, Value>,
    /// Whether the change says what the whole object is.
    pub(crate) replaces: bool,
}

/// What a change makes of an object.
pub(crate) trait Changing {
    /// What a member is after a change that does not send it: what it was, or its default
    /// where the change says what the whole object is.
    fn unsent(&self, at: &Member<'_>, replaces: bool, stored: &Value) -> Value {
        match replaces {
            true => at.field.initial(),
            false => stored.clone(),
        }
    }

    /// What a part of a member stands for: the whole that it is a part of. A row may be
    /// named without its key, and a merge patch (RFC 7396) names what is different in
    /// objects, maps and templates. Nothing when it says what is there already.
    fn completed(
        &self,
        at: &Member<'_>,
        part: &Map<String, Value>,
        stored: &Value,
        patch: bool,
    ) -> Option<Value> {
        partial::completed(at.api, at.field, part, stored, patch)
    }

    /// What a member becomes: `null` is a value where the row takes it and otherwise
    /// means the default; a nested object takes the members that are sent and keeps the
    /// others; every other value takes the place of the one that was there.
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

    /// The value of a member whose type a sibling decides, when only the sibling was
    /// sent: it has to fit what the sibling now says.
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

    /// A value with the secrets that are kept, where a body sends them back as they are
    /// shown; there has to be one.
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

    /// Whether a client only sends back what it was shown of a member that it does not
    /// write: the value itself, of a computed member also the one it will have, of a time
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

    /// What a member that the client does not write has after it was sent back: what it
    /// has anyway.
    fn unwritten(&self, _at: &Member<'_>, _sent: &Value, own: Option<&Value>) -> Option<Value> {
        own.cloned()
    }

    /// Whether a change counts as one: something is different after it. What changes
    /// nothing makes no new version and no new time.
    fn counts(
        &self,
        _resource: &Resource,
        before: &Map<String, Value>,
        after: &Map<String, Value>,
    ) -> bool {
        before != after
    }
}
