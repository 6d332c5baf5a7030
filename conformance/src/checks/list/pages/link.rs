//! Links from a page to others, and what they keep of the query.

use fieldproof_spec::model::{Page, Resource};

use crate::harness::{CheckError, Harness, Request, asking, part};
use crate::http::encode;
use crate::kind::{Json, kind};

/// Judges that `prev` leads to the previous page and `first` to the first one.
pub(super) fn back(
    harness: &Harness<'_>,
    resource: &Resource,
    page: &Page,
    collection: &str,
    start: usize,
    whole: &[String],
) -> Result<(), CheckError> {
    let at = |offset: usize| asking(collection, &[&part(page, 2, offset, None)]);
    let shown = |target: &str| -> Result<Vec<String>, CheckError> {
        harness.ids(resource, &harness.expect(200, &Request::get(target))?)
    };
    let exchange = harness.expect(200, &Request::get(&at(start + 2)))?;
    let link = |relation: &str| harness.linked(&exchange, relation);
    if whole.len() < 4 {
        return Ok(());
    }
    if let Some(prev) = link("prev")? {
        harness.ensure(shown(&prev)? == whole[..2], || {
            format!("`prev` leads to the page before, got `{prev}`")
        })?;
    }
    if let Some(first) = link("first")? {
        let expected = shown(&at(0))?;
        harness.ensure(shown(&first)? == expected, || {
            format!("`first` leads to the first page, got `{first}`")
        })?;
    }
    Ok(())
}

/// Judges that following `Link` keeps the filter.
pub(super) fn selected(
    harness: &Harness<'_>,
    resource: &Resource,
    page: &Page,
    above: &[String],
    collection: &str,
) -> Result<(), CheckError> {
    let Some((name, field)) = flag(resource).filter(|_| resource.create.is_some()) else {
        return Ok(());
    };
    let mut own = Vec::new();
    for value in [true, true, false, true] {
        let with = [(field.to_owned(), value.into())].into_iter().collect();
        let body = harness.small_body(resource, &with);
        own.push(harness.make_below(resource, above, body)?.id().to_owned());
    }
    let most = (page.max as usize).max(1);
    let query = format!("{}=1", encode(name));
    let (expected, total) =
        harness.pages(resource, collection, &query, &own, Some(most.min(100)))?;
    let size = (total / 4).clamp(1, most);
    let mut target = Some(asking(collection, &[&query, &part(page, size, 0, None)]));
    let mut walked = Vec::new();
    while let Some(path) = target {
        let exchange = harness.expect(200, &Request::get(&path))?;
        walked.extend(harness.ids(resource, &exchange)?);
        target = harness.next(&exchange, &path)?;
        harness.ensure(walked.len() <= total + size, || {
            format!("the walk by Link with `{query}` ends")
        })?;
    }
    walked.retain(|id| own.contains(id));
    harness.ensure(walked == expected, || {
        format!("the walk by Link keeps to `{query}`")
    })
}

/// A Boolean filter with its field, which a create writes.
pub(super) fn flag(resource: &Resource) -> Option<(&str, &str)> {
    let filters = resource.list.as_ref()?.filters.iter();
    let mut flags = filters.filter(|filter| {
        let field = resource.field(&filter.field);
        field.is_some_and(|field| kind(&field.ty).json() == Json::Truth && field.on_create())
    });
    let flag = flags.next()?;
    Some((flag.names[0].as_str(), flag.field.as_str()))
}
