//! Paths: which object a request addresses, and where an object is found.

use super::Call;
use crate::problem::Problem;
use crate::table::Table;

/// The identifiers in the path of a call on one object of `table`.
///
/// # Errors
/// 404 when one of them is malformed and so cannot exist.
pub(super) fn of_item(table: &'static Table, call: &Call) -> Result<Vec<String>, Problem> {
    read(&table.lineage(), &call.ids)
}

/// The identifiers in the path of a call on the collection of `table`.
///
/// # Errors
/// 404 when one of them is malformed and so cannot exist.
pub(super) fn of_collection(table: &'static Table, call: &Call) -> Result<Vec<String>, Problem> {
    let line = table.lineage();
    read(&line[..line.len() - 1], &call.ids)
}

/// The identifiers of the parents in the path of a call on one object of `table`.
///
/// # Errors
/// 404 when one of them is malformed and so cannot exist.
pub(super) fn above_item(table: &'static Table, call: &Call) -> Result<Vec<String>, Problem> {
    let (line, ids) = (table.lineage(), &call.ids);
    read(&line[..line.len() - 1], &ids[..ids.len().saturating_sub(1)])
}

fn read(line: &[&'static Table], ids: &[String]) -> Result<Vec<String>, Problem> {
    if line.len() != ids.len() {
        return Err(Problem::not_found());
    }
    let read = line
        .iter()
        .zip(ids)
        .map(|(table, id)| table.id_kind.read(id));
    read.collect::<Option<_>>().ok_or_else(Problem::not_found)
}

/// The path of a collection, below the base.
pub(super) fn collection(table: &Table, above: &[String]) -> String {
    let path = object(table, above);
    match table.path.ends_with('/') {
        true => format!("{path}/"),
        false => path,
    }
}

/// The path of an object, below the base.
pub(super) fn object(table: &Table, ids: &[String]) -> String {
    let mut path = String::new();
    let mut ids = ids.iter();
    for segment in table.path.split('/').filter(|segment| !segment.is_empty()) {
        path.push('/');
        match segment.starts_with('{') {
            true => path.push_str(ids.next().map_or("", String::as_str)),
            false => path.push_str(segment),
        }
    }
    for id in ids {
        path.push('/');
        path.push_str(id);
    }
    path
}
