//! The shapes that tables had, and the numbers of the migrations that made them.

use rusqlite::{Connection, OptionalExtension};

use super::shape::Shape;

/// The version of this library, which is noted with every shape.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The shapes in a database.
pub(super) struct History<'a>(pub(super) &'a Connection);

/// A later shape of a table than that of the program.
pub(super) struct Later {
    /// The number of the migration that made it.
    pub(super) number: i64,
    /// The version that did.
    pub(super) version: String,
    /// The number of the migration that made the shape of the program.
    pub(super) own: i64,
}

impl History<'_> {
    /// The number of the latest migration; 0 if there was none.
    pub(super) fn number(&self) -> rusqlite::Result<i64> {
        let sql = "SELECT coalesce(max(number), 0) FROM schemas";
        self.0.query_row(sql, [], |row| row.get(0))
    }

    /// The shape of a table, and the number of the migration that made it.
    pub(super) fn latest(&self, table: &str) -> rusqlite::Result<Option<(i64, String)>> {
        let sql = "SELECT number, shape FROM schemas WHERE name = ?1 ORDER BY number DESC LIMIT 1";
        let found = self.0.query_row(sql, [table], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        });
        found.optional()
    }

    /// The shape that came after that of the program, if the table once had that.
    pub(super) fn later(&self, table: &str, shape: &Shape) -> rusqlite::Result<Option<Later>> {
        let sql = "SELECT later.number, later.version, own.number
            FROM schemas own JOIN schemas later USING (name)
            WHERE name = ?1 AND own.shape = ?2 AND later.number > own.number
              AND later.shape <> own.shape AND NOT EXISTS (
                SELECT 1 FROM schemas WHERE name = ?1 AND shape = ?2
                  AND number > later.number)
            ORDER BY later.number DESC LIMIT 1";
        let found = self.0.query_row(sql, (table, shape.text()), |row| {
            Ok(Later {
                number: row.get(0)?,
                version: row.get(1)?,
                own: row.get(2)?,
            })
        });
        found.optional()
    }
}

/// Notes the shape of a table.
pub(super) const NOTE: &str = "INSERT INTO schemas VALUES(?1, ?2, ?3, ?4, ?5)";
