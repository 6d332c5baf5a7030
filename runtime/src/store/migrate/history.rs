//! The shapes that tables had, and the numbers of the migrations that made them.

use super::port::Port;
use super::shape::Shape;
use crate::store::{ColumnValue, Error};

/// The version of this library, which is noted with every shape.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A shape that a table had.
pub(super) struct Noted {
    /// The number of the migration that made it.
    pub(super) number: i64,
    /// The shape, as text.
    pub(super) shape: String,
    /// The version that made it.
    version: String,
}

/// A later shape of a table than that of the program.
pub(super) struct Later {
    /// The number of the migration that made it.
    pub(super) number: i64,
    /// The version that did.
    pub(super) version: String,
    /// The number of the migration that made the shape of the program.
    pub(super) own: i64,
}

/// The number of the latest migration; 0 if there was none.
pub(super) fn number(port: &mut dyn Port) -> Result<i64, Error> {
    let rows = port.query(port.notes().number, &[])?;
    let first = rows.into_iter().next();
    Ok(first.map_or(0, |mut row| row.number()))
}

/// All shapes of a table, the latest one last.
pub(super) fn of_table(port: &mut dyn Port, table: &str) -> Result<Vec<Noted>, Error> {
    let table = ColumnValue::Text(table.to_owned());
    let rows = port.query(port.notes().of_table, &[table])?;
    let noted = rows.into_iter().map(|mut row| Noted {
        number: row.number(),
        shape: row.text().unwrap_or_default(),
        version: row.text().unwrap_or_default(),
    });
    Ok(noted.collect())
}

/// The shape that came after that of the program, if the table once had that.
pub(super) fn later(all: Vec<Noted>, shape: &Shape) -> Option<Later> {
    let text = shape.text();
    let own = all.iter().rfind(|one| one.shape == text)?.number;
    let last = all.into_iter().next_back()?;
    (last.number > own).then_some(Later {
        number: last.number,
        version: last.version,
        own,
    })
}
