//! Whose database a file is.

use rusqlite::Connection;

/// `PRAGMA application_id` of our databases: `FPDB`.
const APPLICATION: i64 = 0x4650_4442;

/// `PRAGMA user_version`: the tables of the runtime itself, and the columns that every table has.
const LAYOUT: i64 = 2;

/// Tables by which databases are known that were made before they were marked, with the columns
/// that they had from the beginning.
const FIRST: &[(&str, &[&str])] = &[
    ("clock", &["one", "instant", "number", "seed"]),
    ("tokens", &["hash", "id", "created", "tenant", "scopes"]),
];

/// Whether the file is a database of ours; one without any table is nobody's yet.
///
/// # Errors
/// It is somebody else's, or of a later version: what it is, and what to do.
pub(super) fn is_ours(connection: &Connection) -> Result<bool, String> {
    let failed = |why: rusqlite::Error| why.to_string();
    let application = pragma(connection, "application_id").map_err(failed)?;
    let tables = tables(connection).map_err(failed)?;
    match application {
        APPLICATION => {
            let layout = pragma(connection, "user_version").map_err(failed)?;
            match layout > LAYOUT {
                true => Err(format!(
                    "a later version of the server made it (layout {layout}, this one knows \
                     {LAYOUT}); start that version"
                )),
                false => Ok(!tables.is_empty()),
            }
        }
        0 if tables.is_empty() => Ok(false),
        0 if is_first(connection).map_err(failed)? => Ok(true),
        _ => Err(format!(
            "it belongs to another program (application_id {application}, tables: {}); move it \
             away, or name another data folder",
            tables.join(", ")
        )),
    }
}

/// Marks the database as ours, within the transaction that makes its tables. The layout of one
/// that has a layout stays.
pub(super) fn mark(connection: &Connection) -> rusqlite::Result<()> {
    if pragma(connection, "application_id")? != APPLICATION {
        connection.pragma_update(None, "application_id", APPLICATION)?;
    }
    match pragma(connection, "user_version")? {
        0 => raise(connection),
        _ => Ok(()),
    }
}

/// Marks the database as one of this layout, within the transaction that makes it so. Versions
/// that know only earlier layouts refuse it from then on.
pub(super) fn raise(connection: &Connection) -> rusqlite::Result<()> {
    match pragma(connection, "user_version")? {
        LAYOUT => Ok(()),
        _ => connection.pragma_update(None, "user_version", LAYOUT),
    }
}

fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}

fn tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
    let mut query = connection.prepare(sql)?;
    query.query_map([], |row| row.get(0))?.collect()
}

/// Whether a table by which ours are known is there.
fn is_first(connection: &Connection) -> rusqlite::Result<bool> {
    let mut query = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    for (table, columns) in FIRST {
        let found = query.query_map([table], |row| row.get(0))?;
        let found: Vec<String> = found.collect::<Result<_, _>>()?;
        if columns.iter().all(|one| found.iter().any(|own| own == one)) {
            return Ok(true);
        }
    }
    Ok(false)
}
