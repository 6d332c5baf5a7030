//! Shared objects.

use fieldproof_spec::model::{Field, Resource, Shared, Type};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness, Request, Role};
use crate::model::{below, path};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
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
        let with_object = |mut subject: Subject| {
            if let Type::Shared(name) = &subject.field(api).ty
                && let Some(object) = api.object(name)
            {
                subject.rows.push((&object.row).into());
                subject
                    .rows
                    .extend(object.fields.iter().map(|field| (&field.row).into()));
            }
            subject
        };
        shared.into_iter().map(with_object).collect()
    },
    mutants: |_, subject| {
        subject.mutations(&[
            Operator::SharedStale,
            Operator::SharedTwice,
            Operator::MentionIgnored,
        ])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let Some(shared) = shared_of(harness, field) else {
        return Ok(());
    };
    if field.max_items.is_some_and(|most| most < 2) {
        let why = format!("`{}` has no room for a second object", field.name);
        return Err(CheckError::Skip(why));
    }
    let made = |mention: &Value| {
        let with = [(field.name.clone(), json!([mention]))]
            .into_iter()
            .collect();
        harness.make_with(resource, &with)
    };
    let first = harness.fresh(&field.ty, &Map::new());
    let key = first[&shared.key].clone();
    let one = made(&first)?;
    let shown = only(harness, field, &one.shown)?;
    harness.ensure(
        shown[&shared.key] == key && shown[&shared.id].is_string(),
        || format!("{first} is shown with an identifier, got {shown}"),
    )?;
    let other = made(&json!({ &shared.key: key }))?;
    let again = only(harness, field, &other.shown)?;
    harness.ensure(again == shown, || {
        format!("its key finds {shown}, got {again}")
    })?;
    if let Some(changed) = said(harness, field, &shared, &shown) {
        let third = made(&changed)?;
        let now = only(harness, field, &third.shown)?;
        harness.ensure(now != shown, || format!("{changed} is kept, got {now}"))?;
        seen(harness, resource, field, &one, &now)?;
        seen(harness, resource, field, &other, &now)?;
    }
    refused(harness, resource, field, &shared, &one)
}

/// Judges that every object with the shared object shows its current values, in a new
/// version.
fn seen(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    made: &Fixture,
    now: &Value,
) -> Result<(), CheckError> {
    if resource.get.is_none() {
        return Ok(());
    }
    let exchange = harness.expect(200, &Request::get(&made.path))?;
    let shown = only(
        harness,
        field,
        exchange.json().as_object().unwrap_or(&Map::new()),
    )?;
    harness.ensure(shown == *now, || {
        format!("another object that has it shows {now}, got {shown}")
    })?;
    let moved = exchange.header("etag") != Some(&made.etag);
    harness.ensure(moved || !harness.has_tags(), || {
        "its ETag moves with what it shows".to_owned()
    })
}

fn refused(
    harness: &Harness<'_>,
    resource: &Resource,
    field: &Field,
    shared: &Shared,
    made: &Fixture,
) -> Result<(), CheckError> {
    let shown = only(harness, field, &harness.get(resource, &made.path)?)?;
    let list = |mention: Value| json!({ &field.name: [mention] });
    let place = |name: &str| below(&format!("{}/0", below("", &field.name)), name);
    let (id, key) = (&shown[&shared.id], &shown[&shared.key]);
    let create = |mention: Value| {
        let mut body = harness.small_body(resource, &Map::new());
        body.insert(field.name.clone(), json!([mention]));
        harness
            .create(resource, &made.collection)
            .json(&Value::Object(body))
    };
    let known = json!({ &shared.id: id, &shared.key: key });
    harness.expect_violation(&create(known), &place(&shared.id), &["read_only"])?;
    harness.expect_violation(&create(json!({})), &place(&shared.key), &["required"])?;
    if resource.update.is_none() {
        return Ok(());
    }
    let change = |mention: Value| harness.change(resource, &made.path, &list(mention));
    let before = harness.get(resource, &made.path)?;
    for unknown in ["000000000000000000000000", "none"] {
        let request = change(json!({ &shared.id: unknown }))?;
        harness.expect_violation(&request, &place(&shared.id), &["not_a_value"])?;
    }
    let renamed = json!({ &shared.id: id, &shared.key: harness.word() });
    harness.expect_violation(&change(renamed)?, &place(&shared.key), &["read_only"])?;
    let same = harness.expect(200, &change(shown.clone())?)?;
    harness.ensure(same.json().as_object() == Some(&before), || {
        "sending it back changes nothing".to_owned()
    })?;
    // Another tenant cannot create objects below one of this tenant.
    if harness.token(Role::OtherTenant).is_some() && resource.parent.is_none() {
        let foreign = create(json!({ &shared.key: key })).by(Role::OtherTenant);
        let foreign = harness.send(&foreign)?.json();
        let theirs = foreign[&field.name][0][&shared.id].clone();
        if let Some(id) = resource.id_of(&foreign) {
            let path = path(resource, &[id]);
            harness.send(&Request::new("DELETE", &path).by(Role::OtherTenant))?;
        }
        harness.ensure(theirs != *id, || "another tenant has its own".to_owned())?;
        let request = change(json!({ &shared.id: theirs }))?;
        harness.expect_violation(&request, &place(&shared.id), &["not_a_value"])?;
    }
    let empty = harness.expect(
        200,
        &harness.change(resource, &made.path, &json!({ &field.name: [] }))?,
    )?;
    harness.ensure(empty.json()[&field.name] == json!([]), || {
        "a list that is sent replaces what is there".to_owned()
    })?;
    let back = harness.expect(200, &change(json!({ &shared.id: id }))?)?;
    harness.ensure(back.json()[&field.name] == json!([shown]), || {
        format!(
            "its identifier finds {shown}, got {}",
            back.json()[&field.name]
        )
    })
}
