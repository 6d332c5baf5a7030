//! Required members of creates.

use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::model::below;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};

pub(crate) static CHECK: Check = Check {
    name: "required",
    about: "A create without the member is refused at its place with the code `required`, also when the object stands \
            inside its parent's body.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        fields(api, |resource, field| {
            resource.create.is_some() && field.required && field.on_create()
        })
    },
    mutants: |_, subject| subject.mutations(&[Operator::RequiredIgnored]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, field) = (subject.resource(harness.api), subject.field(harness.api));
    let made = harness.make(resource)?;
    let mut body = harness.small_body(resource, &Map::new());
    body.shift_remove(&field.name);
    let pointer = below("", &field.name);
    let request = harness
        .create(resource, &made.collection)
        .json(&Value::Object(body.clone()));
    harness.expect_violation(&request, &pointer, &["required"])?;
    let relation = resource.parent.as_ref();
    let above = relation.and_then(|relation| harness.api.resource(&relation.resource));
    let above = above.filter(|above| above.create.is_some());
    if let (Some(above), Some(embed)) =
        (above, relation.and_then(|relation| relation.embed.as_ref()))
    {
        let grand = harness.make_above(above)?;
        let collection = crate::harness::collection(above, &grand);
        let mut whole = harness.small_body(above, &Map::new());
        whole.insert(embed.clone(), Value::Array(vec![Value::Object(body)]));
        let request = harness
            .create(above, &collection)
            .json(&Value::Object(whole));
        harness.expect_violation(
            &request,
            &below(&format!("{}/0", below("", embed)), &field.name),
            &["required"],
        )?;
    }
    Ok(())
}
