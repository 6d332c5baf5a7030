//! Updates that replace the object.

use fieldproof_spec::model::{Operation, Refusal, Verb};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::kind::deciding_first;
use crate::model::below;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation};
use crate::support::{agrees, stands_in};

pub(crate) static CHECK: Check = Check {
    name: "replaced",
    about: "A method that replaces sets what is not sent to what a create without it makes, and refuses a body without \
            a member that is needed; PATCH leaves what is not sent as it is.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let mut subjects = each_operation(api, &[Operation::Update], &[]);
        subjects.retain(|subject| {
            let resource = subject.resource(api);
            let update = resource.update.as_ref();
            let replaces = |verb: &Verb| update.is_some_and(|update| update.replaces(*verb));
            let creates = resource.create.is_some();
            creates && update.is_some_and(|update| update.verbs.iter().any(replaces))
        });
        subjects
    },
    mutants: |_, subject| subject.mutations(&[Operator::ReplaceKeeps]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let Some(update) = &resource.update else {
        return Ok(());
    };
    let written = deciding_first(resource.fields.iter().filter(|one| one.on_update()));
    for verb in &update.verbs {
        let made = harness.make_with(resource, &harness.body(resource, &Map::new()))?;
        let mut body = Map::new();
        for field in written.iter().filter(|field| field.required) {
            body.insert(field.name.clone(), harness.value(resource, field, &body));
        }
        let request = |body: &Map<String, Value>| {
            Request::new(verb.as_str(), &made.path).json(&Value::Object(body.clone()))
        };
        for field in written.iter().filter(|field| field.required) {
            let mut without = body.clone();
            without.shift_remove(&field.name);
            if update.replaces(*verb) {
                // It may decide the type of another member that is refused with it.
                let refused = harness.refused(Refusal::Validation, &request(&without))?;
                let place = below("", &field.name);
                let named = harness.names(&refused, &place, &["required"]);
                harness.ensure(named, || format!("`{place}` is named as required"))?;
            }
        }
        let after = harness.expect(200, &request(&body))?.json();
        let silent = |name: &str| !body.contains_key(name);
        for field in written
            .iter()
            .filter(|one| one.is_shown() && silent(&one.name))
        {
            let expected = match update.replaces(*verb) {
                // Stand-ins for members are judged elsewhere.
                true if !field.fallback.is_empty() || stands_in(harness.api, field) => {
                    continue;
                }
                true => crate::model::shown(harness.api, &field.ty, &field.initial()),
                false => made.shown.get(&field.name).cloned().unwrap_or_default(),
            };
            let found = &after[&field.name];
            harness.ensure(agrees(harness.api, field, &expected, found), || {
                format!(
                    "after a {} without it `{}` is {expected}, got {found}",
                    verb.as_str(),
                    field.name
                )
            })?;
        }
    }
    Ok(())
}
