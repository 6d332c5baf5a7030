//! Indirect changes through shared objects.

use fieldproof_spec::model::{Api, Event, Field, Resource, Type};
use serde_json::{Map, Value, json};

use super::{Watching, watches};
use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};
use crate::support::{only, said, shared_of};

pub(crate) static CHECK: Check = Check {
    name: "watch-shared",
    about: "When a body changes a shared object, each object that shows it has changed and is told of.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| {
        let shared = |watch| Some((watch, shared_field(api, watch)?));
        let subject = |(watch, field): (&Resource, &Field)| {
            let id = format!("{}.{}", watch.name, field.name);
            Subject::new(
                id,
                &watch.name,
                SubjectPart::Field(field.name.clone()),
                &[&watch.row, &field.row],
            )
        };
        watches(api).filter_map(shared).map(subject).collect()
    },
    mutants: |_, subject| subject.resource_mutations(&[Operator::NoticeOfNamed]),
    run,
};

/// The list of shared objects in the observed resource.
fn shared_field<'a>(api: &'a Api, watch: &Resource) -> Option<&'a Field> {
    let of = api.resource(&watch.watch.as_ref()?.of)?;
    let mut fields = of.fields.iter();
    fields.find(|field| matches!(field.ty, Type::Shared(_)))
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let Some(field) = shared_field(harness.api, watching.watch) else {
        return Ok(());
    };
    let Some(shared) = shared_of(harness, field) else {
        return Ok(());
    };
    let inbox = harness.inbox()?;
    watching.register(&inbox, &[])?;
    let made = |mention: &Value| {
        let with = [(field.name.clone(), json!([mention]))];
        harness.make_with(watching.of, &with.into_iter().collect())
    };
    let one = made(&harness.fresh(&field.ty, &Map::new()))?;
    let shown = only(harness, field, &one.shown)?;
    let Some(changed) = said(harness, field, &shared, &shown) else {
        return Ok(());
    };
    let other = made(&changed)?;
    watching.one(&inbox, other.id(), Event::Created)?;
    let told = watching.one(&inbox, one.id(), Event::Updated)?;
    watching.says(&told, &watching.shown(&one)?)
}
