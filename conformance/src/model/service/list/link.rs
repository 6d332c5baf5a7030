//! Links from a page to other pages (RFC 8288).

use fieldproof_spec::model::{Page, Resource};
use fieldproof_spec::paging::PageRole;

use super::asked::Asked;
use crate::model::paging;
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
    /// The number of the page.
    pub(super) number: usize,
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
        let list = resource.list.as_ref()?;
        let (page, _) = list.page.as_ref()?;
        let path = format!("{}{}", self.api.base, fill(&resource.path, ids));
        let target = format!("{path}?{}", asked.others);
        if page.has(PageRole::Offset) {
            return self.beside(resource, page, &target, asked, shown);
        }
        let more = shown.turn.offset + shown.count < shown.rest && shown.count > 0;
        let last = paging::Shown {
            limit: shown.turn.limit,
            number: shown.number,
            last: shown.last.filter(|_| more),
        };
        let next = asked.wanted.next(page, list.sort.is_some(), &last)?;
        Some(format!("<{target}{next}>; rel=\"next\""))
    }

    /// The links of a page that begins at an offset.
    fn beside(
        &self,
        resource: &Resource,
        page: &Page,
        target: &str,
        asked: &Asked,
        shown: &Shown<'_>,
    ) -> Option<String> {
        let limit = asked.wanted.limit?;
        let name = |role| page.name(role).unwrap_or_default();
        let (size, from) = (name(PageRole::Size), name(PageRole::Offset));
        let link = |offset: usize, rel: &str| {
            format!("<{target}{size}={limit}&{from}={offset}>; rel=\"{rel}\"")
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
