//! Members that exclude each other.

use fieldproof_spec::model::{Api, Field, Refusal, Resource};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::model::{below, nothing};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};
use crate::support::{is_written, unchanged};

pub(crate) static CHECK: Check = Check {
    name: "exclusive",
    about: "Each of the members may have a value alone, none of them is legal too; two are refused at both places with \
            the code `exclusive`, by a create, and by an update when one of them was there before.",
    severity: Severity::Major,
    waits: false,
    oblige,
    mutants: |_, subject| subject.resource_mutations(&[Operator::ExclusiveIgnored]),
    run,
};

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in api.resources.iter().filter(|one| is_written(one)) {
        for exclusive in &resource.exclusive {
            let part = SubjectPart::Exclusive(exclusive.fields.clone());
            let id = format!("{}.{}", resource.name, part.name());
            subjects.push(Subject::new(id, &resource.name, part, &[&exclusive.row]));
        }
    }
    subjects
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let names = match &subject.part {
        SubjectPart::Exclusive(names) => names.as_slice(),
        _ => &[],
    };
    let members: Vec<&Field> = names
        .iter()
        .filter_map(|name| resource.field(name))
        .collect();
    harness.make_with(resource, &Map::new())?;
    let headers = names.iter().filter(|name| resource.field(name).is_none());
    for (map, header) in headers.filter_map(|name| name.split_once('.')) {
        for one in &members {
            by_header(harness, resource, one, map, header)?;
        }
    }
    for one in &members {
        for other in members.iter().filter(|other| other.name != one.name) {
            judge(harness, resource, one, other)?;
        }
    }
    Ok(())
}

/// Judges that a single header field counts as a member, in any case.
fn by_header(
    harness: &Harness<'_>,
    resource: &Resource,
    one: &Field,
    map: &str,
    header: &str,
) -> Result<(), CheckError> {
    let alone = json!({ header: "x" });
    let with = [(map.to_owned(), alone)].into_iter().collect();
    let made = harness.make_with(resource, &with)?;
    let spelled = header.to_lowercase();
    for name in [header, &spelled] {
        let mut body = harness.small_body(resource, &Map::new());
        body.insert(map.to_owned(), json!({ name: "x" }));
        body.insert(one.name.clone(), something(harness, resource, one));
        let create = harness
            .create(resource, &made.collection)
            .json(&Value::Object(body));
        let places = [below("", &one.name), below(&below("", map), name)];
        refused(harness, &create, &places)?;
    }
    Ok(())
}

/// A value that counts as one.
fn something(harness: &Harness<'_>, resource: &Resource, field: &Field) -> Value {
    loop {
        let value = harness.value(resource, field, &Map::new());
        if !Field::is_nothing(&value) {
            return value;
        }
    }
}

fn judge(
    harness: &Harness<'_>,
    resource: &Resource,
    one: &Field,
    other: &Field,
) -> Result<(), CheckError> {
    let value = |field: &Field| something(harness, resource, field);
    let pair = |first: Value, second: Value| {
        let members = [(one.name.clone(), first), (other.name.clone(), second)];
        members.into_iter().collect::<Map<String, Value>>()
    };
    let places = [one, other].map(|field| below("", &field.name));
    let made = harness.make_with(resource, &pair(value(one), nothing(other)))?;
    let both = harness.small_body(resource, &pair(value(one), value(other)));
    let create = harness
        .create(resource, &made.collection)
        .json(&Value::Object(both));
    refused(harness, &create, &places)?;
    if resource.update.is_none() || !one.on_update() || !other.on_update() {
        return Ok(());
    }
    let mut alone = pair(Value::Null, value(other));
    alone.shift_remove(&one.name);
    let change = harness.change(resource, &made.path, &Value::Object(alone))?;
    refused(harness, &change, &places)?;
    unchanged(harness, resource, &made)?;
    // One request can clear the first member and set the other.
    let turn = Value::Object(pair(nothing(one), value(other)));
    harness
        .expect(200, &harness.change(resource, &made.path, &turn)?)
        .map(drop)
}

fn refused(harness: &Harness<'_>, request: &Request, places: &[String]) -> Result<(), CheckError> {
    let exchange = harness.refused(Refusal::Validation, request)?;
    for place in places {
        let named = harness.names(&exchange, place, &["exclusive"]);
        harness.ensure(named, || {
            let found = harness.violation_text(&exchange);
            format!("`{place}` is refused as `exclusive`, got {found}")
        })?;
    }
    Ok(())
}
