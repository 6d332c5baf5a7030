//! The interface of paging styles.

use std::fmt::Debug;

use super::Position;
use crate::table::OrderBy;

/// A paging style: its parameters, what they select, and the links to other pages (RFC 8288).
pub trait Style: Debug + Sync {
    /// The parameters that select a page; links to other pages replace them.
    fn parameters(&self) -> Vec<&'static str>;

    /// The order that the style requires, if any.
    fn order(&self) -> Option<OrderBy> {
        None
    }

    /// The parameter that continues a list after its last object; `sorted` lists may have
    /// another order than that of creation.
    fn continues(&self, _sorted: bool) -> Option<&'static str> {
        None
    }

    /// Maximum number of objects when the client asks for no page; `cap` is the limit that the
    /// deployment sets.
    fn limit(&self, cap: Option<u32>, _sorted: bool) -> Option<u32> {
        cap
    }

    /// Applies one parameter to `turn`; `None` if it is not one of this style or is also a
    /// filter.
    ///
    /// # Errors
    /// A description of legal values.
    fn take(&self, name: &str, value: &str, turn: &mut Turn) -> Option<Result<(), String>>;

    /// Links to other pages from the one shown.
    fn links(&self, shown: &Shown<'_>, sorted: bool) -> Vec<Link>;
}

/// The part of a list that the client asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turn {
    /// Maximum number of objects; `None` is all.
    pub limit: Option<u32>,
    /// Number of objects to skip.
    pub offset: u64,
    /// Select only objects after this position.
    pub after: Option<Position>,
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

/// A link to another page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its relation to this page: `next`, `prev` or `first`.
    pub rel: &'static str,
    /// The query parameters that select it.
    pub query: String,
}

impl Link {
    /// A link to the next page.
    pub(super) fn next(query: String) -> Self {
        Self { rel: "next", query }
    }
}
