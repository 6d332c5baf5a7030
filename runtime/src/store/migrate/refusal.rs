//! What a migration refuses, and what to do about it.

use super::Extent;
use super::breach::Breach;
use super::history::{self, Later};
use super::port::{Port, failed};
use super::shape::Shape;
use super::standing::Standing;
use crate::store::Error;
use crate::table::Table;

/// Refuses to make a table that is noted and not there.
///
/// # Errors
/// It is, and `extent` does not accept that.
pub(super) fn of_new(port: &mut dyn Port, table: &Table, extent: Extent) -> Result<(), Error> {
    let noted = history::of_table(port, table.name)?;
    match (noted.last(), extent) {
        (None, _) | (_, Extent::Accept) => Ok(()),
        (Some(noted), _) => Err(gone(noted.number, table.name)),
    }
}

/// Refuses a change of a table that a migration may not make.
///
/// # Errors
/// It goes further than `extent`, or nobody knows how to make it.
pub(super) fn of_change(
    port: &mut dyn Port,
    table: &Table,
    standing: &Standing,
    extent: Extent,
) -> Result<(), Error> {
    let now = Shape::of(table, port.words());
    if extent == Extent::NewTables {
        return Err(other_version(table.name));
    }
    let noted = history::of_table(port, table.name)?;
    if let (Some(found), false) = (history::later(noted, &now), extent == Extent::Accept) {
        return Err(later(table.name, &found));
    }
    let was = table.parent.as_ref().and_then(|one| one.table.was);
    let other = |before: &&Shape| {
        let renamed = was.is_some() && before.parent.as_deref() == was;
        before.parent != now.parent && !renamed
    };
    match standing.shape.as_ref().filter(other) {
        Some(_) => Err(moved(table.name)),
        None => Ok(()),
    }
}

/// A table is noted and not there.
fn gone(number: i64, table: &str) -> Error {
    let why = format!(
        "schema {number} has a table `{table}`, which is gone: a later version of the spec \
         renamed it, or it was removed; start the later version, restore a backup, or begin with \
         an empty one by `migrate --accept`"
    );
    Error::new("use the database", why)
}

/// A table would have to be changed, and only new ones may be made.
fn other_version(table: &str) -> Error {
    let why = format!(
        "the table `{table}` was made by another version of its spec; start the server, which \
         brings it up to date, or run `migrate` before"
    );
    Error::new("use the database", why)
}

/// A table has a later shape than the program.
fn later(table: &str, later: &Later) -> Error {
    let why = format!(
        "schema {} of the table `{table}` was made by a later version of its spec (server {}), \
         and this program has that of schema {}; start the later version, or go back with \
         `migrate --accept`",
        later.number, later.version, later.own
    );
    Error::new("use the database", why)
}

/// The objects of a table have other parents.
fn moved(table: &str) -> Error {
    failed(format!(
        "objects of `{table}` are below others than before, and no one knows which; start the \
         version that made them and move them with an export and `import`"
    ))
}

/// Stored objects break rules, and nobody accepted it.
pub(super) fn breaches(breaches: &[Breach]) -> Error {
    let lines: Vec<String> = breaches.iter().map(|one| format!("  {one}")).collect();
    failed(format!(
        "stored objects break rules that are new, and nothing was changed:\n{}\nchange them with \
         the version of the server that stored them, or run `migrate --accept`: they stay as they \
         are then, and the next update of each has to make it legal",
        lines.join("\n")
    ))
}
