//! Lists that continue where a page ended.

use fieldproof_spec::model::{Page, PageStyle, Resource};

use crate::harness::{CheckError, Fixture, Harness, Request};

/// Judges a list that continues after an identifier: all objects in order, at once or, if
/// the deployment caps lists, page by page along `Link`.
pub(super) fn continued(
    harness: &Harness<'_>,
    resource: &Resource,
    page: &Page,
) -> Result<(), CheckError> {
    let above = harness.make_above(resource)?;
    let made = harness.several(resource, &above, 7)?;
    let collection = &crate::harness::collection(resource, &above);
    let by = page.by.as_deref().unwrap_or_default();
    let continues = page.style == PageStyle::IdAfter;
    let own: Vec<&str> = made.iter().map(Fixture::id).collect();
    let first = own.first().and_then(|id| id.parse::<u64>().ok());
    let before = first.unwrap_or_default().saturating_sub(1);
    let cap = harness.api.switches.list_cap;
    let mut target = Some(match continues {
        true => format!("{collection}?{by}={before}"),
        false => collection.clone(),
    });
    let mut walked = Vec::new();
    while let Some(path) = target {
        let exchange = harness.expect(200, &Request::get(&path))?;
        let page = harness.ids(resource, &exchange)?;
        target = harness.next(&exchange, &path)?;
        let most = cap.map_or(usize::MAX, |cap| cap as usize);
        let fits = page.len() <= most && (target.is_none() || page.len() == most);
        harness.ensure(fits, || {
            format!("a page has at most {most} objects, and a link when it is full")
        })?;
        walked.extend(page);
    }
    let ascending = walked
        .windows(2)
        .all(|pair| pair[0].parse::<u64>().ok() < pair[1].parse::<u64>().ok());
    harness.ensure(ascending || !continues, || {
        format!("the list is in the order of `{}`", resource.id)
    })?;
    walked.retain(|id| own.contains(&id.as_str()));
    harness.ensure(walked == own, || {
        format!("the walk gives {own:?} once and in order, got {walked:?}")
    })
}
