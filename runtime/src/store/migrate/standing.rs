//! A table as it stands in the database.

use super::history;
use super::port::Port;
use super::shape::Shape;
use crate::store::Error;
use crate::table::Table;

/// A table as it stands in the database.
#[derive(Debug)]
pub(super) struct Standing {
    /// The name that it had before this migration.
    pub(super) name: &'static str,
    /// Its columns with their types.
    pub(super) columns: Vec<(String, String)>,
    /// Names of its indexes, and the statements that would make them.
    pub(super) indexes: Vec<(String, String)>,
    /// The shape by which it was made, if it was noted.
    pub(super) shape: Option<Shape>,
}

impl Standing {
    /// Looks at a table, which was called `name` before this migration; `None` if there is none.
    pub(super) fn of(
        port: &mut dyn Port,
        table: &Table,
        name: &'static str,
    ) -> Result<Option<Self>, Error> {
        let columns = port.columns(table.name)?;
        if columns.is_empty() {
            return Ok(None);
        }
        let shape = match history::of_table(port, name)?.last() {
            Some(latest) => Shape::read(&latest.shape),
            None => {
                let now = Shape::of(table, port.words());
                let lines = port.lines(name)?;
                lines.map(|text| Shape::of_lines(&text, &now))
            }
        };
        Ok(Some(Self {
            name,
            columns,
            indexes: port.indexes(table.name)?,
            shape,
        }))
    }
}
