//! Limits the cost of queries.

use std::fmt;

/// Steps in a full budget. A step takes about ten nanoseconds.
const STEPS: u64 = 1_000_000;

/// The number of steps that queries may take together.
#[derive(Debug)]
pub struct Budget(u64);

/// The budget is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent;

impl Budget {
    /// Takes steps from the budget.
    pub(super) fn spend(&mut self, steps: u64) -> Result<(), Spent> {
        self.0 = self.0.checked_sub(steps).ok_or(Spent)?;
        Ok(())
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self(STEPS)
    }
}

impl fmt::Display for Spent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the paths take too long")
    }
}

impl std::error::Error for Spent {}
