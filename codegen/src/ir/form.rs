//! What holds for each member, as text. A database notes it, and a migration reads the objects
//! again of which a text changed.

use std::fmt::Write;

use fieldproof_spec::model::{Field, Mode, Resource};

use crate::kind::kind;
use crate::plan::Plan;

/// A member, also inside an object.
pub(super) struct Form {
    /// The names that lead to it, with dots between them.
    pub(super) path: String,
    /// What holds for it.
    pub(super) form: String,
    /// Its name in an earlier version of the spec.
    pub(super) was: Option<String>,
}

impl Form {
    fn new(path: &str, form: String, field: &Field) -> Self {
        Self {
            path: path.to_owned(),
            form,
            was: field.was.clone(),
        }
    }
}

/// The members of a resource, each before those inside it.
pub(super) fn forms(plan: &Plan<'_>, resource: &Resource) -> Vec<Form> {
    let mut all = Vec::new();
    for field in &resource.fields {
        all.push(Form::new(&field.name, of_resource(resource, field), field));
        below(plan, field, &field.name, &mut Vec::new(), &mut all);
    }
    all
}

/// What holds for the value of a member of a resource.
fn of_resource(resource: &Resource, field: &Field) -> String {
    let mut form = form(field);
    if resource.id == field.name {
        let _ = write!(form, ", {:?}", resource.id_kind);
    }
    let groups = resource.exclusive.iter();
    for group in groups.filter(|one| one.fields.contains(&field.name)) {
        let _ = write!(form, ", one of {}", group.fields.join(" "));
    }
    let stamps = resource.times.iter();
    for times in stamps.filter(|one| one.created == field.name || one.updated == field.name) {
        let created = times.created == field.name;
        form.push_str(if created { ", created" } else { ", updated" });
    }
    form
}

/// The members of the objects that a field holds; those of an object inside itself once.
fn below(plan: &Plan<'_>, field: &Field, path: &str, above: &mut Vec<String>, all: &mut Vec<Form>) {
    let kind = kind(&field.ty);
    let chosen = kind.choice().into_iter().flat_map(|choice| &choice.of);
    let of: Vec<&str> = chosen
        .map(|(_, kind)| kind.as_ref())
        .chain([kind.as_ref()])
        .filter_map(|kind| kind.object().or(kind.shared()).or(kind.child()))
        .collect();
    for name in of {
        if above.iter().any(|one| one == name) {
            continue;
        }
        let object = plan.api.object(name);
        let members = object.into_iter().flat_map(|one| &one.fields);
        let members = members.map(|field| (field, form(field)));
        let resource = plan.api.resource(name).filter(|_| object.is_none());
        let children = resource.into_iter().flat_map(|one| {
            let all = one.fields.iter();
            all.map(|field| (field, of_resource(one, field)))
        });
        above.push(name.to_owned());
        for (field, form) in members.chain(children) {
            let path = format!("{path}.{}", field.name);
            all.push(Form::new(&path, form, field));
            below(plan, field, &path, above, all);
        }
        above.pop();
    }
}

/// What holds for the value of a field. What is only read, and how it is documented, makes no
/// difference for stored objects.
fn form(field: &Field) -> String {
    let mut text = format!("{:?}", field.ty);
    let mut add = |holds: bool, what: &str| {
        if holds {
            text.push_str(", ");
            text.push_str(what);
        }
    };
    add(field.list, "list");
    add(field.unique_items, "each once");
    add(field.required, "required");
    add(field.nullable, "or null");
    add(field.stamped, "stamped");
    match field.mode {
        Mode::ReadWrite => {}
        Mode::ReadOnly => add(true, "read-only"),
        Mode::Immutable => add(true, "immutable"),
        Mode::WriteOnly => add(true, "write-only"),
    }
    let mut note = |what: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = write!(text, ", {what} {value}");
        }
    };
    let pairs = |pairs: &[(String, String)]| {
        let pairs = pairs.iter().map(|(name, value)| format!("{name}={value}"));
        let pairs = pairs.collect::<Vec<_>>().join(" ");
        (!pairs.is_empty()).then_some(pairs)
    };
    let reserved = field.reserved.join(" ");
    note("at most", field.max_items.map(|most| most.to_string()));
    note("only for", field.scope.clone());
    note("not", (!reserved.is_empty()).then_some(reserved));
    note("only if", pairs(&field.only_if));
    note("required if", pairs(&field.required_if));
    note(
        "computed as",
        field.derive.as_ref().map(|one| format!("{one:?}")),
    );
    text
}
