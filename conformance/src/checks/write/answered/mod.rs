//! What writes answer.

mod append;
mod create;
mod shown;
mod update;

use fieldproof_spec::model::{Field, Operation, Resource};

use self::shown::methods;
use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation};

pub(crate) static CHECK: Check = Check {
    name: "answered",
    about: "What is sent by each method of a create, a change or an addition is kept, and nothing else changes: the answer \
            has it, and is the object as reads show it right after, with the same ETag.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let all = [Operation::Create, Operation::Update, Operation::Append];
        let mut subjects = each_operation(api, &all, &[]);
        subjects.retain(|subject| {
            let resource = subject.resource(api);
            resource.get.is_some() && resource.create.is_some()
        });
        subjects
    },
    mutants: |api, subject| {
        let (resource, operation) = (subject.resource(api), subject.operation());
        let forgets = methods(resource, operation).len() > 1 && has_choice(resource, operation);
        subject.mutations_where(&[
            (true, Operator::AnswerShort),
            (forgets, Operator::AliasForgets),
        ])
    },
    run,
};

/// Whether a create or a change can send a member that it can do without, and that is shown.
fn has_choice(resource: &Resource, operation: Operation) -> bool {
    let sent = |field: &&Field| match operation {
        Operation::Create => field.on_create(),
        Operation::Update => field.on_update(),
        Operation::List | Operation::Get | Operation::Append | Operation::Delete => false,
    };
    let mut sent = resource.fields.iter().filter(sent);
    sent.any(|field| !field.required && field.is_shown())
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    match subject.operation() {
        Operation::Create => create::creates(harness, resource),
        Operation::Update => update::updates(harness, resource),
        _ => append::appends(harness, resource),
    }
}
