//! Instants and numbers from a row that all writers share.

use rusqlite::Connection;

use crate::value::Instant;

/// The clock row while a transaction holds it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    instant: i64,
    number: i64,
    pub(super) seed: u32,
    moved: bool,
    wall: fn() -> Instant,
}

impl Clock {
    pub(super) fn read(connection: &Connection, wall: fn() -> Instant) -> rusqlite::Result<Self> {
        let mut query = connection.prepare_cached("SELECT instant, number, seed FROM clock")?;
        query.query_row([], |row| {
            Ok(Self {
                instant: row.get(0)?,
                number: row.get(1)?,
                seed: row.get(2)?,
                moved: false,
                wall,
            })
        })
    }

    /// Returns an instant later than every earlier one, even if the wall clock goes back.
    pub(super) fn now(&mut self) -> Instant {
        self.moved = true;
        self.instant = (self.wall)().micros().max(self.instant + 1);
        Instant::from_micros(self.instant)
    }

    pub(super) fn number(&mut self) -> u64 {
        self.moved = true;
        self.number += 1;
        self.number.unsigned_abs()
    }

    pub(super) fn advance_past(&mut self, number: u64) {
        self.moved = true;
        self.number = self.number.max(number.cast_signed());
    }

    pub(super) fn write(&self, connection: &Connection) -> rusqlite::Result<()> {
        if self.moved {
            let mut update =
                connection.prepare_cached("UPDATE clock SET instant = ?1, number = ?2")?;
            update.execute((self.instant, self.number))?;
        }
        Ok(())
    }
}
