//! Secrets that must not occur in notifications or in the log of requests.

use fieldproof_spec::model::{Api, Event, Resource, Role, Row};
use serde_json::{Value, json};

use super::reading::Notice;
use super::{Watching, has, keys, watched, with_roles};
use crate::check::Check;
use crate::harness::{CheckError, Harness, Request, Role as Caller};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::Subject;

pub(crate) static CHECK: Check = Check {
    name: "watch-secrets",
    about: "Members that only a scope shows are in no notification, but where the template names them and whoever \
            registered the watch sees them, whatever else the template shows; neither they nor what proves the sender are in the record of requests; \
            a key is shown whole, and its secret once.",
    severity: Severity::Critical,
    waits: true,
    oblige: |api| {
        let all = with_roles(api, &[], |watch| {
            let of = watch.watch.as_ref().and_then(|one| api.resource(&one.of));
            let fields = of.into_iter().flat_map(|one| &one.fields);
            let mut rows: Vec<&Row> = vec![&watch.row];
            rows.extend(
                fields
                    .filter(|field| field.scope.is_some())
                    .map(|field| &field.row),
            );
            let password = api.place(watch, Role::Password);
            rows.extend(password.and_then(|place| Some(&place.last()?.row)));
            rows
        });
        // A watch that nothing is hidden from has nothing to show.
        let hides = |subject: &Subject| !mutants(api, subject).is_empty();
        all.into_iter().filter(hides).collect()
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let apart = |of: &Resource| of.fields.iter().any(|field| field.scope.is_some());
    let apart = watched(api, subject).is_some_and(apart);
    let template = apart && has(api, subject, Role::Template);
    let watch = subject.resource(api).watch.as_ref();
    subject.resource_mutations_where(&[
        (apart, Operator::NoticeSecret),
        (template, Operator::TemplateShowsAll),
        (template, Operator::TemplateShowsWhole),
        (template, Operator::TemplateShowsNothing),
        (
            api.dialect.house.is_some() && has(api, subject, Role::Password),
            Operator::RequestSecret,
        ),
        (
            watch.is_some_and(|one| one.keys.is_some()),
            Operator::KeyShown,
        ),
        (
            watch.is_some_and(|one| one.keys.is_some()),
            Operator::KeyUnnamed,
        ),
    ])
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let inbox = harness.inbox()?;
    let (word, field) = (harness.word(), harness.word());
    let mut with = Vec::new();
    if watching.has(Role::Username) && watching.has(Role::Password) {
        with.extend([
            (Role::Username, json!("somebody")),
            (Role::Password, json!(word)),
        ]);
    }
    if watching.has(Role::Headers) {
        with.push((Role::Headers, json!({ "X-Own-Key": field })));
    }
    let watch = watching.register(&inbox, &with)?;
    let made = harness.make(watching.of)?;
    let notice = watching.one(&inbox, made.id(), Event::Created)?;
    let told = watching.reading.objects(&notice.json());
    let mut apart = watching.of.fields.iter().filter(|one| one.scope.is_some());
    let leak = apart.find(|one| told.iter().any(|told| told.get(&one.name).is_some()));
    harness.ensure(leak.is_none(), || {
        format!(
            "`{}` is in no notification",
            leak.map_or("", |one| &one.name)
        )
    })?;
    if harness.api.dialect.house.is_some() {
        let path = super::manage::of_creates(&watching, &watch);
        super::manage::on_record(harness, &path, &inbox)?;
        let record = harness.expect(200, &Request::get(&path))?.reply;
        let sent = notice.header("authorization").unwrap_or("no such thing");
        for secret in [word.as_str(), &field, sent.trim_start_matches("Basic ")] {
            harness.ensure(!record.contains(secret), || {
                format!("`{secret}` is in no record of requests")
            })?;
        }
    }
    for field in &watching.of.fields {
        if field.scope.is_some() && watching.has(Role::Template) {
            asked_for(&watching, &field.name)?;
        }
    }
    let keys = watching
        .watch
        .watch
        .as_ref()
        .and_then(|one| one.keys.as_deref());
    match keys {
        Some(own) => keys::judge(&watching, own),
        None => Ok(()),
    }
}

/// Paths that select everything without naming a member.
const BROAD: [&str; 6] = [
    "$",
    "$.previousData",
    "$[*]",
    "$.previousData[*]",
    "$..*",
    "$['previousData']",
];

/// A template that names a member, and selects everything without naming it.
fn template(member: &str) -> String {
    let all = BROAD.iter().map(|path| format!("\"{path}\": ${{{path}}}"));
    let all: Vec<String> = all.collect();
    let below = format!("${{$..['{member}']}}");
    format!(
        "{{\"it\": \"${{$['{member}']}}\", \"all\": {{{}, \"below\": {below}}}}}",
        all.join(", ")
    )
}

/// Judges that a template that names a member gets it if its owner sees it.
fn asked_for(watching: &Watching<'_>, member: &str) -> Result<(), CheckError> {
    let Watching {
        harness, watch, of, ..
    } = watching;
    let Some(create) = &watch.create else {
        return Ok(());
    };
    let (open, closed) = (harness.inbox()?, harness.inbox()?);
    let with = [(Role::Template, template(member).into())];
    let own = watching.register(&open, &with)?;
    let body = Value::Object(harness.small_body(watch, &watching.body(&closed, &with)));
    let request = harness
        .create(watch, &watch.path)
        .json(&body)
        .by(Caller::NoSecret);
    let other = match harness.expect(create.status, &request) {
        Err(CheckError::Skip(_)) => false,
        made => made.map(|_| true)?,
    };
    let made = harness.make(of)?;
    let notice = watching.one(&open, made.id(), Event::Created)?;
    let value = made.shown.get(member).and_then(Value::as_str);
    let told = notice.json()["it"].as_str().map(str::to_owned);
    harness.ensure(value.is_some() && value == told.as_deref(), || {
        format!("the template asks for `{member}` and its owner sees it")
    })?;
    nowhere_else(&notice, member, value.unwrap_or_default(), harness)?;
    if of.update.is_some() && crate::subject::independent_field(of).is_some() {
        watching.change(&made)?;
        let notice = watching.one(&open, made.id(), Event::Updated)?;
        nowhere_else(&notice, member, value.unwrap_or_default(), harness)?;
    }
    if harness.api.dialect.house.is_some() {
        let path = super::manage::of_creates(watching, &own);
        let record = super::manage::on_record(harness, &path, &open)?;
        let text = Value::Array(record).to_string();
        harness.ensure(!text.contains(value.unwrap_or_default()), || {
            format!("`{member}` is in no record of requests")
        })?;
    }
    if other {
        let notice = watching.one(&closed, made.id(), Event::Created)?;
        harness.ensure(notice.json()["it"] == "", || {
            format!("the owner of the template does not see `{member}`")
        })?;
    }
    Ok(())
}

/// Fails if a template shows a member that it does not name.
fn nowhere_else(
    notice: &Notice,
    member: &str,
    value: &str,
    harness: &Harness<'_>,
) -> Result<(), CheckError> {
    let told = &notice.json()["all"];
    let shows = |told: &Value| told.to_string().contains(value);
    let leak = told.as_object().into_iter().flatten();
    let leak = leak.filter(|(_, told)| shows(told)).map(|(path, _)| path);
    let leak: Vec<&String> = leak.collect();
    harness.ensure(leak.is_empty(), || {
        format!("a template shows `{member}` only where it names it, got it by {leak:?}")
    })
}
