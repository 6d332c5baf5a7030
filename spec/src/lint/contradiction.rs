//! Lint FP323: keys of a field that contradict each other.

use super::context::{Context, Lint, Place};
use crate::diagnostic::Code;
use crate::kind::kind;
use crate::model::{Field, RequestSource, Type};
use crate::syntax::{Blank, Mode, On, Scope, Source};

/// Keys of a field that contradict each other.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP323",
        "keys that contradict each other",
        "A key says something that another key of the same field makes untrue or without effect: a field that has to be sent needs nothing that stands in for it and is not read-only; what only the server sets is not read in a certain way; what is left out of an object unless a sibling says so has no default. An id and a token are never null, and a lookup of texts cannot give a number.",
        "leave one of the keys out",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let api = context.api;
    for place in context.fields() {
        let Some(resolved) = place.resolved(api) else {
            continue;
        };
        let mut found = sent(&place);
        found.extend(unread(&place));
        found.extend(conditions(&place));
        found.extend(kept(&place, resolved));
        found.extend(sources(context, &place, resolved));
        for (key, message, help) in found {
            lint.report_with(context, &place.path(key), message, help);
        }
    }
    for (name, resource) in &context.spec.resources {
        for (at, unique) in resource.unique.iter().enumerate() {
            if unique.within == Scope::Parent && resource.parent.is_none() {
                let path = ["resources", name, "unique", &at.to_string(), "within"];
                let message = format!("`{name}` has no parent");
                lint.report_with(context, &path, message, "write `within: tenant`");
            }
        }
    }
}

/// A key, the problem, and the advice.
type Found = (&'static str, String, &'static str);

fn found(key: &'static str, message: &str, help: &'static str) -> Found {
    (key, message.to_owned(), help)
}

/// Fields that are required and have something that makes this unnecessary.
fn sent(place: &Place<'_>) -> Vec<Found> {
    let field = place.field;
    let mut all = Vec::new();
    if !field.required {
        return all;
    }
    if field.mode == Mode::ReadOnly {
        all.push(found(
            "required",
            "nobody can send what is read-only",
            "leave out `required` or `mode`",
        ));
    }
    if field.default.is_some() {
        all.push(found(
            "default",
            "what has to be sent never takes its default",
            "leave out `required` or `default`",
        ));
    }
    if !field.fallback.is_empty() {
        all.push(found(
            "fallback",
            "what has to be sent never falls back",
            "leave out `required` or `fallback`",
        ));
    }
    if !field.only_if.is_empty() {
        all.push(found(
            "required",
            "what has to be sent cannot be left out for a sibling",
            "use `required-if`",
        ));
    }
    all
}

/// Keys about reading a value that no request can send.
fn unread(place: &Place<'_>) -> Vec<Found> {
    let field = place.field;
    if field.mode != Mode::ReadOnly && field.derive.is_none() {
        return Vec::new();
    }
    let keys = [
        ("lenient", field.lenient),
        ("scalar-as-list", field.scalar_as_list),
        ("folded", field.folded),
        ("delimited", field.delimited.is_some()),
        ("pattern", field.pattern.is_some()),
        ("envelope", field.envelope.is_some()),
        ("reserved", !field.reserved.is_empty()),
        ("blank", field.blank != Blank::Text),
        ("only-if", !field.only_if.is_empty()),
        ("required-if", !field.required_if.is_empty()),
        ("on", field.on != On::Write && field.derive.is_none()),
    ];
    let given = keys.into_iter().filter(|(_, given)| *given);
    given
        .map(|(key, _)| {
            let message = format!(
                "`{key}` says how requests are read, and only the server sets `{}`",
                place.name
            );
            (key, message, "leave it out, or let clients write the field")
        })
        .collect()
}

