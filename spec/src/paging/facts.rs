//! What is known of a style of pages, as data.

/// What a parameter of a page means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageRole {
    /// The most objects on the page: 1 to the maximum of the list.
    Size,
    /// How many objects are left out before the page.
    Offset,
    /// The number of the page, 1 or more.
    Number,
    /// Where the page begins, as a link to the next page has it; nobody else makes such a
    /// value.
    Position,
    /// The identifier behind which the page begins.
    After,
}

/// A key of a row that names a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// `by`
    By,
    /// `size`
    Size,
    /// `cursor`
    Cursor,
}

impl Key {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::By, Self::Size, Self::Cursor];

    /// As it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::By => "by",
            Self::Size => "size",
            Self::Cursor => "cursor",
        }
    }
}

/// Where a parameter has its name from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// The style says it.
    Fixed(&'static str),
    /// A key of the row.
    Key(Key),
    /// A key of the row, which names a filter of the list: the parameter selects, and
    /// pages continue by it.
    Filter(Key),
}

/// A parameter of a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Takes {
    /// Where its name is from.
    pub name: Name,
    /// What it means.
    pub role: PageRole,
    /// Whether a row has to name it.
    pub needed: bool,
}

impl Takes {
    /// A parameter that every list of the style has.
    pub(super) const fn always(name: Name, role: PageRole) -> Self {
        Self {
            name,
            role,
            needed: true,
        }
    }

    /// A parameter that a list has where its row names it.
    pub(super) const fn named(key: Key, role: PageRole) -> Self {
        Self {
            name: Name::Key(key),
            role,
            needed: false,
        }
    }

    /// The key that names it; none if the style does.
    #[must_use]
    pub const fn key(&self) -> Option<Key> {
        match self.name {
            Name::Fixed(_) => None,
            Name::Key(key) | Name::Filter(key) => Some(key),
        }
    }
}

/// The order of a list whose pages could not continue in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageOrder {
    /// By the moment of creation, then by identifier.
    Creation,
    /// By identifier.
    Id,
}

/// What is known of a style.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// Its name in a spec.
    pub name: &'static str,
    /// Its parameters, in the order in which documents and links have them.
    pub takes: &'static [Takes],
    /// The order that it forces on the list, which then has no `sort`.
    pub order: Option<PageOrder>,
    /// What a row lacks that does not name its parameters, and how to name them.
    pub lack: (&'static str, &'static str),
}

impl Facts {
    /// Whether it can have a parameter of this role.
    #[must_use]
    pub fn has(&self, role: PageRole) -> bool {
        self.takes.iter().any(|one| one.role == role)
    }

    /// Whether a key means anything to it.
    #[must_use]
    pub fn reads(&self, key: Key) -> bool {
        self.takes.iter().any(|one| one.key() == Some(key))
    }
}
