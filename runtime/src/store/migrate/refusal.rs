//! What a migration refuses, and what to do about it.

use super::breach::Breach;
use super::history::Later;
use super::port::failed;
use crate::store::Error;

/// A table is noted and not there.
pub(super) fn gone(number: i64, table: &str) -> Error {
    let why = format!(
        "schema {number} has a table `{table}`, which is gone: a later version of the spec \
         renamed it, or it was removed; start the later version, restore a backup, or begin with \
         an empty one by `migrate --accept`"
    );
    Error::new("use the database", why)
}

/// A table would have to be changed, and only new ones may be made.
pub(super) fn other_version(table: &str) -> Error {
    let why = format!(
        "the table `{table}` was made by another version of its spec; start the server, which \
         brings it up to date, or run `migrate` before"
    );
    Error::new("use the database", why)
}

/// A table has a later shape than the program.
pub(super) fn later(table: &str, later: &Later) -> Error {
    let why = format!(
        "schema {} of the table `{table}` was made by a later version of its spec (server {}), \
         and this program has that of schema {}; start the later version, or go back with \
         `migrate --accept`",
        later.number, later.version, later.own
    );
    Error::new("use the database", why)
}

/// The objects of a table have other parents.
pub(super) fn moved(table: &str) -> Error {
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
