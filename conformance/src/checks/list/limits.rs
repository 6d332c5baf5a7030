//! Bounds of `limit` and `offset`.

use fieldproof_spec::model::{Api, Page, Refusal, Resource};
use fieldproof_spec::paging::PageRole;
use serde_json::{Map, Value};

use super::pages;
use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::http::encode;
use crate::model::room;
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::Subject;

pub(crate) static CHECK: Check = Check {
    name: "limits",
    about: "`limit` takes 1 to the documented maximum and has its documented default; anything else, and an offset \
            that is not a plain number, is refused with 400.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let mut subjects = pages::oblige(api);
        subjects.retain(|subject| {
            let list = subject.resource(api).list.as_ref();
            let page = list.and_then(|list| list.page.as_ref());
            page.is_some_and(|(page, _)| page.is_cut())
        });
        subjects
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let resource = subject.resource(api);
    let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
    // Whether there can be more objects than fit on a page of default size.
    let sized = match page.and_then(|(page, _)| page.default) {
        Some(default) => default <= 200 && room(api, resource) > default as usize,
        None => room(api, resource) > 50,
    };
    match sized {
        true => subject.resource_mutations(&[Operator::PageUnbounded, Operator::PageDefault]),
        false => subject.resource_mutations(&[Operator::PageUnbounded]),
    }
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let Some((page, _)) = resource.list.as_ref().and_then(|list| list.page.as_ref()) else {
        return Ok(());
    };
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    let most = u64::from(page.max);
    let limit = encode(page.name(PageRole::Size).unwrap_or_default());
    for good in [1, most] {
        harness.expect(200, &Request::get(&format!("{collection}?{limit}={good}")))?;
    }
    if harness.says(Refusal::Query) {
        refused(harness, &collection, page)?;
    } else {
        bounded(harness, resource, &collection, page)?;
    }
    let Some(default) = page.default else {
        return uncut(harness, resource);
    };
    if default > 200 || room(harness.api, resource) <= default as usize {
        return Ok(());
    }
    let count = || -> Result<(usize, usize), CheckError> {
        let exchange = harness.expect(200, &Request::get(&collection))?;
        let total = exchange
            .header("x-total-count")
            .and_then(|count| count.parse().ok())
            .unwrap_or_default();
        Ok((harness.items(resource, &exchange)?.len(), total))
    };
    let (_, told) = count()?;
    let total = match harness.has_total() {
        true => told,
        false => harness.all(resource, &collection, "")?.len(),
    };
    for _ in total..=default as usize {
        harness.make_below(resource, &above, harness.small_body(resource, &Map::new()))?;
    }
    let (shown, _) = count()?;
    harness.ensure(shown == default as usize, || {
        format!("a page without `{limit}` has {default} objects, got {shown}")
    })
}

/// Invalid limits and offsets are refused.
fn refused(harness: &Harness<'_>, collection: &str, page: &Page) -> Result<(), CheckError> {
    let refuse = |role: PageRole, bad: &str| -> Result<(), CheckError> {
        let Some(name) = page.name(role) else {
            return Ok(());
        };
        let request = Request::get(&format!("{collection}?{}={bad}", encode(name)));
        harness.refused_query(&request, &[(name, "not_a_value")])
    };
    for bad in [
        "0",
        "-1",
        "1.0",
        "1e1",
        "x",
        "",
        "+1",
        "%2B1",
        "99999999999999999999",
        &(u64::from(page.max) + 1).to_string(),
    ] {
        refuse(PageRole::Size, bad)?;
    }
    for bad in ["-1", "1e9", "x", "", "1.5"] {
        refuse(PageRole::Offset, bad)?;
    }
    Ok(())
}

/// A limit above the maximum is refused, or no more than the maximum is shown.
fn bounded(
    harness: &Harness<'_>,
    resource: &Resource,
    collection: &str,
    page: &Page,
) -> Result<(), CheckError> {
    let most = page.max as usize;
    let limit = encode(page.name(PageRole::Size).unwrap_or_default());
    let target = format!("{collection}?{limit}={}", most + 1);
    let exchange = harness.send(&Request::get(&target))?;
    if (400..500).contains(&exchange.status) {
        return Ok(());
    }
    let shown = harness.items(resource, &exchange)?.len();
    harness.ensure(shown <= most, || {
        format!("a page has at most {most} objects, got {shown}")
    })
}

/// Without a documented default, all objects are shown at once.
fn uncut(harness: &Harness<'_>, resource: &Resource) -> Result<(), CheckError> {
    // More than common default page sizes.
    let count = room(harness.api, resource).min(101);
    let small = || Value::Object(harness.small_body(resource, &Map::new()));
    let relation = resource.parent.as_ref();
    let above = relation.and_then(|one| harness.api.resource(&one.resource));
    let embed = relation.and_then(|one| one.embed.as_ref());
    let ids = match (above, embed) {
        (Some(parent), Some(embed)) => {
            let children = (0..count).map(|_| small()).collect();
            let with = [(embed.clone(), children)].into_iter().collect();
            harness.make_with(parent, &with)?.ids
        }
        _ => {
            let above = harness.make_above(resource)?;
            for _ in 0..count {
                harness.make_below(resource, &above, harness.small_body(resource, &Map::new()))?;
            }
            above
        }
    };
    // If a deployment caps lists, the check of pages judges this.
    if harness.api.switches.list_cap.is_some() {
        return Ok(());
    }
    let target = crate::harness::collection(resource, &ids);
    let exchange = harness.expect(200, &Request::get(&target))?;
    let shown = harness.items(resource, &exchange)?.len();
    let total = exchange
        .header("x-total-count")
        .and_then(|count| count.parse().ok());
    harness.ensure(
        shown >= count && (Some(shown) == total || !harness.has_total()),
        || {
            format!(
                "a list that is asked for no page has all of at least {count} objects, got {shown}"
            )
        },
    )
}
