//! Members of which an update may send a part.

/// A member of which an update may send a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partial {
    /// Names that lead to it.
    pub path: &'static [&'static str],
    /// How it is merged.
    pub how: Merging,
}

impl Partial {
    /// The member at the end of `path`.
    #[must_use]
    pub const fn new(path: &'static [&'static str], how: Merging) -> Self {
        Self { path, how }
    }
}

/// How a part of a member is merged with the stored value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merging {
    /// As a merge patch (RFC 7396), for an object that may be `null`, a map or a template.
    Patch,
    /// Renames: pairs of names for members that bodies spell differently. These come before the
    /// object in which they are merged.
    Names(&'static [(&'static str, &'static str)]),
    /// Always, with the row of a table that has the sent key; this names the key member.
    Row(&'static str),
}
