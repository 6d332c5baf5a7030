//! The rule of an obligation in words, with the bounds that the spec documents.

use fieldproof_spec::model::{Api, Field, Filter, Mode};
use serde::Serialize;
use serde_json::Value;

use crate::kind::kind;
use crate::obligation::Obligation;
use crate::subject::SubjectPart;

/// The rule of a member or filter, as its row says; otherwise the title of the obligation.
pub(super) fn rule(api: &Api, obligation: &Obligation) -> String {
    let resource = api.resource(&obligation.resource);
    let filter_of = |name: &String| {
        let list = resource?.list.as_ref()?;
        list.filters.iter().find(|one| one.names.contains(name))
    };
    let said = match &obligation.part {
        SubjectPart::Field(name) => resource.and_then(|one| one.field(name)).map(member),
        SubjectPart::Member { owner, name } => api.object(owner).and_then(|object| {
            let mut fields = object.fields.iter();
            fields.find(|field| field.name == *name).map(member)
        }),
        SubjectPart::Filter(name) => filter_of(name).map(filtered),
        SubjectPart::Whole
        | SubjectPart::Operation(_)
        | SubjectPart::SortKey(_)
        | SubjectPart::Interval { .. }
        | SubjectPart::Table(_)
        | SubjectPart::Exclusive(_)
        | SubjectPart::Unique(_)
        | SubjectPart::Example(_)
        | SubjectPart::Command(_) => None,
    };
    said.unwrap_or_else(|| obligation.title.clone())
}

/// The rule of a member.
fn member(field: &Field) -> String {
    let one = kind(&field.ty).wording();
    let mut parts = vec![match (field.list, field.max_items) {
        (true, Some(most)) => format!("a list of at most {most}, each {one}"),
        (true, None) => format!("a list, each {one}"),
        (false, _) => one,
    }];
    if field.mode != Mode::ReadWrite {
        parts.push(word(&field.mode));
    }
    if field.required {
        parts.push("required".to_owned());
    }
    parts.push(
        if field.nullable {
            "nullable"
        } else {
            "never null"
        }
        .to_owned(),
    );
    if let Some(default) = &field.default {
        parts.push(format!("default {default}"));
    }
    if let Some(within) = &field.unique {
        parts.push(format!("unique in its {}", word(within)));
    }
    format!("`{}` is {}", field.name, parts.join(", "))
}

/// The rule of a filter.
fn filtered(filter: &Filter) -> String {
    format!(
        "`{}` selects by `{}` on `{}`",
        filter.names[0],
        word(&filter.op),
        filter.field
    )
}

/// A key as written in specs.
fn word(key: &impl Serialize) -> String {
    match serde_json::to_value(key) {
        Ok(Value::String(text)) => text,
        other => other.unwrap_or_default().to_string(),
    }
}
