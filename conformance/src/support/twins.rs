//! Objects that may not stand beside each other.

use crate::kind::deciding_first;
use crate::lab::{Lab, Stop};
use crate::model::below;
use fieldproof_spec::model::{Resource, Unique};
use serde_json::{Map, Value};

/// Whether a request can break a rule between members.
pub(crate) fn is_written(resource: &Resource) -> bool {
    resource.create.is_some() || resource.update.is_some()
}

/// A value for each member of a combination: `null` equals nothing.
pub(crate) fn combined(lab: &Lab<'_>, resource: &Resource, unique: &Unique) -> Map<String, Value> {
    let mut with = Map::new();
    let members = unique.fields.iter().filter_map(|name| resource.field(name));
    for field in deciding_first(members) {
        with.insert(field.name.clone(), lab.value(resource, field, &with));
    }
    with
}

/// Twice in the body of the parent.
pub(crate) fn twins(
    lab: &Lab<'_>,
    resource: &Resource,
    pair: [&Value; 2],
    members: &[String],
) -> Result<(), Stop> {
    let Some(relation) = &resource.parent else {
        return Ok(());
    };
    let (Some(embed), Some(above)) = (&relation.embed, lab.api.resource(&relation.resource)) else {
        return Ok(());
    };
    if above.create.is_none() || crate::model::room(lab.api, resource) < pair.len() {
        return Ok(());
    }
    let grand = lab.make_above(above)?;
    let mut body = lab.small_body(above, &Map::new());
    body.insert(
        embed.clone(),
        Value::Array(pair.into_iter().cloned().collect()),
    );
    let collection = crate::lab::collection(above, &grand);
    let exchange = lab.send(&lab.create(above, &collection).json(&Value::Object(body)))?;
    // No other object is in the way: even 409 is another answer.
    let (found, status) = (exchange.status, lab.api.switches.validation_status);
    lab.ensure(found == status, || {
        format!("twins in one body are refused with {status}, got {found}")
    })?;
    let errors = exchange.json()["errors"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    for at in 0..2 {
        let begins = format!("{}/{at}/", below("", embed));
        let named = errors
            .iter()
            .filter_map(|error| error["pointer"].as_str())
            .any(|pointer| {
                pointer
                    .strip_prefix(&begins)
                    .is_some_and(|member| members.iter().any(|name| name == member))
            });
        lab.ensure(named, || {
            format!(
                "what is there twice is named at {begins}…, got {}",
                Value::Array(errors.clone())
            )
        })?;
    }
    Ok(())
}
