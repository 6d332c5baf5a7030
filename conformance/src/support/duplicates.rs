//! Objects with conflicting values.

use crate::harness::{CheckError, Harness};
use crate::kind::deciding_first;
use crate::model::below;
use fieldproof_spec::model::{Refusal, Resource, Unique};
use serde_json::{Map, Value};

/// Whether any request can violate a rule between members.
pub(crate) fn is_written(resource: &Resource) -> bool {
    resource.create.is_some() || resource.update.is_some()
}

/// A value for each member of a combination; `null` would equal nothing.
pub(crate) fn combined(
    harness: &Harness<'_>,
    resource: &Resource,
    unique: &Unique,
) -> Map<String, Value> {
    let mut with = Map::new();
    let members = unique.fields.iter().filter_map(|name| resource.field(name));
    for field in deciding_first(members) {
        with.insert(field.name.clone(), harness.value(resource, field, &with));
    }
    with
}

/// Checks that one body of the parent may not contain the values twice.
pub(crate) fn duplicates(
    harness: &Harness<'_>,
    resource: &Resource,
    pair: [&Value; 2],
    members: &[String],
) -> Result<(), CheckError> {
    let Some(relation) = &resource.parent else {
        return Ok(());
    };
    let (Some(embed), Some(above)) = (&relation.embed, harness.api.resource(&relation.resource))
    else {
        return Ok(());
    };
    if above.create.is_none() || crate::model::room(harness.api, resource) < pair.len() {
        return Ok(());
    }
    let grand = harness.make_above(above)?;
    let mut body = harness.small_body(above, &Map::new());
    body.insert(
        embed.clone(),
        Value::Array(pair.into_iter().cloned().collect()),
    );
    let collection = crate::harness::collection(above, &grand);
    let exchange = harness.send(
        &harness
            .create(above, &collection)
            .json(&Value::Object(body)),
    )?;
    // No other object conflicts, so even 409 would be wrong.
    let due = harness.api.dialect.status(Refusal::Validation).said();
    let found = exchange.status;
    harness.ensure(
        due.is_none_or(|status| *status == found) && found >= 400,
        || format!("twins in one body are refused, got {found}"),
    )?;
    let Some(all) = harness.violations(&exchange) else {
        return Ok(());
    };
    let places = harness.places();
    for at in 0..2 {
        let begins = format!("{}/{at}/", below("", embed));
        let place = |name: &String| places.of(&format!("{begins}{name}"));
        let named = all
            .iter()
            .any(|one| members.iter().any(|name| one.place == place(name)));
        harness.ensure(named, || {
            let found = harness.violation_text(&exchange);
            format!("what is there twice is named at {begins}…, got {found}")
        })?;
    }
    Ok(())
}
