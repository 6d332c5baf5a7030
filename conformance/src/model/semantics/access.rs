//! Which objects and members a caller sees.

use fieldproof_spec::model::{Field, Resource};
use serde_json::Value;

use super::place::{Act, Member};
use crate::model::service::{Caller, Record};
use crate::model::value;

/// Which objects and members a caller sees.
pub(crate) trait Access {
    /// Whether a caller sees an object: it belongs to the caller's tenant and, for
    /// resources bound to users, to the caller's user.
    fn sees(&self, _act: &Act, _resource: &Resource, caller: &Caller, record: &Record) -> bool {
        let own = record.user.is_none() || record.user.as_deref() == caller.user;
        own && record.tenant == caller.tenant
    }

    /// Whether an object is a child of `parent`.
    fn is_below(&self, _resource: &Resource, record: &Record, parent: Option<&String>) -> bool {
        record.parent.as_ref() == parent
    }

    /// The caller that a logged-in object acts as: known in its tenant, without any rights.
    fn logged_in(&self, _resource: &Resource, record: &Record) -> Caller {
        Caller {
            tenant: record.tenant.clone(),
            user: None,
            reads: false,
            writes: false,
            sees: false,
        }
    }

    /// Whether a member is shown to a caller: write-only members never are, and scoped
    /// members only to callers with the scope.
    fn shows(&self, _resource: &Resource, field: &Field, caller: &Caller) -> bool {
        field.is_plain() || (field.is_shown() && caller.sees)
    }

    /// The value as shown: as stored, except that a secret only shows whether it is set.
    fn shown(&self, at: &Member<'_>, kept: &Value) -> Value {
        value::shown(at.api, &at.field.ty, kept)
    }

    /// The entity tag of an object: its version, marked when the caller sees scoped
    /// members, since that is another representation.
    fn tag(&self, _resource: &Resource, record: &Record, full: bool) -> String {
        let variant = if full { "s" } else { "" };
        format!("\"{}{variant}\"", record.version)
    }
}
