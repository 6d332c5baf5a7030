//! HTTP Basic credentials of receivers.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fieldproof_spec::model::{Event, Role};
use serde_json::{Value, json};

use super::{Watching, with_roles};
use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;

pub(crate) static CHECK: Check = Check {
    name: "watch-basic",
    about: "Name and password of a watch are sent as HTTP Basic (RFC 7617), the same where they came as one text, or \
            by any method of a change.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| with_roles(api, &[Role::Username, Role::Password], |_| Vec::new()),
    mutants: |api, subject| {
        let mut all = subject.resource_mutations(&[Operator::BasicMissing]);
        if subject.resource(api).update.is_some() {
            all.extend(subject.mutations(&[Operator::SecretOfCreate]));
        }
        all
    },
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let (name, word) = (harness.word(), format!("{}:\u{e4}", harness.word()));
    let pair = STANDARD.encode(format!("{name}:{word}"));
    let expected = format!("Basic {pair}");
    let mut inboxes = vec![harness.inbox()?];
    let parts = [(Role::Username, json!(name)), (Role::Password, json!(word))];
    let others = [Role::Username, Role::Password].map(|role| (role, json!(harness.word())));
    watching.register(&inboxes[0], &parts)?;
    let changes = watching.changes(&others, &parts)?;
    inboxes.extend(changes);
    let holder = harness
        .api
        .place(watching.watch, Role::Username)
        .unwrap_or_default();
    let holder = holder.first().filter(|field| field.delimited.is_some());
    if let Some(field) = holder {
        let inbox = harness.inbox()?;
        let mut body = watching.body(&inbox, &[]);
        body.insert(field.name.clone(), format!("{name}:{word}").into());
        harness.make_with(watching.watch, &body)?;
        inboxes.push(inbox);
        let text = Value::from(format!("{name}:{word}"));
        let body = [(field.name.clone(), text)].into_iter().collect();
        inboxes.extend(watching.changes_to(&others, &body)?);
    }
    let made = harness.make(watching.of)?;
    for inbox in &inboxes {
        let notice = watching.one(inbox, made.id(), Event::Created)?;
        let found = notice.header("authorization");
        harness.ensure(found == Some(&expected), || {
            format!("`Authorization: {expected}` is sent, got {found:?}")
        })?;
    }
    Ok(())
}
