//! What is stored of a table, and what differs from it.

use rusqlite::{Connection, OptionalExtension};

use super::schema::{COMMON, columns};
use crate::store::Error;
use crate::table::Table;

/// The table of the shapes by which tables were made. Columns do not tell how their values are
/// compared, nor how identifiers are.
pub(super) const SHAPES: &str =
    "CREATE TABLE IF NOT EXISTS shapes(name TEXT PRIMARY KEY, shape TEXT NOT NULL) STRICT;";

/// What to do about a table that differs.
const REMEDY: &str = "start the version of the server that made it, or begin with another data \
                      folder and import the objects";

/// Checks that a table is the one in the database, and notes its shape.
///
/// # Errors
/// It differs, or the database cannot be read.
pub(super) fn check_table(connection: &Connection, table: &Table) -> Result<(), Error> {
    let failed = |why| Error::new("read the shape of a table", why);
    let sql = "SELECT name || ' ' || type FROM pragma_table_info(?1)";
    let mut query = connection.prepare(sql).map_err(failed)?;
    let found = query.query_map([table.name], |row| row.get(0));
    let found: Vec<String> = found.and_then(Iterator::collect).map_err(failed)?;
    let kind = |kind: &str| kind.split(' ').next().unwrap_or_default().to_owned();
    let common = COMMON
        .iter()
        .map(|(name, own)| format!("{} {}", name.replace('"', ""), kind(own)));
    let own = columns(table).map(|(name, own)| format!("{name} {own}"));
    refuse(
        table,
        "columns",
        &found,
        &common.chain(own).collect::<Vec<_>>(),
    )?;

    let wanted = shape(table);
    let noted = "SELECT shape FROM shapes WHERE name = ?1";
    let noted = connection.query_row(noted, [table.name], |row| row.get::<_, String>(0));
    if let Some(noted) = noted.optional().map_err(failed)? {
        let noted: Vec<String> = noted.lines().map(str::to_owned).collect();
        return refuse(table, "values", &noted, &wanted);
    }
    let insert = "INSERT INTO shapes VALUES(?1, ?2)";
    let inserted = connection.execute(insert, (table.name, wanted.join("\n")));
    inserted.map(drop).map_err(failed)
}

/// Checks that an index is the one in the database.
///
/// # Errors
/// It differs, or the database cannot be read.
pub(super) fn check_index(connection: &Connection, sql: &str) -> Result<(), Error> {
    let failed = |why| Error::new("read the shape of an index", why);
    let wanted = sql.replace(" IF NOT EXISTS", "");
    let name = wanted.split('"').nth(1).unwrap_or_default();
    let found = "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?1";
    let found: String = connection
        .query_row(found, [name], |row| row.get(0))
        .map_err(failed)?;
    if found == wanted {
        return Ok(());
    }
    let why = format!(
        "the index `{name}` was made by another version: `{found}` instead of `{wanted}`; drop \
         it, and the next start makes it again"
    );
    Err(Error::new("use the database", why))
}

/// What the values of a table mean, a line each.
fn shape(table: &Table) -> Vec<String> {
    let mut lines = vec![format!("identifiers {:?}", table.id_kind)];
    lines.extend(
        table
            .parent
            .as_ref()
            .map(|parent| format!("parent {}", parent.table.name)),
    );
    let columns = table.columns.iter();
    lines.extend(columns.map(|column| format!("{} {:?}", column.name, column.kind)));
    lines
}

/// Refuses two lists that differ, and says where.
fn refuse(table: &Table, what: &str, found: &[String], wanted: &[String]) -> Result<(), Error> {
    if found == wanted {
        return Ok(());
    }
    let only = |these: &[String], those: &[String]| -> String {
        let only = these.iter().filter(|one| !those.contains(one));
        only.map(|one| format!("`{one}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut differs = Vec::new();
    for (says, only) in [("has", only(found, wanted)), ("lacks", only(wanted, found))] {
        if !only.is_empty() {
            differs.push(format!("{says} {only}"));
        }
    }
    if differs.is_empty() {
        differs.push("has them in another order".to_owned());
    }
    let why = format!(
        "the table `{}` was made by another version of its spec; of {what} it {}; {REMEDY}",
        table.name,
        differs.join(" and ")
    );
    Err(Error::new("use the database", why))
}
