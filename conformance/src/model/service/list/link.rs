//! Links from a page to other pages (RFC 8288).

use fieldproof_spec::model::{Page, PageStyle, Resource};

use super::asked::Asked;
use crate::model::semantics::Turn;
use crate::model::service::paths::fill;
use crate::model::service::{Record, Service};

/// The part of a list that a page shows.
pub(super) struct Shown<'r> {
    pub(super) turn: Turn,
    /// The number of objects from where the client continues.
    pub(super) rest: usize,
    /// The total number of objects.
    pub(super) total: usize,
    /// The number of objects on the page, and the last of them.
    pub(super) count: usize,
    pub(super) last: Option<&'r Record>,
    /// Its number and size, for numbered pages.
    pub(super) page: Option<(usize, usize)>,
}

impl Service {
    /// The links of a page; they repeat all other parameters of the request.
    pub(super) fn links(
        &self,
        resource: &Resource,
        ids: &[String],
        asked: &Asked,
        shown: &Shown<'_>,
    ) -> Option<String> {
        let path = format!("{}{}", self.api.base, fill(&resource.path, ids));
        let others = &asked.others;
        let list = resource.list.as_ref();
        let style = list.and_then(|list| list.page.as_ref());
        let (by, last) = match style.map(|(page, _)| page) {
            Some(style) if style.style != PageStyle::LimitOffset => next(style, shown),
            _ => (None, None),
        };
        let more = shown.turn.offset + shown.count < shown.rest && shown.count > 0;
        if let (Some(by), Some(last), true) = (&by, last, more) {
            return Some(format!("<{path}?{others}{by}={last}>; rel=\"next\""));
        }
        let (Some(limit), None) = (asked.limit, &by) else {
            return None;
        };
        let link = |offset: usize, rel: &str| {
            format!("<{path}?{others}limit={limit}&offset={offset}>; rel=\"{rel}\"")
        };
        let mut links = Vec::new();
        let end = shown.turn.offset + shown.count;
        if end < shown.total && shown.count > 0 {
            links.push(link(end, "next"));
        }
        if shown.turn.offset > 0 {
            links.push(link(self.semantics.back(resource, shown.turn), "prev"));
            links.push(link(0, "first"));
        }
        (!links.is_empty()).then(|| links.join(", "))
    }
}

/// The name and value of the parameter that leads to the next page.
fn next(style: &Page, shown: &Shown<'_>) -> (Option<String>, Option<String>) {
    let last = shown.last;
    let cursor = last.map(|last| format!("{}.{}", last.created, last.id));
    match (style.style, shown.page) {
        (PageStyle::PageNumber, Some((number, size))) => {
            let name = style.size.clone().unwrap_or_default();
            let text = format!("{}&{name}={size}", number + 1);
            (style.by.clone(), Some(text))
        }
        (PageStyle::PageNumber, None) => (style.cursor.clone(), cursor),
        (PageStyle::IdAfter, _) => (style.by.clone(), last.map(|last| last.id.clone())),
        (PageStyle::Cursor | PageStyle::LimitOffset, _) => (style.by.clone(), cursor),
    }
}
