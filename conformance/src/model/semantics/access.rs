//! Who sees what.

use fieldproof_spec::model::{Field, Resource};
use serde_json::Value;

use super::place::{Act, Member};
use crate::model::service::{Caller, Record};
use crate::model::value;

/// Who sees what.
pub(crate) trait Access {
    /// Whether an object is there for a caller: it belongs to his tenant and, where each
    /// user has objects of his own, to him.
    fn sees(&self, _act: &Act, _resource: &Resource, caller: &Caller, record: &Record) -> bool {
        let own = record.user.is_none() || record.user.as_deref() == caller.user;
        own && record.tenant == caller.tenant
    }

    /// Whether an object is found below a parent: it is a child of that one.
    fn is_below(&self, _resource: &Resource, record: &Record, parent: Option<&String>) -> bool {
        record.parent.as_ref() == parent
    }

    /// Who an object is that calls with a token of its own: somebody who is known in its
    /// tenant and may do nothing.
    fn logged_in(&self, _resource: &Resource, record: &Record) -> Caller {
        Caller {
            tenant: record.tenant.clone(),
            user: None,
            reads: false,
            writes: false,
            sees: false,
        }
    }

    /// Whether a member is shown to a caller: it is not one that is only written, and
    /// where a scope shows it, the caller has the scope.
    fn shows(&self, _resource: &Resource, field: &Field, caller: &Caller) -> bool {
        field.is_plain() || (field.is_shown() && caller.sees)
    }

    /// How a value is shown: as it is kept, but of a secret only whether there is one.
    fn shown(&self, at: &Member<'_>, kept: &Value) -> Value {
        value::shown(at.api, &at.field.ty, kept)
    }

    /// The entity tag of an object: its version, marked where a caller sees members that
    /// a scope shows, since those are another representation.
    fn tag(&self, _resource: &Resource, record: &Record, full: bool) -> String {
        let variant = if full { "s" } else { "" };
        format!("\"{}{variant}\"", record.version)
    }
}
