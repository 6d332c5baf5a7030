//! Effects of spec changes on clients.

/// A difference between two versions of a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whether a client of the old version may fail with the new one.
    pub breaking: bool,
    /// The keys that lead to it.
    pub path: String,
    /// The difference.
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

    /// Reports a changed value that clients rely on.
    pub(super) fn same<T: PartialEq>(&mut self, path: &str, what: &str, old: &T, new: &T) {
        if old != new {
            self.breaks(path, format!("{what} is another one"));
        }
    }

    /// Reports names: removed ones break clients, new ones do not.
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
