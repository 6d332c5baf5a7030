//! Members with a stand-in.

use crate::subject::member::names;
use fieldproof_spec::model::{Api, Field, Type};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::model::{below, stand_ins};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};

pub(crate) static CHECK: Check = Check {
    name: "stand-in",
    about: "A member that is not sent has the value of the one that stands in for it, however long that is, and takes it \
            back unchanged; another value has to keep to its own limit.",
    severity: Severity::Major,
    waits: false,
    oblige,
    mutants: |_, subject| subject.resource_mutations(&[Operator::ExcuseMissing]),
    run,
};

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in api.resources.iter().filter(|one| one.create.is_some()) {
        for (object, member, _) in stand_ins(api, resource) {
            let Some(Type::Object(name)) = resource.field(&object).map(|field| &field.ty) else {
                continue;
            };
            let fields = api.object(name).map_or(&[][..], |object| &object.fields);
            if let Some(field) = fields.iter().find(|field| field.name == member) {
                let part = SubjectPart::Member {
                    owner: object,
                    name: member,
                };
                let id = format!("{}.{}", resource.name, part.name());
                subjects.push(Subject::new(id, &resource.name, part, &[&field.row]));
            }
        }
    }
    subjects
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let (object, member) = names(subject).unwrap_or_default();
    let all = stand_ins(harness.api, resource);
    let found = all
        .iter()
        .find(|(own, name, _)| own == object && name == member);
    let Some((.., from)) = found else {
        return Ok(());
    };
    let Some(source) = resource.field(from) else {
        return Ok(());
    };
    let long = longest(harness, source);
    let with = [(from.clone(), long.clone())].into_iter().collect();
    let made = harness.make_with(resource, &with)?;
    let shown = made.shown[object][member].clone();
    harness.ensure(shown == long, || {
        format!("`{object}.{member}` is `{from}`, got {shown}")
    })?;
    let pointer = below(&below("", object), member);
    if resource.update.is_some() {
        let echo = json!({ object: { member: long } });
        harness.expect(200, &harness.change(resource, &made.path, &echo)?)?;
    }
    let Some(Type::Object(name)) = resource.field(object).map(|field| &field.ty) else {
        return Ok(());
    };
    let members = harness.api.object(name).map_or(&[][..], |one| &one.fields);
    let own = members.iter().find(|one| one.name == member);
    let Some((_, max)) = own
        .and_then(|one| kind(&one.ty).lengths())
        .filter(|(_, max)| *max < 10_000)
    else {
        return Ok(());
    };
    let other = json!({ object: { member: "y".repeat(max as usize + 1) } });
    if resource.update.is_some() {
        let change = harness.change(resource, &made.path, &other)?;
        harness.expect_violation(&change, &pointer, &["too_long"])?;
    }
    let mut body: Map<String, Value> = harness.small_body(resource, &Map::new());
    body.insert(object.to_owned(), other[object].clone());
    let create = harness
        .create(resource, &made.collection)
        .json(&Value::Object(body));
    harness
        .expect_violation(&create, &pointer, &["too_long"])
        .map(drop)
}

/// A value of the field of maximum length, within reason.
fn longest(harness: &Harness<'_>, field: &Field) -> Value {
    let longest = kind(&field.ty).longest(harness);
    longest.unwrap_or_else(|| harness.fresh_for(field, &Map::new()))
}
