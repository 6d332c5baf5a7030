//! Alternative notations of values.

use fieldproof_spec::model::{Api, Field};
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::model::{accept, below, shown};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, fields};
use crate::support::{is_changed, taken_by_changes};

pub(crate) static CHECK: Check = Check {
    name: "forms",
    about: "Values of a closed list are taken in any case where that is documented, and shown as documented; an object \
            of two texts is taken as one text with its separator, and refused without it.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some()
                && field.on_create()
                && (field.folded || field.delimited.is_some())
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let field = subject.field(api);
    let seen = is_changed(subject.resource(api), field) && field.is_shown();
    subject.mutations_where(&[
        (field.folded, Operator::FoldMissing),
        (!field.folded, Operator::SplitMissing),
        (seen, Operator::FormsOfCreate),
    ])
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let above = harness.make_above(resource)?;
    let body = |value: Value| {
        let with: Map<String, Value> = [(field.name.clone(), value)].into_iter().collect();
        harness.small_body(resource, &with)
    };
    let listed = |value: &Value| match field.list {
        true => json!([value]),
        false => value.clone(),
    };
    let taken = |value: &Value, same: &Value| {
        let (value, same) = (&listed(value), &listed(same));
        let expected = accept(harness.api, field, same, &Map::new(), "", &mut Vec::new());
        let expected = expected.map(|value| shown(harness.api, &field.ty, &value));
        let made = harness.make_below(resource, &above, body(value.clone()))?;
        let found = made.shown.get(&field.name).cloned();
        let kept = expected.is_some() && found == expected;
        harness.ensure(kept || !field.is_shown(), || {
            format!("{value} means {same}, got {}", found.unwrap_or_default())
        })
    };
    let mut pairs = Vec::new();
    if field.folded {
        for value in kind(&field.ty).closed().unwrap_or_default() {
            for text in [value.to_ascii_lowercase(), value.to_ascii_uppercase()] {
                let (text, value) = (Value::from(text), Value::from(value.as_str()));
                taken(&text, &value)?;
                pairs.push((listed(&text), listed(&value)));
            }
        }
    }
    let Some(split) = &field.delimited else {
        return taken_by_changes(harness, resource, field, &above, &pairs);
    };
    let (one, two, by) = (&split.into[0], &split.into[1], &split.by);
    let (first, second) = (part(harness, field, one), part(harness, field, two));
    let whole = json!({ one: first, two: second });
    let text = Value::from(format!("{first}{by}{second}"));
    taken(&text, &whole)?;
    pairs.push((listed(&text), listed(&whole)));
    taken_by_changes(harness, resource, field, &above, &pairs)?;
    // Only the first separator splits the text.
    let more = format!("{second}{by}{second}");
    taken(
        &format!("{first}{by}{more}").into(),
        &json!({ one: first, two: more }),
    )?;
    let collection = crate::harness::collection(resource, &above);
    let request = harness
        .create(resource, &collection)
        .json(&Value::Object(body(first.into())));
    harness
        .expect_violation(&request, &below("", &field.name), &["format"])
        .map(drop)
}

/// A text that a member of the field's object accepts.
fn part(harness: &Harness<'_>, field: &Field, name: &str) -> String {
    let mut objects = field.objects().into_iter();
    let object = objects.next().and_then(|name| harness.api.object(name));
    let members = object.into_iter().flat_map(|object| &object.fields);
    let member = members.into_iter().find(|one| one.name == name);
    let text = member.map(|member| harness.fresh_for(member, &Map::new()));
    let text = text.as_ref().and_then(Value::as_str);
    text.map_or_else(|| harness.word(), str::to_owned)
}
