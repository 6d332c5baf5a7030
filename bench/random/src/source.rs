//! The source of all choices, determined only by a seed.

use proptest::prelude::{Rng, RngExt};
use proptest::test_runner::{RngAlgorithm, TestRng};

/// A stream of choices.
pub(crate) struct Source(TestRng);

impl Source {
    /// The choices of spec `number` of a campaign with `seed`.
    pub(crate) fn new(seed: u64, number: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        bytes[8..16].copy_from_slice(&number.to_le_bytes());
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
    }

    /// A number below `bound`, which is not 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0.random_range(0..bound)
    }

    /// A number from `least` to `most`.
    pub(crate) fn within(&mut self, least: i64, most: i64) -> i64 {
        self.0.random_range(least..=most)
    }

    /// Returns true in this percentage of calls.
    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.0.next_u32() % 100 < percent
    }

    /// Picks one element.
    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Picks some elements in their order, at least one if there are any.
    pub(crate) fn some<T: Clone>(&mut self, all: &[T], most: usize) -> Vec<T> {
        let mut kept: Vec<T> = Vec::new();
        for one in all {
            if kept.len() < most && self.chance(40) {
                kept.push(one.clone());
            }
        }
        if kept.is_empty() && !all.is_empty() {
            kept.push(self.pick(all).clone());
        }
        kept
    }
}
