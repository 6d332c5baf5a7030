//! Pages that start at an offset.

use fieldproof_spec::model::{Page, Resource};
use fieldproof_spec::paging::PageRole;

use super::counted::counted;
use super::link::{back, selected};
use crate::harness::{CheckError, Harness, Request, asking, part};
use crate::http::encode;

/// Judges pages of any size: each object once and in one order, the count of all, links,
/// and what is beyond the end.
pub(super) fn cut(
    harness: &Harness<'_>,
    resource: &Resource,
    page: &Page,
) -> Result<(), CheckError> {
    let above = harness.make_above(resource)?;
    let made = harness.several(resource, &above, 7)?;
    let count = made.len();
    let collection = &crate::harness::collection(resource, &above);
    let most = (page.max as usize).max(1);
    let total = total(harness, resource, page, collection)?;
    harness.ensure(total >= count, || {
        format!("X-Total-Count counts all objects, got {total}")
    })?;
    let tail = Tail {
        harness,
        resource,
        page,
        collection,
        start: total - count,
        total,
    };
    let whole = tail.whole(most)?;
    for size in [1, 2, 3, 5].into_iter().filter(|size| *size <= most) {
        tail.by_offset(size, &whole)?;
    }
    if harness.has_links() {
        tail.ends(most.min(count))?;
        tail.by_link(most.min(3), &whole)?;
        if most > 1 {
            back(harness, resource, page, collection, tail.start, &whole)?;
        }
        selected(harness, resource, page, &above, collection)?;
    }
    counted(harness, resource, collection, &made)?;
    // How large an offset may be is not documented.
    let far = if harness.is_house() {
        1_000_000_000
    } else {
        total + most
    };
    let offset = encode(page.name(PageRole::Offset).unwrap_or_default());
    let beyond = Request::get(&format!("{collection}?{offset}={far}"));
    let beyond = harness.expect(200, &beyond)?;
    harness.ensure(harness.items(resource, &beyond)?.is_empty(), || {
        "beyond the end is an empty array".to_owned()
    })
}

/// The total that a list reports.
fn total(
    harness: &Harness<'_>,
    resource: &Resource,
    page: &Page,
    collection: &str,
) -> Result<usize, CheckError> {
    if !harness.has_total() {
        return Ok(harness.all(resource, collection, "")?.len());
    }
    let first = Request::get(&asking(collection, &[&part(page, 1, 0, None)]));
    let exchange = harness.expect(200, &first)?;
    let total = exchange.header("x-total-count");
    let total = total.and_then(|count| count.parse().ok());
    total.map_or_else(|| harness.fail("X-Total-Count is a number"), Ok)
}

/// A few objects at the end of a list that others may fill too.
struct Tail<'a, 'b> {
    harness: &'a Harness<'b>,
    resource: &'a Resource,
    page: &'a Page,
    collection: &'a str,
    /// The offset of the first of these objects, and the length of the list.
    start: usize,
    total: usize,
}

impl Tail<'_, '_> {
    /// The request for a page.
    fn ask(&self, offset: usize, limit: usize) -> Request {
        let part = part(self.page, limit, offset, None);
        Request::get(&asking(self.collection, &[&part]))
    }

    fn shown(&self, offset: usize, limit: usize) -> Result<Vec<String>, CheckError> {
        let total = self.total;
        let exchange = self.harness.expect(200, &self.ask(offset, limit))?;
        let count = exchange.header("x-total-count").unwrap_or_default();
        let counts = count == total.to_string() || !self.harness.has_total();
        self.harness.ensure(counts, || {
            format!("X-Total-Count is {total} on every page, got {count}")
        })?;
        self.harness.ids(self.resource, &exchange)
    }

    /// All of these objects, in pages of maximum size.
    fn whole(&self, most: usize) -> Result<Vec<String>, CheckError> {
        let mut whole = Vec::new();
        for offset in (self.start..self.total).step_by(most) {
            let objects = most.min(self.total - offset);
            let part = self.shown(offset, objects)?;
            self.harness.ensure(part.len() == objects, || {
                let found = part.len();
                format!("a page of {objects} has {objects} objects, got {found}")
            })?;
            whole.extend(part);
        }
        Ok(whole)
    }

    /// The last page has no next page, even if it is full.
    fn ends(&self, objects: usize) -> Result<(), CheckError> {
        let last = self.ask(self.total - objects, objects);
        let exchange = self.harness.expect(200, &last)?;
        let next = self.harness.next(&exchange, &last.path)?;
        self.harness.ensure(next.is_none(), || {
            "a full page at the end links to no next".to_owned()
        })
    }

    fn by_offset(&self, size: usize, whole: &[String]) -> Result<(), CheckError> {
        let mut walked = Vec::new();
        for offset in (self.start..self.total).step_by(size) {
            walked.extend(self.shown(offset, size)?);
        }
        self.harness.ensure(walked == whole, || {
            format!("pages of {size} give every object once and in order")
        })
    }

    fn by_link(&self, size: usize, whole: &[String]) -> Result<(), CheckError> {
        let (harness, start) = (self.harness, self.start);
        let mut target = Some(self.ask(start, size).path);
        let mut walked = Vec::new();
        while let Some(path) = target {
            let exchange = harness.expect(200, &Request::get(&path))?;
            walked.extend(harness.ids(self.resource, &exchange)?);
            target = harness.next(&exchange, &path)?;
            let ends = walked.len() <= self.total - start;
            harness.ensure(ends, || "the walk by Link ends".to_owned())?;
        }
        harness.ensure(walked == whole, || {
            "the walk by Link gives every object once and in order".to_owned()
        })
    }
}
