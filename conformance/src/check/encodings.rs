//! Encodings of query strings.

use fieldproof_spec::model::Type;
use serde_json::Map;

use super::{Check, Duty};
use crate::lab::{Lab, Stop};

pub(super) static CHECK: Check = Check {
    name: "encodings",
    about: "Names are read raw and percent-encoded, a blank in a value as %20 and as +, with one result.",
    oblige: |api| {
        let mut duties = super::duty::each_operation(api, &["list"], &[]);
        duties.retain(|duty| subject(api, duty).is_some());
        duties
    },
    run,
};

/// A filter on a free text that a create writes.
fn subject<'a>(api: &'a fieldproof_spec::model::Api, duty: &Duty) -> Option<(&'a str, &'a str)> {
    let resource = api
        .resource(&duty.resource)
        .filter(|resource| resource.create.is_some())?;
    let filters = resource.list.as_ref()?.filters.iter();
    let mut texts = filters.filter_map(|filter| {
        let field = resource.field(&filter.field)?;
        let free = matches!(field.ty, Type::Text { .. } | Type::ExternalId)
            && field.on_create()
            && !field.list;
        free.then_some((filter.names[0].as_str(), field.name.as_str()))
    });
    texts.next()
}

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let resource = duty.resource(lab.api);
    let Some((name, field)) = subject(lab.api, duty) else {
        return Ok(());
    };
    let above = lab.make_above(resource)?;
    let (word, other) = (lab.word(), lab.word());
    let mut with = Map::new();
    with.insert(field.to_owned(), format!("{word} {other}").into());
    let made = lab.make_below(resource, &above, lab.small_body(resource, &with))?;
    let own = [made.id().to_owned()];
    let encoded = name.replace('[', "%5B").replace(']', "%5D");
    for name in [name, encoded.as_str()] {
        for blank in ["%20", "+"] {
            let found = lab.walk(
                resource,
                &made.collection,
                &format!("{name}={word}{blank}{other}"),
                &own,
            )?;
            lab.ensure(found == own, || {
                format!("`{name}=…{blank}…` finds the object")
            })?;
        }
    }
    Ok(())
}
