//! Members that no document names.

use crate::problem::NAMED;

/// The unknown members of a body: the first ones by name, the others as a count.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Unknown {
    /// JSON Pointers of the first ones.
    named: Vec<String>,
    /// How many there are beyond those.
    more: usize,
}

impl Unknown {
    /// Adds the member at `pointer`.
    pub(super) fn push(&mut self, pointer: impl FnOnce() -> String) {
        match self.named.len() < NAMED {
            true => self.named.push(pointer()),
            false => self.more += 1,
        }
    }

    /// Adds those of a second reading of the same body that the first one did not find: what
    /// depends on the stored object is read again when it is known.
    pub(crate) fn extend(&mut self, second: Self) {
        for pointer in second.named {
            if !self.named.contains(&pointer) {
                self.push(|| pointer);
            }
        }
        self.more = self.more.max(second.more);
    }

    /// The pointers of the first ones, and how many more there are.
    pub(crate) fn into_parts(self) -> (Vec<String>, usize) {
        (self.named, self.more)
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMED, Unknown};

    fn of(names: &[&str]) -> Unknown {
        let mut unknown = Unknown::default();
        for name in names {
            unknown.push(|| format!("/{name}"));
        }
        unknown
    }

    #[test]
    fn a_second_reading_adds_what_the_first_could_not_see() {
        let mut first = of(&["a", "b"]);
        first.extend(of(&["b", "c"]));
        assert_eq!(first, of(&["a", "b", "c"]));
    }

    #[test]
    fn no_more_than_the_first_ones_are_named() {
        let many: Vec<String> = (0..NAMED + 5).map(|at| format!("m{at}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let mut first = of(&many);
        first.extend(of(&many));
        let (named, more) = first.into_parts();
        assert_eq!((named.len(), more), (NAMED, 5));
    }
}
