//! What operations that write have in common.

use serde_json::Value;

use super::work::Work;
use super::{Call, Service, apart};
use crate::body::{self, Reading};
use crate::problem::{At, Problem, Violation};
use crate::resource::{Embeds, Resource};

impl Service {
    /// The JSON value of a body.
    pub(super) fn parse(&self, call: &Call) -> Result<Value, Problem> {
        if !body::is_json(&call.headers, &call.body, self.api.json_in_form) {
            return Err(Problem::unsupported_media_type());
        }
        body::parse(&call.body)
    }

    /// Members that no document names: refused, or left out and given back.
    pub(super) fn judge_unknown(&self, reading: &mut Reading) -> Vec<String> {
        let unknown = std::mem::take(&mut reading.ignored);
        if !self.switches.reject_unknown_members {
            return unknown;
        }
        for pointer in unknown {
            reading.refuse(&pointer, "unknown_member", "is not a member");
        }
        Vec::new()
    }
}

/// Brings the object of `parent` up to its children of type `C`.
///
/// # Errors
/// More children than one parent may have, or a store that fails.
pub fn refresh<P: Embeds<C>, C: Resource>(
    work: &mut Work<'_>,
    parent: &str,
) -> Result<(), Problem> {
    let table = P::table();
    let tenant = work.tenant.clone();
    let stored = work.tx.find(table, &tenant, parent)?;
    let stored = stored.ok_or_else(Problem::not_found)?;
    let children = work.tx.children(C::table(), &tenant, parent)?;
    let relation = C::table().parent.as_ref();
    if let Some(most) = relation.and_then(|relation| relation.most)
        && children.len() > most
    {
        let refused = Violation {
            at: At::Pointer(String::new()),
            code: "too_many_items",
            detail: format!("there are at most {most} of them"),
        };
        return Err(Problem::validation(
            work.switches.validation_status,
            vec![refused],
        ));
    }
    let mut shown: P = apart::join(&stored)?;
    *shown.embedded() = children.iter().map(apart::join).collect::<Result<_, _>>()?;
    let mut updated = stored.updated;
    if relation.is_some_and(|relation| relation.touch) {
        updated = work.tx.now();
        shown.touch(updated);
    }
    let above = stored.parent.as_deref();
    let row = work.row(&shown, parent, above, (stored.created, updated))?;
    work.put(table, &row)?;
    work.refresh_parent(table, above)
}
