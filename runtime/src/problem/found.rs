//! The violations of a request: the first ones in full, the rest as a count.

use super::Violation;

/// Maximum number of violations reported in full; a response says how many more there are.
pub const NAMED: usize = 100;

/// The violations of a request, in bounded space.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    named: Vec<Violation>,
    more: usize,
}

impl Found {
    /// Records a violation.
    pub fn push(&mut self, violation: Violation) {
        match self.is_full() {
            true => self.more += 1,
            false => self.named.push(violation.shortened()),
        }
    }

    /// Counts `count` violations without recording them.
    pub fn count_more(&mut self, count: usize) {
        self.more += count;
    }

    /// Whether further violations are only counted.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.named.len() >= NAMED
    }

    /// The number of violations, recorded or only counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.named.len() + self.more
    }

    /// Whether there are no violations.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first violation.
    #[must_use]
    pub fn first(&self) -> Option<&Violation> {
        self.named.first()
    }

    /// The recorded violations.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.named.iter()
    }

    /// The recorded violations after the first `before`.
    pub fn since(&mut self, before: usize) -> &mut [Violation] {
        let from = before.min(self.named.len());
        &mut self.named[from..]
    }

    /// Removes and returns the recorded violations after the first `before`.
    pub fn take_since(&mut self, before: usize) -> Vec<Violation> {
        self.named.split_off(before.min(self.named.len()))
    }

    /// The recorded violations, and how many more there are.
    #[must_use]
    pub fn into_parts(self) -> (Vec<Violation>, usize) {
        (self.named, self.more)
    }
}

impl Extend<Violation> for Found {
    fn extend<I: IntoIterator<Item = Violation>>(&mut self, violations: I) {
        violations.into_iter().for_each(|one| self.push(one));
    }
}

impl FromIterator<Violation> for Found {
    fn from_iter<I: IntoIterator<Item = Violation>>(violations: I) -> Self {
        let mut found = Self::default();
        found.extend(violations);
        found
    }
}

impl From<Vec<Violation>> for Found {
    fn from(violations: Vec<Violation>) -> Self {
        violations.into_iter().collect()
    }
}

impl IntoIterator for Found {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.named.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, NAMED};
    use crate::problem::{At, Violation};

    fn one(at: usize) -> Violation {
        Violation {
            at: At::Pointer(format!("/{at}")),
            code: "type",
            detail: String::new(),
        }
    }

    #[test]
    fn all_are_counted_and_the_first_are_named() {
        let mut found: Found = (0..NAMED).map(one).collect();
        assert!(found.is_full() && found.len() == NAMED);
        found.extend((NAMED..150).map(one));
        found.count_more(5);
        assert_eq!((found.len(), found.iter().count()), (155, NAMED));
        assert_eq!(found.since(149).len(), 0, "it is only counted");
        assert_eq!(found.take_since(98), [one(98), one(99)]);
        assert_eq!(found.into_parts().1, 55);
    }
}
