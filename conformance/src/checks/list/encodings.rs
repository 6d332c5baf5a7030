//! Encodings of query strings.

use fieldproof_spec::model::{Api, Field, Operation};
use serde_json::Map;

use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::http::encode;
use crate::kind::kind;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;

pub(crate) static CHECK: Check = Check {
    name: "encodings",
    about: "Names are read raw and percent-encoded, a blank in a value as %20 and as +, with one result.",
    severity: Severity::Minor,
    waits: false,
    oblige: |api| {
        let mut subjects = crate::subject::each_operation(api, &[Operation::List], &[]);
        subjects.retain(|subject| resolve(api, subject).is_some());
        subjects
    },
    mutants: |_, subject| subject.mutations(&[Operator::EncodingIgnored]),
    run,
};

/// A filter on a free-text field that a create writes.
fn resolve<'a>(api: &'a Api, subject: &Subject) -> Option<(&'a str, &'a Field)> {
    let resource = api
        .resource(&subject.resource)
        .filter(|resource| resource.create.is_some())?;
    let filters = resource.list.as_ref()?.filters.iter();
    let mut texts = filters.filter_map(|filter| {
        let field = resource.field(&filter.field)?;
        // Room for two letters and a space between them.
        let long = kind(&field.ty).lengths().is_some_and(|(_, max)| max > 2);
        let free = long && field.on_create() && !field.list;
        let equal = filter.op.asks().is_equality();
        (free && equal).then_some((filter.names[0].as_str(), field))
    });
    texts.next()
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let Some((name, field)) = resolve(harness.api, subject) else {
        return Ok(());
    };
    let above = harness.make_above(resource)?;
    let (min, max) = kind(&field.ty).lengths().unwrap_or_default();
    let half = (max.saturating_sub(1) / 2).min(40);
    let (word, other) = (
        harness.text(1, half),
        harness.text(min.saturating_sub(2).min(half), half),
    );
    let short = (min as usize).saturating_sub(word.chars().count() + 1 + other.chars().count());
    let other = other + &"x".repeat(short);
    let (word, other) = (word.as_str(), other.as_str());
    let mut with = Map::new();
    with.insert(field.name.clone(), format!("{word} {other}").into());
    let made = harness.make_below(resource, &above, harness.small_body(resource, &with))?;
    let own = [made.id().to_owned()];
    let encoded = encode(name);
    // Brackets may be sent raw; reserved characters may not.
    let raw = encoded.replace("%5B", "[").replace("%5D", "]");
    for name in [raw, encoded] {
        // `+` for a space is a convention of HTML forms.
        let blanks = if harness.is_house() {
            &["%20", "+"][..]
        } else {
            &["%20"]
        };
        for blank in blanks {
            let found = harness.walk(
                resource,
                &made.collection,
                &format!("{name}={}{blank}{}", encode(word), encode(other)),
                &own,
            )?;
            harness.ensure(found == own, || {
                format!("`{name}=…{blank}…` finds the object")
            })?;
        }
    }
    Ok(())
}
