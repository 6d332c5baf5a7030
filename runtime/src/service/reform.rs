//! Reads stored objects by the rules of this program, for migrations.

use serde_json::Value;

use super::make::make;
use super::partial::hashes;
use crate::body::{Draft, Reading};
use crate::problem::{At, Problem, Violation};
use crate::resource::Resource;
use crate::store::{Older, Reformed, Row, apart};
use crate::switches::Switches;
use crate::table::{ManagedBy, Table};
use crate::value::Form;
use crate::write::{Author, UnitOfWork, secrets, unreadable};

/// Reads a stored object of `R` as an import would, without a store: members that are new get
/// what a create without them would give them, those that changed are judged and brought into
/// their form, all others stay as they are.
///
/// # Errors
/// The object cannot be made at all.
pub(super) fn reform<R: Resource>(older: &Older<'_>) -> Result<Reformed, Problem> {
    let plain: Option<R> = serde_json::from_value(older.members.clone()).ok();
    let changed = |name: &str| older.changed.is_some_and(|all| all.contains(name));
    if let Some(object) = &plain
        && older.changed.is_none_or(|all| all.is_empty())
    {
        return legal(older, object);
    }
    let (made, found) = read::<R>(older)?;
    let relevant = |one: &Violation| plain.is_none() || changed(outermost(one));
    let cells = || plain.as_ref().map(R::column_values);
    let broken: Vec<Violation> = found.iter().filter(|one| relevant(one)).cloned().collect();
    if !broken.is_empty() {
        let cells = cells();
        return Ok(Reformed::Broken {
            found: broken,
            cells,
        });
    }
    // What breaks a rule that did not change is no matter of this migration.
    let Some(made) = made.or_else(|| plain.clone()) else {
        return Ok(Reformed::Broken { found, cells: None });
    };
    let mut members = serde_json::to_value(&made).map_err(|error| unreadable(&error))?;
    if let (Value::Object(members), Value::Object(kept)) = (&mut members, older.members) {
        for (name, value) in kept.iter().filter(|(name, _)| !changed(name)) {
            if let Some(own) = members.get_mut(name) {
                own.clone_from(value);
            }
        }
    }
    match serde_json::from_value::<R>(members) {
        Ok(object) => legal(older, &object),
        Err(error) => Ok(Reformed::Broken {
            found: vec![Violation {
                at: At::Pointer(String::new()),
                code: "type",
                detail: format!("must be of its type: {error}"),
            }],
            cells: cells(),
        }),
    }
}

/// The object as a create or update would store it.
fn legal<R: Resource>(older: &Older<'_>, object: &R) -> Result<Reformed, Problem> {
    let texts = secrets::split(R::TABLE, object)?;
    let members = serde_json::to_value(object).map_err(|error| unreadable(&error))?;
    let row = Row {
        body: texts.body,
        privileged: texts.privileged,
        secrets: texts.secrets,
        cells: object.column_values(),
        ..kept(older)
    };
    Ok(Reformed::Legal {
        row: Box::new(row),
        members,
    })
}

/// Reads the object as an import would; it is whole unless a rule is broken.
fn read<R: Resource>(older: &Older<'_>) -> Result<(Option<R>, Vec<Violation>), Problem> {
    let (table, stored) = (R::TABLE, older.stored);
    let mut reading = Reading {
        importing: true,
        ..Reading::default()
    };
    hashes(older.members, "", &mut reading.hashes);
    let author = Author::import(older.tenant, None);
    // Its clock stands at the last change, which is when new members were last written.
    apart(stored.updated, |tx| {
        // It keeps its time of creation and its token.
        let there = Row {
            body: stored.body.clone(),
            privileged: stored.privileged.clone(),
            ..kept(older)
        };
        tx.upsert(table, &there)?;
        let work = &mut UnitOfWork::new(tx, &author, &(), Switches::BASE);
        let draft = Draft::<R::Create>::read(sent(table, older), "", table, &mut reading);
        let made = match draft {
            Some(draft) => {
                let parent = stored.parent.as_deref();
                Some(make::<R>(work, draft, parent, &mut reading)?.0)
            }
            None => None,
        };
        let (found, _) = reading.verdict().into_parts();
        Ok((made.filter(|_| found.is_empty()), found))
    })
}

/// The members of an object as an import sends them: also those that the server manages and that
/// are new.
fn sent(table: &Table, older: &Older<'_>) -> Value {
    let mut members = older.members.clone();
    let (Value::Object(map), stored) = (&mut members, older.stored) else {
        return members;
    };
    for one in table.managed {
        let value = match one.by {
            ManagedBy::Created => Form::MillisZ.print(stored.created).into(),
            ManagedBy::Updated => Form::MillisZ.print(stored.updated).into(),
            ManagedBy::Id
            | ManagedBy::CreatedInZone { .. }
            | ManagedBy::Derived
            | ManagedBy::Deployment
            | ManagedBy::Immutable
            | ManagedBy::Create => continue,
        };
        map.entry(one.member).or_insert(value);
    }
    members
}

/// What does not depend on the members of an object.
fn kept(older: &Older<'_>) -> Row {
    let stored = older.stored;
    Row {
        tenant: older.tenant.to_owned(),
        id: stored.id.clone(),
        parent: stored.parent.clone(),
        version: stored.version,
        created: stored.created,
        updated: stored.updated,
        body: String::new(),
        privileged: None,
        secrets: None,
        cells: Vec::new(),
    }
}

/// The outermost member of a violation.
fn outermost(one: &Violation) -> &str {
    let (At::Pointer(place) | At::Parameter(place) | At::Header(place)) = &one.at;
    place.split('/').nth(1).unwrap_or_default()
}
