//! What every way of cutting a list into pages says.

use std::fmt::Debug;

use super::Position;
use crate::table::OrderBy;

/// A way of cutting a list into pages: its parameters, what they ask for, and how
/// the other pages are linked (RFC 8288).
pub trait Style: Debug + Sync {
    /// The parameters that turn pages: links to other pages replace them.
    fn parameters(&self) -> Vec<&'static str>;

    /// The order that the list has to have.
    fn order(&self) -> Option<OrderBy> {
        None
    }

    /// The parameter that continues a list, `sorted` in another order than that
    /// of creation, behind an object.
    fn continues(&self, _sorted: bool) -> Option<&'static str> {
        None
    }

    /// Most objects when the client asks for no page; `cap` is the most that the
    /// deployment shows at once.
    fn limit(&self, cap: Option<u32>, _sorted: bool) -> Option<u32> {
        cap
    }

    /// Takes one of its parameters; none when it is not one, or a filter too.
    ///
    /// # Errors
    /// What is legal.
    fn take(&self, name: &str, value: &str, turn: &mut Turn) -> Option<Result<(), String>>;

    /// The other pages that are linked beside the one shown.
    fn links(&self, shown: &Shown<'_>, sorted: bool) -> Vec<Link>;
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turn {
    /// Most objects; `None` is all.
    pub limit: Option<u32>,
    /// Objects left out at the front.
    pub offset: u64,
    /// Only objects behind this place.
    pub after: Option<Position>,
    /// Number and size of the page, when the client asks for one.
    pub page: Option<(u64, u32)>,
    /// Whether the client asks for a page at all.
    pub paged: bool,
}

/// What of a list is shown.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// What was asked for.
    pub turn: &'a Turn,
    /// Objects on the page.
    pub count: u64,
    /// Objects behind the place that was asked for.
    pub rest: u64,
    /// Objects on all pages.
    pub total: u64,
    /// The last object of the page.
    pub last: Option<&'a Position>,
}

impl Shown<'_> {
    /// Whether there are objects behind the page.
    #[must_use]
    pub fn has_more(&self) -> bool {
        self.count > 0 && self.turn.offset.saturating_add(self.count) < self.rest
    }

    /// The number of the page among those of its size, also of one that nobody
    /// asked for.
    #[must_use]
    pub fn number(&self) -> u64 {
        let before = self.total.saturating_sub(self.rest);
        before.saturating_add(self.turn.offset) / self.size() + 1
    }

    /// The number of pages of its size.
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
    /// How it stands to the page shown: `next`, `prev` or `first`.
    pub rel: &'static str,
    /// The parameters that turn to it.
    pub query: String,
}

impl Link {
    /// A link to the next page.
    pub(super) fn next(query: String) -> Self {
        Self { rel: "next", query }
    }
}
