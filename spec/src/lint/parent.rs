//! Lint FP203: unknown or unsuitable resources.

use super::context::{Context, Lint};
use super::inside::held;
use crate::diagnostic::Code;

/// Unknown or unsuitable resources.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP203",
        "unknown or unfit resource",
        "A row names a resource that the spec does not have, or one that does not fit: a parent that is itself a child, a field that should show children and is not a list of them, or children with members that are stored apart, a cascade over what is no child, a delete that leaves children behind.",
        "name a resource that fits, or change what that resource says",
    ),
    run,
};

use indexmap::IndexMap;

use crate::model::{Type, field_type};
use crate::syntax::{Delete, Field, FieldType, Mode, Parent, Resource, Spec};

fn run(lint: &Lint, context: &mut Context<'_>) {
    for (name, resource) in &context.spec.resources {
        if let Some(parent) = &resource.parent {
            above(lint, context, (name, resource), parent);
        }
        if let Some(delete) = &resource.delete {
            cascade(lint, context, name, delete);
        }
    }
    shown(lint, context);
}

/// Checks the relation of a child to its parent.
fn above(
    lint: &Lint,
    context: &mut Context<'_>,
    (name, resource): (&String, &Resource),
    parent: &Parent,
) {
    let path = ["resources", name, "parent", "resource"];
    let Some(above) = context.spec.resources.get(&parent.resource) else {
        let message = format!("no resource is called `{}`", parent.resource);
        return lint.report(context, &path, message);
    };
    if above.parent.is_some() {
        return lint.report(context, &path, "a parent cannot itself be a child");
    }
    let Some(embed) = &parent.embed else { return };
    let path = ["resources", name, "parent", "embed", "field"];
    let shows = above.fields.get(&embed.field).is_some_and(
        |field| matches!(&field.ty, FieldType::List(names) if names == std::slice::from_ref(name)),
    );
    if !shows {
        let (above, field) = (&parent.resource, &embed.field);
        let message = format!("`{above}.{field}` is not a list of `{name}`");
        lint.report(context, &path, message);
    }
    if let Some(hidden) = hidden(context.spec, &resource.fields) {
        let message = format!(
            "`{name}` has `{hidden}`, which not every reader of `{}` may see",
            parent.resource
        );
        let help = "leave out `embed`, or let everybody see the member";
        lint.report_with(context, &path, message, help);
    }
}

/// Checks that a resource is deleted with exactly its children.
fn cascade(lint: &Lint, context: &mut Context<'_>, name: &str, delete: &Delete) {
    let path = ["resources", name, "delete", "cascade"];
    let children = context.spec.resources.iter().filter(|(_, child)| {
        let parent = child.parent.as_ref();
        parent.is_some_and(|parent| parent.resource == *name)
    });
    let children: Vec<&String> = children.map(|(name, _)| name).collect();
    let strangers = delete.cascade.iter().filter(|one| !children.contains(one));
    for child in strangers {
        lint.report(context, &path, format!("`{child}` is no child of `{name}`"));
    }
    let left = children.iter().filter(|one| !delete.cascade.contains(one));
    for child in left {
        let message = format!("deleting a `{name}` would leave its `{child}` behind");
        lint.report(context, &path, message);
    }
}

/// Reports lists of children that the children themselves do not name with `embed`.
fn shown(lint: &Lint, context: &mut Context<'_>) {
    for place in context.fields() {
        let FieldType::List(names) = &place.field.ty else {
            continue;
        };
        let Some(child) = names
            .first()
            .and_then(|child| context.spec.resources.get(child))
        else {
            continue;
        };
        let shown = child.parent.as_ref().is_some_and(|parent| {
            let embed = parent.embed.as_ref();
            parent.resource == place.owner && embed.is_some_and(|embed| embed.field == place.name)
        });
        if !shown {
            let message = format!("`{}` does not say that it is shown here", names[0]);
            let help = "add `parent: { resource: …, embed: { field: … } }` to it";
            lint.report_with(context, &place.path("type"), message, help);
        }
    }
}

/// A member, possibly nested, that is stored apart from what everybody sees.
fn hidden<'s>(spec: &'s Spec, fields: &'s IndexMap<String, Field>) -> Option<&'s str> {
    let inner = fields.values().flat_map(|field| match &field.ty {
        FieldType::Name(name) => vec![name],
        FieldType::List(names) => names.iter().collect(),
        FieldType::Choice(choice) => choice.of.values().collect(),
    });
    let objects = inner.flat_map(|name| {
        let inside = held(spec, name).into_iter();
        std::iter::once(name.as_str()).chain(inside)
    });
    let objects = objects.filter_map(|name| spec.objects.get(name));
    let all = std::iter::once(fields).chain(objects.map(|one| &one.fields));
    let apart = |(_, field): &(&String, &Field)| {
        let ty = field_type(spec, field);
        let kept = matches!(
            ty,
            Ok(Type::Password { .. } | Type::Secret { .. } | Type::Token)
        );
        kept || field.mode == Mode::WriteOnly || field.scope.is_some()
    };
    let mut hidden = all.flatten().filter(apart);
    hidden.next().map(|(name, _)| name.as_str())
}

#[cfg(test)]
mod tests;
