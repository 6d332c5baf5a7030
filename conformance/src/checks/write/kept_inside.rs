//! Members inside objects that only the server sets.

use fieldproof_spec::model::{Mode, ReadOnlyMembers, Type};
use serde_json::{Value, json};

use crate::check::Check;
use crate::harness::{CheckError, Exchange, Harness};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;
use crate::subject::member::{Inside, everywhere, inside, mutations};
use crate::support::unchanged;
use crate::support::{around, whole};

pub(crate) static CHECK: Check = Check {
    name: "kept-inside",
    about: "A member of a nested object that only the server sets has its default in a new object and is refused when a \
            create sends one; sent back as it is shown it is accepted, at any depth and in every element of a list, and \
            refused at its place when it differs.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        everywhere(api, |field| {
            field.mode == Mode::ReadOnly && field.ty != Type::Id
        })
    },
    mutants: |api, subject| mutations(api, subject, &[Operator::InsideTaken]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let Some(spot) = inside(harness.api, subject) else {
        return Ok(());
    };
    let Inside {
        resource,
        path,
        member,
    } = &spot;
    let (first, ty) = (path[0], &path[path.len() - 1].ty);
    let (place, initial) = (spot.place(), member.initial());
    let object = around(harness, path, whole(harness, ty, member, true));
    let body = |value: &Value| {
        let with = [(first.name.clone(), value.clone())];
        harness.small_body(resource, &with.into_iter().collect())
    };
    // A value of another type differs from any stored one.
    let other = |shown: &Value| {
        let mut whole = json!({ &first.name: shown });
        let at = place.rsplit_once('/').map_or("", |(above, _)| above);
        if let Some(Value::Object(map)) = whole.pointer_mut(at) {
            map.insert(member.name.clone(), json!("another"));
        }
        whole[&first.name].take()
    };
    let above = harness.make_above(resource)?;
    let made = harness.make_below(resource, &above, body(&object))?;
    let shown = Value::Object(made.shown.clone()).pointer(&place).cloned();
    harness.ensure(shown.as_ref() == Some(&initial), || {
        format!(
            "`{place}` of a new object is {initial}, got {}",
            shown.unwrap_or_default()
        )
    })?;
    let create = harness.create(resource, &made.collection);
    let create = create.json(&Value::Object(body(&other(&object))));
    let equal = harness
        .api
        .dialect
        .read_only_members
        .is(ReadOnlyMembers::Equal);
    if equal {
        harness.expect_violation(&create, &place, &["read_only"])?;
    } else {
        kept(harness, &harness.send(&create)?, &place, &initial)?;
    }
    if resource.update.is_none() || !first.on_update() {
        return Ok(());
    }
    let shown = made.shown.get(&first.name).cloned().unwrap_or_default();
    let echo = json!({ &first.name: shown });
    let after = harness.expect(200, &harness.change(resource, &made.path, &echo)?)?;
    harness.ensure(after.json() == Value::Object(made.shown.clone()), || {
        format!("`{place}` is accepted as it is shown, and changes nothing")
    })?;
    let wrong = json!({ &first.name: other(&shown) });
    let change = harness.change(resource, &made.path, &wrong)?;
    if !equal {
        return kept(harness, &harness.send(&change)?, &place, &initial);
    }
    harness.expect_violation(&change, &place, &["read_only"])?;
    unchanged(harness, resource, &made)
}

/// Judges that the member keeps its value, whether the request with another one is accepted
/// or refused.
fn kept(
    harness: &Harness<'_>,
    exchange: &Exchange,
    place: &str,
    initial: &Value,
) -> Result<(), CheckError> {
    let json = exchange.json();
    let found = json.pointer(place);
    let kept = exchange.status >= 400 || found.is_none_or(|found| found == initial);
    harness.ensure(kept, || {
        format!(
            "`{place}` keeps {initial}, got {}",
            found.unwrap_or(&Value::Null)
        )
    })
}
