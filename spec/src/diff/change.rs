//! What a change of a spec does to clients.

/// A difference between two versions of a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// A client of the old version may fail with the new one.
    pub breaking: bool,
    /// Keys that lead to it.
    pub path: String,
    /// What is different.
    pub what: String,
}

/// Collects differences.
#[derive(Debug, Default)]
pub(super) struct Changes(pub(super) Vec<Change>);

impl Changes {
    pub(super) fn breaks(&mut self, path: &str, what: impl Into<String>) {
        self.note(true, path, what.into());
    }

    pub(super) fn adds(&mut self, path: &str, what: impl Into<String>) {
        self.note(false, path, what.into());
    }

    pub(super) fn note(&mut self, breaking: bool, path: &str, what: String) {
        let path = path.to_owned();
        self.0.push(Change {
            breaking,
            path,
            what,
        });
    }

    /// Something that clients rely on has another value.
    pub(super) fn same<T: PartialEq>(&mut self, path: &str, what: &str, old: &T, new: &T) {
        if old != new {
            self.breaks(path, format!("{what} is another one"));
        }
    }

    /// Names that are gone break, new ones add.
    pub(super) fn names<'n>(
        &mut self,
        path: &str,
        what: &str,
        old: impl IntoIterator<Item = &'n str>,
        new: impl IntoIterator<Item = &'n str>,
    ) {
        let (old, new): (Vec<&str>, Vec<&str>) =
            (old.into_iter().collect(), new.into_iter().collect());
        for name in old.iter().filter(|name| !new.contains(name)) {
            self.breaks(path, format!("{what} `{name}` is gone"));
        }
        for name in new.iter().filter(|name| !old.contains(name)) {
            self.adds(path, format!("{what} `{name}` is new"));
        }
    }
}
