//! Members that no document names.

use crate::problem::NAMED;

/// The unknown members of a body: the first ones by name, the others as a count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

    /// Those that the `first` reading of the same body did not find: what depends on the
    /// stored object is read again when it is known. Both together name no more than one.
    pub(crate) fn since(self, first: &Self) -> Self {
        let more = self.more.saturating_sub(first.more);
        let mut named = self.named;
        named.retain(|pointer| !first.named.contains(pointer));
        let room = NAMED.saturating_sub(first.named.len());
        let beyond = named.len().saturating_sub(room);
        named.truncate(room);
        Self {
            named,
            more: more.max(beyond),
        }
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
        let first = of(&["a", "b"]);
        assert_eq!(of(&["b", "c"]).since(&first), of(&["c"]));
        assert_eq!(first.clone().since(&first), of(&[]));
    }

    #[test]
    fn no_more_than_the_first_ones_are_named() {
        let many: Vec<String> = (0..NAMED + 5).map(|at| format!("m{at}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let first = of(&many);
        assert_eq!(of(&many).since(&first), of(&[]));
        let (named, more) = of(&["x", "y"]).since(&first).into_parts();
        assert_eq!((named.len(), more), (0, 2));
        let (named, more) = first.into_parts();
        assert_eq!((named.len(), more), (NAMED, 5));
    }
}
