//! unknown or unfit resource.

use super::context::{Context, Lint};
use super::inside::held;
use crate::diagnostic::Code;

/// unknown or unfit resource.
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
use crate::syntax::{Field, FieldType, Mode, Spec};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, resource) in &spec.resources {
        if let Some(parent) = &resource.parent {
            let path = ["resources", name, "parent", "resource"];
            match spec.resources.get(&parent.resource) {
                None => lint.report(
                    context,
                    &path,
                    format!("no resource is called `{}`", parent.resource),
                ),
                Some(above) if above.parent.is_some() => {
                    lint.report(context, &path, "a parent cannot itself be a child");
                }
                Some(above) => {
                    if let Some(embed) = &parent.embed {
                        let shows = above.fields.get(&embed.field).is_some_and(
                            |field| matches!(&field.ty, FieldType::List(names) if names == std::slice::from_ref(name)),
                        );
                        if !shows {
                            let path = ["resources", name, "parent", "embed", "field"];
                            let message = format!(
                                "`{}.{}` is not a list of `{name}`",
                                parent.resource, embed.field
                            );
                            lint.report(context, &path, message);
                        }
                        if let Some(hidden) = hidden(spec, &resource.fields) {
                            let path = ["resources", name, "parent", "embed", "field"];
                            let message = format!(
                                "`{name}` has `{hidden}`, which not every reader of `{}` may see",
                                parent.resource
                            );
                            let help = "leave out `embed`, or let everybody see the member";
                            lint.report_with(context, &path, message, help);
                        }
                    }
                }
            }
        }
        let children = spec.resources.iter().filter(|(_, child)| {
            child
                .parent
                .as_ref()
                .is_some_and(|parent| parent.resource == *name)
        });
        let children: Vec<&String> = children.map(|(name, _)| name).collect();
        if let Some(delete) = &resource.delete {
            let path = ["resources", name, "delete", "cascade"];
            for child in delete
                .cascade
                .iter()
                .filter(|child| !children.contains(child))
            {
                lint.report(context, &path, format!("`{child}` is no child of `{name}`"));
            }
            for child in children
                .iter()
                .filter(|child| !delete.cascade.contains(child))
            {
                lint.report(
                    context,
                    &path,
                    format!("deleting a `{name}` would leave its `{child}` behind"),
                );
            }
        }
    }
    for place in context.fields() {
        let FieldType::List(names) = &place.field.ty else {
            continue;
        };
        let Some(child) = names.first().and_then(|child| spec.resources.get(child)) else {
            continue;
        };
        let shown = child.parent.as_ref().is_some_and(|parent| {
            parent.resource == place.owner
                && parent
                    .embed
                    .as_ref()
                    .is_some_and(|embed| embed.field == place.name)
        });
        if !shown {
            let message = format!("`{}` does not say that it is shown here", names[0]);
            lint.report_with(
                context,
                &place.path("type"),
                message,
                "add `parent: { resource: …, embed: { field: … } }` to it",
            );
        }
    }
}

/// A member, also inside of objects, that is stored apart from what everybody sees.
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
