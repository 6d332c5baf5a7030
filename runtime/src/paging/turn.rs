//! The part of a list that is asked for, and the part that is shown.

use super::{Behind, Position};

/// The part of a list that the client asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turn {
    /// Maximum number of objects; `None` is all.
    pub limit: Option<u32>,
    /// Number of objects to skip.
    pub offset: u64,
    /// Select only objects behind this one.
    pub after: Option<Behind>,
    /// Number and size of the page, when the client asks for one.
    pub page: Option<(u64, u32)>,
    /// Whether the client asks for a page, numbered or not.
    pub paged: bool,
}

/// The part of a list that is shown.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The part that was asked for.
    pub turn: &'a Turn,
    /// Objects on the page.
    pub count: u64,
    /// Objects after the position that was asked for.
    pub rest: u64,
    /// Objects on all pages.
    pub total: u64,
    /// The last object of the page.
    pub last: Option<&'a Position>,
}

impl Shown<'_> {
    /// Whether there are objects after this page.
    #[must_use]
    pub fn has_more(&self) -> bool {
        self.count > 0 && self.turn.offset.saturating_add(self.count) < self.rest
    }

    /// The number of this page among pages of its size, even if the client asked for none.
    #[must_use]
    pub fn number(&self) -> u64 {
        let before = self.total.saturating_sub(self.rest);
        before.saturating_add(self.turn.offset) / self.size() + 1
    }

    /// The number of pages of this page's size.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(self.size())
    }

    fn size(&self) -> u64 {
        self.turn.limit.map_or(u64::MAX, u64::from).max(1)
    }
}
