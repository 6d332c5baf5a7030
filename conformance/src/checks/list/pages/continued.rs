//! Lists that continue where a page ended.

use fieldproof_spec::model::{Page, Refusal, Resource};
use fieldproof_spec::paging::{PageRole, Parameter};

use super::counted::counted;
use crate::harness::{CheckError, Fixture, Harness, Request, asking, part};
use crate::http::encode;

/// Judges a list that continues behind an object: all objects in order, at once or page by
/// page along `Link`, where a client asks for pages of a size or the deployment caps lists.
pub(super) fn continued(
    harness: &Harness<'_>,
    resource: &Resource,
    page: &Page,
) -> Result<(), CheckError> {
    let above = harness.make_above(resource)?;
    let made = harness.several(resource, &above, 7)?;
    let collection = &crate::harness::collection(resource, &above);
    let after = page.parameter(PageRole::After);
    let walk = Walk {
        harness,
        resource,
        page,
        collection,
        // Where identifiers are counted, the walk begins before the first of these objects.
        before: after.and_then(|_| before(resource, made.first()?)),
    };
    let sizes: Vec<Option<u32>> = match page.has(PageRole::Size) {
        true => [1, 2, 4].map(|size| Some(size.min(page.max))).to_vec(),
        false => vec![None],
    };
    for size in sizes {
        walk.judge(size, &made)?;
    }
    if let Some(after) = after.filter(|one| !one.is_filter) {
        refuse(harness, resource, &after, collection, &made)?;
    }
    match page.has(PageRole::Size) {
        true => counted(harness, resource, collection, &made),
        false => Ok(()),
    }
}

/// The number before the identifier of an object, if identifiers are numbers and there is one:
/// they begin with 1.
fn before(resource: &Resource, first: &Fixture) -> Option<String> {
    let counted = resource.id_kind.is_ranged();
    let first = first.id().parse::<u64>().ok().filter(|_| counted)?;
    let before = first.checked_sub(1).filter(|before| *before > 0)?;
    Some(before.to_string())
}

/// A walk along a list.
struct Walk<'a, 'b> {
    harness: &'a Harness<'b>,
    resource: &'a Resource,
    page: &'a Page,
    collection: &'a str,
    before: Option<String>,
}

impl Walk<'_, '_> {
    /// The target of the page of `size` objects behind an identifier.
    fn target(&self, size: Option<u32>, last: Option<&str>) -> String {
        let size = size.map_or(0, |size| size as usize);
        asking(self.collection, &[&part(self.page, size, 0, last)])
    }

    /// Walks in pages of a size, or of the number that the deployment allows.
    fn judge(&self, size: Option<u32>, made: &[Fixture]) -> Result<(), CheckError> {
        let (harness, resource) = (self.harness, self.resource);
        let own: Vec<&str> = made.iter().map(Fixture::id).collect();
        let cap = harness.api.switches.list_cap;
        let most = size.or(cap).map_or(usize::MAX, |most| most as usize);
        let mut target = Some(self.target(size, self.before.as_deref()));
        let mut walked: Vec<String> = Vec::new();
        while let Some(path) = target {
            let exchange = harness.expect(200, &Request::get(&path))?;
            let ids = harness.ids(resource, &exchange)?;
            target = harness.next(&exchange, &path)?;
            let count = ids.len();
            let fits = count <= most && (target.is_none() || count == most);
            harness.ensure(fits, || {
                format!("a page has at most {most} objects, and a link when it is full")
            })?;
            let new = !ids.iter().any(|id| walked.contains(id));
            harness.ensure(new, || {
                format!("`{path}` shows only objects that were not shown")
            })?;
            walked.extend(ids);
            let silent = !harness.has_links() && self.page.has(PageRole::After);
            if silent && size.is_some() && count == most {
                target = walked.last().map(|last| self.target(size, Some(last)));
            }
        }
        let rank = |id: &String| resource.id_kind.rank(id);
        let ascending = walked
            .windows(2)
            .all(|pair| rank(&pair[0]) < rank(&pair[1]));
        harness.ensure(ascending || !self.page.is_by_id(), || {
            format!("the list is in the order of `{}`", resource.id)
        })?;
        walked.retain(|id| own.contains(&id.as_str()));
        harness.ensure(walked == own, || {
            format!("the walk gives {own:?} once and in order, got {walked:?}")
        })
    }
}

/// Judges that a text that is no identifier is refused, where that is said.
fn refuse(
    harness: &Harness<'_>,
    resource: &Resource,
    after: &Parameter<'_>,
    collection: &str,
    made: &[Fixture],
) -> Result<(), CheckError> {
    let first = made.first().map(Fixture::id).unwrap_or_default();
    let near = resource.id_kind.near_misses(first);
    let none = near
        .iter()
        .filter(|text| resource.id_kind.read(text).is_none());
    for bad in none.filter(|_| harness.says(Refusal::Query)) {
        let target = format!("{collection}?{}={}", encode(after.name), encode(bad));
        harness.refused_query(&Request::get(&target), &[(after.name, "not_a_value")])?;
    }
    Ok(())
}
