//! Mails that are sent when an object asks for them.

use fieldproof_spec::model::Refusal;
use serde_json::{Map, Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};

pub(crate) static CHECK: Check = Check {
    name: "invited",
    about: "One mail with a link of its own goes to the user each time the member becomes true, and none when it stays \
            true, is false, or the request is refused.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| {
        let mut subjects = Vec::new();
        for resource in api.resources.iter().filter(|one| one.create.is_some()) {
            let Some(invite) = &resource.invite else {
                continue;
            };
            let rows = [
                Some(&invite.row),
                resource.field(&invite.when).map(|field| &field.row),
            ];
            let rows: Vec<_> = rows.into_iter().flatten().collect();
            let id = format!("{}.{}", resource.name, invite.when);
            subjects.push(Subject::new(
                id,
                &resource.name,
                SubjectPart::Field(invite.when.clone()),
                &rows,
            ));
        }
        subjects
    },
    mutants: |_, subject| {
        subject.resource_mutations(&[
            Operator::InviteMissing,
            Operator::InviteRepeated,
            Operator::InviteUnasked,
        ])
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let Some(invite) = &resource.invite else {
        return Ok(());
    };
    let with = |asks: bool| {
        let to = format!("{}@mail.example", harness.word());
        let members = [
            (invite.when.clone(), Value::Bool(asks)),
            (invite.to.clone(), to.as_str().into()),
        ];
        (to, members.into_iter().collect::<Map<String, Value>>())
    };
    harness.mails("")?;
    let (unasked, body) = with(false);
    harness.make_with(resource, &body)?;
    let (refused, mut body) = with(true);
    body.insert(invite.sets.clone(), "".into());
    let create = harness
        .create(resource, &crate::harness::collection(resource, &[]))
        .json(&Value::Object(harness.small_body(resource, &body)));
    harness.refused(Refusal::Validation, &create)?;
    let (asked, body) = with(true);
    let made = harness.make_with(resource, &body)?;
    for asks in [true, false, true] {
        let change = json!({ &invite.when: asks });
        harness.expect(200, &harness.change(resource, &made.path, &change)?)?;
    }
    // Mails are sent in the order they were asked for, so this one is the last.
    let (last, body) = with(true);
    harness.make_with(resource, &body)?;
    harness.expect(200, &Request::get(&made.path))?;
    harness.wait_for_mail(&last)?;
    for (to, expected) in [(unasked, 0), (refused, 0), (asked, 2), (last, 1)] {
        let links = harness.mails(&to)?;
        harness.ensure(links.len() == expected, || {
            format!("{expected} mails go to {to}, got {}", links.len())
        })?;
        let mut distinct = links.clone();
        distinct.dedup();
        let whole = links.iter().all(|link| link.starts_with("http"));
        harness.ensure(whole && distinct.len() == expected, || {
            format!("every mail has a link of its own, got {links:?}")
        })?;
    }
    Ok(())
}
