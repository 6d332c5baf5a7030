//! Instants and numbers from a row for each tenant.
//!
//! The row is locked for as long as a transaction of its tenant lasts, so that these follow each
//! other, from whichever process they come, and what one of them takes from the clock is greater
//! than what the others took before. Numbers are also unique among all tenants, because some
//! tables hold rows of all of them: a tenant takes them in blocks from one row that all share,
//! which is locked once for many writes.

use crate::store::ColumnValue;
use crate::value::Instant;

use super::settings::SCHEMA;
use super::statement::{Statement, values};
use crate::table::GLOBAL;

/// How many numbers a tenant takes at a time.
const BLOCK: u64 = 1_024;

/// Locks the row of a tenant. Its `schema` is that of the last migration that changed tables: it
/// stands in this row, because a read of another one could be older than the lock.
pub(super) const LOCK: &str =
    "SELECT instant, number, bound, schema FROM clocks WHERE tenant = $1 FOR UPDATE";

/// Makes the row of a new tenant, while no migration is under way.
const MAKE: &str = "INSERT INTO clocks(tenant, instant, number, bound, schema) \
     SELECT $1, 0, 0, 0, CAST(value AS BIGINT) FROM settings WHERE tenant = $2 AND name = $3 \
     FOR SHARE ON CONFLICT DO NOTHING";

/// The statement that makes the row of a new tenant.
pub(super) fn make(tenant: &str) -> Statement {
    Statement::new(MAKE, values([&tenant, &GLOBAL, &SCHEMA]))
}

/// Writes the row that is locked.
pub(super) const MOVE: &str =
    "UPDATE clocks SET instant = $2, number = $3, bound = $4 WHERE tenant = $1";

/// Takes a block of numbers, greater than a given one.
pub(super) const TAKE: &str = "UPDATE numbers SET next = greatest(next, $2) + $3 WHERE tenant = $1 \
     RETURNING next";

/// The row of a tenant while a transaction holds it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    instant: i64,
    number: u64,
    /// The last number of the block.
    bound: u64,
    /// The last block that stays taken when the write in progress is undone, by its last number.
    lasting: u64,
    moved: bool,
    wall: fn() -> Instant,
}

impl Clock {
    /// The clock of a row of [`LOCK`].
    pub(super) fn read(
        row: &tokio_postgres::Row,
        wall: fn() -> Instant,
    ) -> Result<Self, tokio_postgres::Error> {
        Ok(Self {
            instant: row.try_get(0)?,
            number: row.try_get::<_, i64>(1)?.unsigned_abs(),
            bound: row.try_get::<_, i64>(2)?.unsigned_abs(),
            lasting: 0,
            moved: false,
            wall,
        })
    }

    /// Returns an instant later than every earlier one, even if the wall clock goes back.
    pub(super) fn now(&mut self) -> Instant {
        self.moved = true;
        self.instant = (self.wall)().micros().max(self.instant + 1);
        Instant::from_micros(self.instant)
    }

    /// The next number of the block, if one is left.
    pub(super) fn number(&mut self) -> Option<u64> {
        (self.number < self.bound).then(|| {
            self.moved = true;
            self.number += 1;
            self.number
        })
    }

    /// Makes later numbers of the block greater than `number`; whether the block has any.
    pub(super) fn advance_past(&mut self, number: u64) -> bool {
        if number > self.number && number < self.bound {
            self.moved = true;
            self.number = number;
        }
        number <= self.number
    }

    /// The statement that takes a block of numbers greater than `number`.
    pub(super) fn take(number: u64) -> Statement {
        let (number, block) = (number.cast_signed(), BLOCK.cast_signed());
        Statement::new(TAKE, values([&"", &number, &block]))
    }

    /// Begins the block that ends at `bound`, and that is taken even if the write in progress is
    /// undone if it `lasts`.
    pub(super) fn begin(&mut self, bound: u64, lasts: bool) {
        self.moved = true;
        if lasts {
            self.lasting = bound;
        }
        self.bound = bound;
        self.number = bound - BLOCK;
    }

    /// The clock after a write was undone before which it was `before`.
    pub(super) fn undone(self, before: Self) -> Self {
        let mut clock = before;
        if self.lasting > before.bound {
            clock.begin(self.lasting, true);
        }
        clock
    }

    /// The statement that writes it, if it moved.
    pub(super) fn statement(&self, tenant: &str) -> Option<Statement> {
        let numbers = [self.number, self.bound].map(|one| ColumnValue::Number(one.cast_signed()));
        let mut values = values([&tenant, &self.instant]);
        values.extend(numbers);
        self.moved.then(|| Statement::new(MOVE, values))
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Clock};
    use crate::value::Instant;

    #[test]
    fn numbers_stay_within_a_block_and_grow() {
        let mut clock = Clock {
            instant: 7,
            number: 0,
            bound: 0,
            lasting: 0,
            moved: false,
            wall: || Instant::from_micros(5),
        };
        assert_eq!(clock.number(), None);
        let before = clock;
        clock.begin(3 * BLOCK, true);
        assert_eq!(clock.number(), Some(2 * BLOCK + 1));
        assert!(clock.advance_past(2));
        assert!(clock.advance_past(3 * BLOCK - 1));
        assert_eq!(clock.number(), Some(3 * BLOCK));
        assert_eq!(clock.number(), None);
        assert_eq!(clock.undone(before).number(), Some(2 * BLOCK + 1));
        let mut other = before;
        other.begin(3 * BLOCK, false);
        assert_eq!(other.undone(before).number(), None, "it is taken by nobody");
        assert!(!clock.advance_past(3 * BLOCK + 1));
        assert_eq!([clock.now(), clock.now()].map(|now| now.micros()), [8, 9]);
    }
}
