//! Filters that ask for values of others.

use fieldproof_spec::model::{Api, Derive};
use serde_json::{Map, Value};

use super::selects::encode;
use super::{Check, Duty};
use crate::lab::{Ask, Lab, Role, Stop};
use crate::model::matches;

pub(super) static CHECK: Check = Check {
    name: "apart",
    about: "A filter with a value of another tenant's object, or of another user's, answers the same, byte for byte, as one with a value that \
            nothing has; the total tells nothing either.",
    oblige,
    run,
};

fn oblige(api: &Api) -> Vec<Duty> {
    let mut duties = Vec::new();
    for resource in api.resources.iter().filter(|one| one.parent.is_none()) {
        for filter in resource.list.iter().flat_map(|list| &list.filters) {
            let told = resource.field(&filter.field).is_some_and(|field| {
                use fieldproof_spec::model::Type;
                matches!(
                    field.ty,
                    Type::Text { .. } | Type::ExternalId | Type::Email { .. } | Type::Name
                ) && !field.list
            });
            if told {
                let name = &filter.names[0];
                let plain = name.replace('[', ".").replace(']', "");
                let subject = format!("{}.list.apart.{plain}", resource.name);
                duties.push(Duty::new(
                    subject,
                    &resource.name,
                    name,
                    &[&filter.row, &api.auth],
                ));
            }
        }
    }
    duties
}

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, filter) = (duty.resource(lab.api), duty.filter(lab.api));
    let made = match resource.create {
        None => lab.given(resource)?,
        Some(_) => {
            let mut with = Map::new();
            let parts = match resource.field(&filter.field).map(|field| &field.derive) {
                Some(Some(Derive::Join(parts))) => parts.clone(),
                _ => vec![filter.field.clone()],
            };
            let fields = resource.fields.iter().filter(|field| field.on_create());
            for field in fields.filter(|field| parts.contains(&field.name)) {
                with.insert(field.name.clone(), lab.fresh(&field.ty, &Map::new()));
            }
            vec![lab.make_with(resource, &with)?]
        }
    };
    let shared = crate::fixtures::of(resource, &lab.fixtures.other_user);
    // What the other user sees as well tells him nothing new.
    let alone = |text: &&str| {
        let seen = |other: &&Map<String, Value>| matches(resource, filter, text, other);
        !shared.iter().any(seen)
    };
    let value = made
        .iter()
        .filter_map(|one| one.shown.get(&filter.field).and_then(Value::as_str))
        .filter(|text| !text.is_empty())
        .find(alone);
    let Some(value) = value else {
        return Err(Stop::Inconclusive(
            "no object has a value to ask for".to_owned(),
        ));
    };
    let collection = crate::lab::collection(resource, &[]);
    let ask = |text: &str| {
        let target = format!("{collection}?{}={}", encode(&duty.member), encode(text));
        Ask::get(&target)
    };
    let own = lab.expect(200, &ask(value))?;
    lab.ensure(!lab.items(resource, &own)?.is_empty(), || {
        format!("`{value}` selects the object for its own tenant")
    })?;
    let mut others = vec![Role::OtherTenant];
    others.extend(resource.bound.as_ref().map(|_| Role::OtherUser));
    let told = |exchange: &crate::lab::Exchange| {
        let total = exchange.header("x-total-count").map(str::to_owned);
        let link = exchange.header("link").map(str::to_owned);
        (exchange.reply.clone(), total, link)
    };
    for role in others {
        let foreign = lab.expect(200, &ask(value).by(role))?;
        let nothing = lab.expect(200, &ask(&lab.word()).by(role))?;
        lab.ensure(told(&foreign) == told(&nothing), || {
            format!("another caller learns of `{value}`: {}", foreign.reply)
        })?;
    }
    Ok(())
}
