//! Bodies shaped by templates.

use fieldproof_spec::model::{Event, Field, Resource, Role};
use serde_json::{Map, Value, json};

use super::{Watching, with_roles};
use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::kind::kind;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::Subject;

pub(crate) static CHECK: Check = Check {
    name: "watch-template",
    about: "A template is filled in: texts of an object stay texts, a text becomes JSON, with null or nothing for what \
            is not there, and whatever the data says adds no member.",
    severity: Severity::Major,
    waits: true,
    oblige: |api| with_roles(api, &[Role::Template], |_| Vec::new()),
    mutants: |_, subject| {
        subject.resource_mutations(&[Operator::TemplateIgnored, Operator::TemplateOpen])
    },
    run,
};

/// A text that ends a JSON string and adds a member, unless it is escaped.
const HOSTILE: &str = "\",\"admin\":true,\"x\":\"";

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let watching = Watching::new(harness, subject)?;
    let of = watching.of;
    let (id, text) = (&of.id, text(of));
    let value = format!("{}{HOSTILE}", harness.word());
    let with: Map<String, Value> = text
        .map(|field| (field.name.clone(), value.as_str().into()))
        .into_iter()
        .collect();
    // If no text accepts it, the identifier is used.
    let name = text.map_or(id, |field| &field.name);
    let (shaped, typed) = (harness.inbox()?, harness.inbox()?);
    let object = json!({
        "a": format!("${{$['{id}']}}: ${{$['{name}']}}!"),
        "b": [{ "once": format!("${{$.previousData['{id}']}}") }, 1, null],
        "none": "<${$.no_such_member}>",
        "first": format!("${{$['{id}','{name}']}}"),
    });
    watching.register(&shaped, &[(Role::Template, object)])?;
    let whole = format!(
        "{{\"v\": ${{$['{name}']}}, \"t\": \"<${{$['{name}']}}>\", \"none\": ${{$.no_such_member}}, \
         \"all\": ${{$['{id}','{name}']}}, \"once\": ${{$.previousData}}, \"n\": \"${{$.no_such_member}}\"}}"
    );
    watching.register(&typed, &[(Role::Template, whole.into())])?;
    let made = harness.make_with(of, &with)?;
    let own = made.id();
    let value = &made.shown[name];
    let plain = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    let expected = [
        (
            &shaped,
            json!({
                "a": format!("{own}: {plain}!"),
                "b": [{ "once": "" }, 1, null],
                "none": "<>",
                "first": own,
            }),
        ),
        (
            &typed,
            json!({
                "v": value,
                "t": format!("<{plain}>"),
                "none": null,
                "all": [of.id_kind.shown(own), value],
                "once": null,
                "n": "",
            }),
        ),
    ];
    for (inbox, expected) in expected {
        let notice = watching.one(inbox, own, Event::Created)?;
        harness.ensure(notice.json() == expected, || {
            let sent = String::from_utf8_lossy(&notice.request.body);
            format!("the template makes {expected}, got {sent}")
        })?;
    }
    Ok(())
}

/// A member that accepts any text of sufficient length.
fn text(of: &Resource) -> Option<&Field> {
    of.fields.iter().find(|field| {
        let long = kind(&field.ty).free().is_some_and(|(_, max)| max >= 50);
        let plain = field.unique.is_none() && field.reserved.is_empty() && field.envelope.is_none();
        long && plain && !field.list && field.on_create() && field.is_plain()
    })
}
