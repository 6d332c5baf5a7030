//! Pages with numbers.

use fieldproof_spec::model::{Page, Refusal, Resource};
use fieldproof_spec::paging::PageRole;
use serde_json::{Map, Value};

use super::counted::counted;
use crate::harness::{CheckError, Fixture, Harness, Request};
use crate::http::encode;
use crate::model::room;

/// Judges numbered pages: all objects without parameters, each object on one page with
/// them, and the counts of the envelope.
pub(super) fn numbered(
    harness: &Harness<'_>,
    resource: &Resource,
    page: &Page,
) -> Result<(), CheckError> {
    let made = harness.some(resource, &harness.make_above(resource)?)?;
    let Some(first) = made.first() else {
        return Ok(());
    };
    let collection = &first.collection;
    let (by, size) = (
        page.name(PageRole::Number).unwrap_or_default(),
        page.name(PageRole::Size).unwrap_or_default(),
    );
    let whole = uncut(harness, resource, collection)?;
    harness.ensure(!whole.is_empty(), || {
        "the list shows what is there".to_owned()
    })?;
    let list = resource.list.as_ref();
    let envelope = list.and_then(|list| list.envelope.as_ref());
    let few = whole.len().div_ceil(4);
    let mut sizes = if whole.len() > 20 {
        vec![few]
    } else {
        vec![1, 2, 4]
    };
    sizes.push(whole.len());
    sizes.retain(|objects| *objects <= page.max as usize);
    for objects in sizes {
        let pages = whole.len().div_ceil(objects);
        let mut walked = Vec::new();
        for number in 1..=pages + 1 {
            let target = format!("{collection}?{by}={number}&{size}={objects}");
            let exchange = harness.expect(200, &Request::get(&target))?;
            let json = exchange.json();
            let items = envelope.map_or(&json, |envelope| &json[&envelope.items]);
            let Value::Array(items) = items else {
                return harness.fail("a page has its objects");
            };
            walked.extend(items.iter().cloned());
            for (name, count) in envelope.iter().flat_map(|one| {
                [
                    (&one.total, whole.len()),
                    (&one.pages, pages),
                    (&one.page, number),
                ]
            }) {
                let Some(name) = name else { continue };
                harness.ensure(json[name] == count, || {
                    format!("`{name}` is {count}, got {}", json[name])
                })?;
            }
            let next = harness.next(&exchange, &target)?;
            let linked = next.is_some() == (number < pages) || !harness.has_links();
            harness.ensure(linked, || {
                format!("page {number} of {pages} has a link to the next one or none")
            })?;
        }
        harness.ensure(walked == whole, || {
            format!("pages of {objects} give every object once and in order")
        })?;
    }
    refuse_numbers(harness, page, collection)?;
    counted(harness, resource, collection, &made)?;
    let default = page.default.unwrap_or(page.max) as usize;
    let whole = crowded(harness, resource, first, whole, default)?;
    let alone = harness
        .expect(200, &Request::get(&format!("{collection}?{by}=1")))?
        .json();
    let shown = envelope.map_or(&alone, |envelope| &alone[&envelope.items]);
    let found = shown.as_array().map_or(0, Vec::len);
    harness.ensure(found == whole.len().min(default), || {
        format!("a page without `{size}` has at most {default} objects, got {found}")
    })
}

/// Judges that invalid page numbers and sizes are refused, if unknown parameters are.
fn refuse_numbers(harness: &Harness<'_>, page: &Page, collection: &str) -> Result<(), CheckError> {
    if !harness.says(Refusal::Query) {
        return Ok(());
    }
    let (by, size) = (
        page.name(PageRole::Number).unwrap_or_default(),
        page.name(PageRole::Size).unwrap_or_default(),
    );
    let refuse = |name: &str, value: &str| -> Result<(), CheckError> {
        let request = Request::get(&format!("{collection}?{}={value}", encode(name)));
        harness.refused_query(&request, &[(name, "not_a_value")])
    };
    for bad in ["0", "-1", "x", "", "1.5", "99999999999999999999"] {
        refuse(by, bad)?;
        refuse(size, bad)?;
    }
    refuse(size, &(u64::from(page.max) + 1).to_string())
}

/// Judges a list with more objects than a default page has, if that is a small number.
fn crowded(
    harness: &Harness<'_>,
    resource: &Resource,
    first: &Fixture,
    whole: Vec<Value>,
    default: usize,
) -> Result<Vec<Value>, CheckError> {
    let enough = default < 60 && room(harness.api, resource) > default;
    if !enough || resource.create.is_none() || whole.len() > default {
        return Ok(whole);
    }
    let above = &first.ids[..first.ids.len() - 1];
    for _ in whole.len()..=default {
        let small = harness.small_body(resource, &Map::new());
        harness.make_below(resource, above, small)?;
    }
    harness.all(resource, &first.collection, "")
}

/// All objects of a list without paging parameters: at once or, if the deployment caps
/// lists, page by page along `Link`.
fn uncut(
    harness: &Harness<'_>,
    resource: &Resource,
    collection: &str,
) -> Result<Vec<Value>, CheckError> {
    let first = harness.expect(200, &Request::get(collection))?;
    let shown = harness.items(resource, &first)?.len();
    let whole = harness.whole(resource, collection, "")?;
    let cap = harness
        .api
        .switches
        .list_cap
        .map_or(usize::MAX, |cap| cap as usize);
    let fits = match whole.len() > cap {
        true => (1..=cap).contains(&shown),
        false => shown == whole.len(),
    };
    harness.ensure(fits, || {
        format!(
            "a list that is not cut into pages shows all of {} objects, got {shown}",
            whole.len()
        )
    })?;
    Ok(whole)
}