/// Conditions that a default or another condition contradicts.
fn conditions(place: &Place<'_>) -> Vec<Found> {
    let field = place.field;
    let mut all = Vec::new();
    if !field.only_if.is_empty() && field.default.as_ref().is_some_and(|one| !one.is_null()) {
        all.push(found(
            "default",
            "what has a value only beside a sibling's has no default",
            "leave out `default` or `only-if`",
        ));
    }
    for (sibling, value) in &field.required_if {
        let other = field.only_if.get(sibling);
        if let Some(other) = other.filter(|other| *other != value) {
            let message = format!(
                "it is required where `{sibling}` is `{value}`, and legal only where that is `{other}`"
            );
            all.push(("required-if", message, "name one value in both"));
        }
    }
    all
}

/// Keys that do not fit the stored value.
fn kept(place: &Place<'_>, resolved: &Field) -> Vec<Found> {
    let field = place.field;
    let mut all = Vec::new();
    let kind = kind(&resolved.ty);
    if field.envelope.is_some() && kind.is_object() {
        all.push(found(
            "envelope",
            "an object around an object cannot be told from it",
            "leave it out",
        ));
    }
    if resolved.ty == Type::Id {
        let given = [
            ("nullable", field.nullable),
            ("unique", field.unique.is_some()),
        ];
        let wrong = given.into_iter().filter(|(_, given)| *given);
        all.extend(
            wrong.map(|(key, _)| found(key, "an id always has a value of its own", "leave it out")),
        );
    }
    if resolved.ty == Type::Token && field.nullable {
        let message = "the server makes a token for every object";
        all.push(found("nullable", message, "leave it out"));
    }
    if kind.is_single() && resolved.list {
        all.push(found(
            "type",
            "values of this type stand alone, not in a list",
            "leave out the brackets",
        ));
    }
    if matches!(resolved.ty, Type::ZonedTime { .. })
        && (field.mode != Mode::ReadOnly || field.nullable || field.unique.is_some())
    {
        all.push(found(
            "type",
            "the moment of the create is set by the server",
            "write `mode: read-only`, without `nullable` and `unique`",
        ));
    }
    if field.unique.is_some() && place.group == "objects" {
        all.push(found(
            "unique",
            "only members of a resource can be unique",
            "leave it out",
        ));
    }
    all
}

/// Sources that cannot give a value of the type.
fn sources(context: &Context<'_>, place: &Place<'_>, resolved: &Field) -> Vec<Found> {
    let mut all = Vec::new();
    let text = kind(&resolved.ty).is_set_up() && !resolved.list;
    for source in &place.field.fallback {
        match source {
            Source::Setting { setting } if !context.spec.settings.contains_key(setting) => {
                let message = format!("no setting is called `{setting}`");
                all.push(("fallback", message, "name it below `settings`"));
            }
            Source::Setting { .. } if !text => {
                all.push(found("fallback", "a setting gives a text", "leave it out"));
            }
            Source::Request { request } if !gives(*request, resolved) => {
                let message = match request {
                    RequestSource::User => "the user of a request is an email address",
                    RequestSource::Host => "the host of a request is a name",
                };
                all.push(found("fallback", message, "leave it out"));
            }
            _ => {}
        }
    }
    let parent = context
        .spec
        .resources
        .get(place.owner)
        .is_some_and(|one| one.parent.is_some());
    if place.field.unique == Some(Scope::Parent) && !parent && place.group == "resources" {
        all.push(found(
            "unique",
            "the resource has no parent",
            "write `unique: tenant`",
        ));
    }
    all
}

/// Whether the data of a request is a value of the field.
fn gives(request: RequestSource, field: &Field) -> bool {
    let text = matches!(field.ty, Type::Text { .. } | Type::ExternalId);
    let own = match request {
        RequestSource::User => matches!(field.ty, Type::Email { .. }),
        RequestSource::Host => matches!(field.ty, Type::Host { .. }),
    };
    (text || own) && !field.list
}

#[cfg(test)]
mod tests;
