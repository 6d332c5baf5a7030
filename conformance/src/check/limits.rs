//! Bounds of `limit` and `offset`.

use fieldproof_spec::model::{PageStyle, Resource};
use serde_json::{Map, Value};

use super::{Check, Duty, pages};
use crate::lab::{Ask, Lab, Stop};

pub(super) static CHECK: Check = Check {
    name: "limits",
    about: "`limit` takes 1 to the documented maximum and has its documented default; anything else, and an offset \
            that is not a plain number, is refused with 400.",
    oblige: |api| {
        let mut duties = pages::oblige(api);
        duties.retain(|duty| {
            let list = duty.resource(api).list.as_ref();
            let page = list.and_then(|list| list.page.as_ref());
            page.is_some_and(|(page, _)| page.style == PageStyle::LimitOffset)
        });
        duties
    },
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let resource = duty.resource(lab.api);
    let Some((page, _)) = resource.list.as_ref().and_then(|list| list.page.as_ref()) else {
        return Ok(());
    };
    let above = lab.make_above(resource)?;
    let collection = crate::lab::collection(resource, &above);
    let most = u64::from(page.max);
    for good in [1, most] {
        lab.expect(200, &Ask::get(&format!("{collection}?limit={good}")))?;
    }
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
        &(most + 1).to_string(),
    ] {
        lab.expect(400, &Ask::get(&format!("{collection}?limit={bad}")))?;
    }
    for bad in ["-1", "1e9", "x", "", "1.5"] {
        lab.expect(400, &Ask::get(&format!("{collection}?offset={bad}")))?;
    }
    let Some(default) = page.default else {
        return uncut(lab, resource);
    };
    if default > 200 {
        return Ok(());
    }
    let count = || -> Result<(usize, usize), Stop> {
        let exchange = lab.expect(200, &Ask::get(&collection))?;
        let total = exchange
            .header("x-total-count")
            .and_then(|count| count.parse().ok())
            .unwrap_or_default();
        Ok((exchange.json().as_array().map_or(0, Vec::len), total))
    };
    let (_, total) = count()?;
    for _ in total..=default as usize {
        lab.make_below(resource, &above, lab.small_body(resource, &Map::new()))?;
    }
    let (shown, _) = count()?;
    lab.ensure(shown == default as usize, || {
        format!("a page without `limit` has {default} objects, got {shown}")
    })
}

/// Without a documented default everything is shown at once.
fn uncut(lab: &Lab<'_>, resource: &Resource) -> Result<(), Stop> {
    let relation = resource.parent.as_ref();
    let above = relation.and_then(|one| lab.api.resource(&one.resource));
    let embed = relation.and_then(|one| one.embed.as_ref());
    let (Some(parent), Some(embed)) = (above, embed) else {
        return Ok(());
    };
    // More than any page that servers commonly cut.
    let most = parent.field(embed).and_then(|field| field.max_items);
    let count = most.map_or(101, |most| most as usize).min(101);
    let children = (0..count).map(|_| Value::Object(lab.small_body(resource, &Map::new())));
    let with = [(embed.clone(), children.collect())].into_iter().collect();
    let made = lab.make_with(parent, &with)?;
    let target = crate::lab::collection(resource, &made.ids);
    let shown = lab.expect(200, &Ask::get(&target))?.json();
    let shown = shown.as_array().map_or(0, Vec::len);
    lab.ensure(shown == count, || {
        format!("a list without `limit` has all {count} objects, got {shown}")
    })
}
