//! Where the model breaks the promise of an obligation.

use fieldproof_spec::model::{Api, Derive, Type};

use crate::check::path;
use crate::obligation::Obligation;

/// The resource and the member in which the model breaks the promise.
pub(super) fn of(api: &Api, owner: &Obligation) -> (String, String) {
    let first = || api.resources.first().map_or("", |one| &one.name).to_owned();
    let (resource, member) = (owner.resource.clone(), owner.member.clone());
    match owner.check {
        // A member of a nested object is broken where the object stands.
        "nested" | "kept-inside" | "conditional" | "secret" | "called" => {
            let object = member.split('.').next().unwrap_or_default();
            let first = path(api, object).map(|(_, path)| path[0].name.clone());
            (resource, first.unwrap_or(member))
        }
        "table" => {
            let (table, column) = member.split_once('.').unwrap_or_default();
            let own = api.resource(&resource).into_iter();
            let mut fields = own.flat_map(|one| &one.fields);
            let shows = fields.find(|field| match &field.derive {
                Some(Derive::Lookup {
                    table: name,
                    column: by,
                    ..
                }) => name == table && (by == column || matches!(field.ty, Type::TableRow(_))),
                _ => false,
            });
            (
                resource,
                shows.map_or(member.clone(), |field| field.name.clone()),
            )
        }
        "presets" | "entry" | "credentials" | "explained" => (first(), String::new()),
        "combination" => {
            let at: usize = member.parse().unwrap_or_default();
            let unique = api.resource(&resource).and_then(|one| one.unique.get(at));
            let last = unique.and_then(|unique| unique.fields.last().cloned());
            (resource, last.unwrap_or_default())
        }
        "command" => {
            let at: usize = member.parse().unwrap_or_default();
            let operation = api.commands.get(at).map(|one| one.operation.clone());
            (resource, operation.unwrap_or_default())
        }
        "embedded" | "cascade" | "parent" => {
            let child = match owner.check {
                "embedded" => {
                    let own = api.resource(&resource).and_then(|one| one.field(&member));
                    match own.map(|field| &field.ty) {
                        Some(Type::Child(name)) => name.clone(),
                        _ => resource,
                    }
                }
                _ => resource,
            };
            (child, String::new())
        }
        "example"
            if api
                .resource(&resource)
                .is_some_and(|one| one.parent.is_some()) =>
        {
            let at: usize = member.parse().unwrap_or_default();
            let printed = api.examples.get(at).and_then(|one| one.value.as_object());
            let own = api.resource(&resource).into_iter();
            let mut fields = own.flat_map(|one| &one.fields);
            let written = fields.find(|field| {
                let value = printed.and_then(|map| map.get(&field.name));
                field.on_create() && !field.required && value.is_some_and(|one| !one.is_null())
            });
            (
                resource,
                written.map_or(String::new(), |field| field.name.clone()),
            )
        }
        _ if whole(owner.check) || owner.check.starts_with("watch") => (resource, String::new()),
        _ => (resource, member),
    }
}

/// Checks whose promise is one of the whole resource.
fn whole(check: &str) -> bool {
    matches!(
        check,
        "exclusive"
            | "lookup"
            | "distinct"
            | "interval"
            | "loaded"
            | "bound"
            | "listed"
            | "pages"
            | "enveloped"
            | "limits"
            | "apart"
            | "login"
            | "by-scope"
            | "invited"
            | "identifier"
            | "methods"
            | "example"
            | "history"
            | "lost-update"
            | "at-once"
            | "together"
            | "zoned"
            | "stand-in"
    )
}
