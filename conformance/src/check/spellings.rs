//! Other spellings of filters.

use serde_json::Map;

use super::duty::filters;
use super::{Check, Duty};
use crate::http::encode;
use crate::lab::{Lab, Stop};

pub(super) static CHECK: Check = Check {
    name: "spellings",
    about: "Every documented spelling of the filter selects the same; two of them with different values select nothing.",
    oblige: |api| {
        filters(api, |resource, filter| {
            resource.create.is_some() && filter.names.len() > 1
        })
    },
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, filter) = (duty.resource(lab.api), duty.filter(lab.api));
    let above = lab.make_above(resource)?;
    let word = lab.word();
    let body = |text: &str| {
        let mut with = Map::new();
        with.insert(filter.field.clone(), text.into());
        lab.small_body(resource, &with)
    };
    let made = lab.make_below(resource, &above, body(&word))?;
    let other = lab.make_below(resource, &above, body(&format!("{word}x")))?;
    let own = [made.id().to_owned(), other.id().to_owned()];
    for name in &filter.names {
        let query = format!("{}={word}", encode(name));
        let found = lab.walk(resource, &made.collection, &query, &own)?;
        lab.ensure(found == own[..1], || {
            format!("`{name}` selects as `{}` does", filter.names[0])
        })?;
    }
    let both = format!(
        "{}={word}&{}={word}x",
        encode(&filter.names[0]),
        encode(&filter.names[1])
    );
    let found = lab.walk(resource, &made.collection, &both, &own)?;
    lab.ensure(found.is_empty(), || {
        "both spellings have to hold".to_owned()
    })?;
    let same = format!(
        "{}={word}&{}={word}",
        encode(&filter.names[0]),
        encode(&filter.names[1])
    );
    let found = lab.walk(resource, &made.collection, &same, &own)?;
    lab.ensure(found == own[..1], || {
        "both spellings may hold together".to_owned()
    })
}
