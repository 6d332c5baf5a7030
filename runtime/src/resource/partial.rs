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
    /// Renames members that bodies spell differently: pairs of that spelling and the member's
    /// own name. The entry precedes that of the object that is merged.
    Names(&'static [(&'static str, &'static str)]),
    /// Always: a row sent without its key gets the stored one; this is the name of the key member.
    Row(&'static str),
}
