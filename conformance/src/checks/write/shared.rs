//! Objects that others share.

use fieldproof_spec::model::{Field, Resource, Shared, Type};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::duty::{Duty, fields};
use crate::lab::{Ask, Lab, Made, Role, Stop};
use crate::model::{below, path};
use crate::mutant::Kind;
use crate::obligation::Severity;
use crate::support::{only, said, shared_of};

pub(crate) static CHECK: Check = Check {
    name: "shared",
    about: "A shared object is made by the first body that sends its key, and found by later ones by key or identifier; \
            what a body says of it is shown by every object that has it. An identifier of nothing, of another tenant \
            or in a create is refused, and so is another key for an identifier.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let shared = fields(api, |resource, field| {
            resource.create.is_some() && matches!(field.ty, Type::Shared(_))
        });
        let with_object = |mut duty: Duty| {
            if let Type::Shared(name) = &duty.field(api).ty
                && let Some(object) = api.object(name)
            {
                duty.rows.push((&object.row).into());
                duty.rows
                    .extend(object.fields.iter().map(|field| (&field.row).into()));
            }
            duty
        };
        shared.into_iter().map(with_object).collect()
    },
    mutants: |_, duty| duty.broken(&[Kind::SharedStale, Kind::SharedTwice, Kind::MentionIgnored]),
    run,
};

fn run(lab: &Lab<'_>, duty: &Duty) -> Result<(), Stop> {
    let (resource, field) = (duty.resource(lab.api), duty.field(lab.api));
    let Some(shared) = shared_of(lab, field) else {
        return Ok(());
    };
    if field.max_items.is_some_and(|most| most < 2) {
        let why = format!("`{}` has no room for a second object", field.name);
        return Err(Stop::Skip(why));
    }
    let made = |mention: &Value| {
        let with = [(field.name.clone(), json!([mention]))]
            .into_iter()
            .collect();
        lab.make_with(resource, &with)
    };
    let first = lab.fresh(&field.ty, &Map::new());
    let key = first[&shared.key].clone();
    let one = made(&first)?;
    let shown = only(lab, field, &one.shown)?;
    lab.ensure(
        shown[&shared.key] == key && shown[&shared.id].is_string(),
        || format!("{first} is shown with an identifier, got {shown}"),
    )?;
    let other = made(&json!({ &shared.key: key }))?;
    let again = only(lab, field, &other.shown)?;
    lab.ensure(again == shown, || {
        format!("its key finds {shown}, got {again}")
    })?;
    if let Some(changed) = said(lab, field, &shared, &shown) {
        let third = made(&changed)?;
        let now = only(lab, field, &third.shown)?;
        lab.ensure(now != shown, || format!("{changed} is kept, got {now}"))?;
        seen(lab, resource, field, &one, &now)?;
        seen(lab, resource, field, &other, &now)?;
    }
    refused(lab, resource, field, &shared, &one)
}

/// Every object that has it shows it as it now is, in another version.
fn seen(
    lab: &Lab<'_>,
    resource: &Resource,
    field: &Field,
    made: &Made,
    now: &Value,
) -> Result<(), Stop> {
    if resource.get.is_none() {
        return Ok(());
    }
    let exchange = lab.expect(200, &Ask::get(&made.path))?;
    let shown = only(
        lab,
        field,
        exchange.json().as_object().unwrap_or(&Map::new()),
    )?;
    lab.ensure(shown == *now, || {
        format!("another object that has it shows {now}, got {shown}")
    })?;
    lab.ensure(exchange.header("etag") != Some(&made.etag), || {
        "its ETag moves with what it shows".to_owned()
    })
}

fn refused(
    lab: &Lab<'_>,
    resource: &Resource,
    field: &Field,
    shared: &Shared,
    made: &Made,
) -> Result<(), Stop> {
    let shown = only(lab, field, &lab.get(resource, &made.path)?)?;
    let list = |mention: Value| json!({ &field.name: [mention] });
    let place = |name: &str| below(&format!("{}/0", below("", &field.name)), name);
    let (id, key) = (&shown[&shared.id], &shown[&shared.key]);
    let create = |mention: Value| {
        let mut body = lab.small_body(resource, &Map::new());
        body.insert(field.name.clone(), json!([mention]));
        lab.create(resource, &made.collection)
            .json(&Value::Object(body))
    };
    let known = json!({ &shared.id: id, &shared.key: key });
    lab.expect_violation(&create(known), &place(&shared.id), &["read_only"])?;
    lab.expect_violation(&create(json!({})), &place(&shared.key), &["required"])?;
    if resource.update.is_none() {
        return Ok(());
    }
    let change = |mention: Value| lab.change(resource, &made.path, &list(mention));
    let before = lab.get(resource, &made.path)?;
    for unknown in ["000000000000000000000000", "none"] {
        let ask = change(json!({ &shared.id: unknown }))?;
        lab.expect_violation(&ask, &place(&shared.id), &["not_a_value"])?;
    }
    let renamed = json!({ &shared.id: id, &shared.key: lab.word() });
    lab.expect_violation(&change(renamed)?, &place(&shared.key), &["read_only"])?;
    let same = lab.expect(200, &change(shown.clone())?)?;
    lab.ensure(same.json().as_object() == Some(&before), || {
        "sending it back changes nothing".to_owned()
    })?;
    // What another tenant makes below an object of this one is not there.
    if lab.token(Role::OtherTenant).is_some() && resource.parent.is_none() {
        let foreign = create(json!({ &shared.key: key })).by(Role::OtherTenant);
        let foreign = lab.send(&foreign)?.json();
        let theirs = foreign[&field.name][0][&shared.id].clone();
        if let Some(id) = resource.id_of(&foreign) {
            let path = path(resource, &[id]);
            lab.send(&Ask::new("DELETE", &path).by(Role::OtherTenant))?;
        }
        lab.ensure(theirs != *id, || "another tenant has its own".to_owned())?;
        let ask = change(json!({ &shared.id: theirs }))?;
        lab.expect_violation(&ask, &place(&shared.id), &["not_a_value"])?;
    }
    let empty = lab.expect(
        200,
        &lab.change(resource, &made.path, &json!({ &field.name: [] }))?,
    )?;
    lab.ensure(empty.json()[&field.name] == json!([]), || {
        "a list that is sent replaces what is there".to_owned()
    })?;
    let back = lab.expect(200, &change(json!({ &shared.id: id }))?)?;
    lab.ensure(back.json()[&field.name] == json!([shown]), || {
        format!(
            "its identifier finds {shown}, got {}",
            back.json()[&field.name]
        )
    })
}
