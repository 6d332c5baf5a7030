//! Objects that break rules because a migration accepted them as they were: an update has to
//! make them legal as a whole.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::reform::reform;
use crate::body::{Reading, parse};
use crate::problem::{At, Problem};
use crate::resource::Resource;
use crate::store::{Older, Reformed, Stored};
use crate::table::Table;
use crate::write::{UnitOfWork, secrets, unreadable};

/// The object after an update, if it keeps every rule then; otherwise the rules that it breaks
/// are recorded. `after` is the object as the update leaves it, if the stored one can be read.
///
/// # Errors
/// The object cannot be made.
pub(super) fn mend<R: Resource>(
    work: &UnitOfWork<'_>,
    stored: &Stored,
    after: Option<&R>,
    body: &[u8],
    reading: &mut Reading,
) -> Result<Option<R>, Problem> {
    let table = R::TABLE;
    let members = match after {
        Some(after) => serde_json::to_value(after).map_err(|error| unreadable(&error))?,
        None => sent(
            table,
            secrets::whole(table, stored)?,
            parse(body)?,
            reading.replaces,
        ),
    };
    let managed = |name: &&String| table.managed.iter().any(|one| one.member == **name);
    let names = members.as_object().into_iter().flat_map(Map::keys);
    let judged: BTreeSet<String> = names.filter(|name| !managed(name)).cloned().collect();
    let older = Older {
        stored,
        tenant: &work.tenant,
        members: &members,
        changed: Some(&judged),
    };
    match reform::<R>(&older)? {
        Reformed::Legal { members, .. } => {
            let read = serde_json::from_value(members);
            read.map(Some).map_err(|error| unreadable(&error))
        }
        Reformed::Broken { found, .. } => {
            for one in found {
                let (At::Pointer(place) | At::Parameter(place) | At::Header(place)) = &one.at;
                reading.refuse(place, one.code, one.detail);
            }
            Ok(None)
        }
    }
}

/// The members of a stored object that cannot be read, with those that a body sends. One that
/// `replaces` the object leaves only what the server manages.
fn sent(table: &Table, mut stored: Value, sent: Value, replaces: bool) -> Value {
    let managed = |name: &str| table.managed.iter().any(|one| one.member == name);
    if let (Value::Object(kept), true) = (&mut stored, replaces) {
        kept.retain(|name, _| managed(name));
    }
    if let (Value::Object(kept), Value::Object(sent)) = (&mut stored, sent) {
        let own = sent.into_iter().filter(|(name, _)| !managed(name));
        merge(kept, own.collect());
    }
    stored
}

/// Overwrites members; objects are merged member by member.
fn merge(kept: &mut Map<String, Value>, sent: Map<String, Value>) {
    for (name, value) in sent {
        match (kept.get_mut(&name), value) {
            (Some(Value::Object(there)), Value::Object(below)) => merge(there, below),
            (_, value) => {
                kept.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::sent;
    use crate::table::{Managed, ManagedBy, Table};

    #[test]
    fn what_is_sent_stands_over_what_cannot_be_read_and_managed_members_stay() {
        static TABLE: Table = Table {
            managed: &[Managed::new("id", ManagedBy::Id)],
            ..Table::internal("things")
        };
        let stored = json!({ "id": "1", "a": { "b": 1, "c": 2 }, "d": 3 });
        let body = json!({ "id": "2", "a": { "c": 4 }, "e": 5 });
        let merged = sent(&TABLE, stored.clone(), body.clone(), false);
        let wanted = json!({ "id": "1", "a": { "b": 1, "c": 4 }, "d": 3, "e": 5 });
        assert_eq!(merged, wanted);
        let replaced = sent(&TABLE, stored, body, true);
        assert_eq!(replaced, json!({ "id": "1", "a": { "c": 4 }, "e": 5 }));
    }
}
