//! Members of which a change may send a part.

/// A member of which a change may send a part.
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
    /// Under a merge patch (RFC 7396): an object that may be `null`, a map or
    /// a template.
    Patch,
    /// Its members have other names in bodies, each with its own. They come
    /// before the object that is merged.
    Names(&'static [(&'static str, &'static str)]),
    /// Always: the row of a table that its key names, which is this member.
    Row(&'static str),
}
