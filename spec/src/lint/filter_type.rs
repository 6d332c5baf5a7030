//! Lint FP301: filters that the type of their field does not support.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Filters that the type of their field does not support.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP301",
        "filter on a type that cannot carry it",
        "A filter compares a field whose type has no such comparison: equals is for single values, equals-folded for texts, contains-words for texts but external ids, has-all for lists of a closed list of texts, those of an order for numbers, dates, date-times and ids that increase; lists, maps and objects cannot be compared, nor what not every caller sees. A comma divides the values of has-all. Fields joined by or are compared alike. Another field that a read finds an object by is a text under equals or equals-folded. or-join is for a field derived by join, and names the same parts in another order; max-items is for contains-words and has-all, which take several words or values.",
        "take an `op` that the type has, or compare another field",
    ),
    run,
};

use crate::kind::kind;
use crate::model::{Type, field_type};
use crate::syntax::{Asks, Derive, Field, FieldType, Mode, Resource, Spec};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, resource) in &spec.resources {
        looked_up(lint, context, name, resource);
        let Some(list) = &resource.list else { continue };
        for (key, filter) in &list.filters {
            let Some(field) = resource.fields.get(&filter.field) else {
                continue;
            };
            let base = ["resources", name, "list", "filters", key];
            let at = |step: &'static str| base.iter().copied().chain([step]).collect::<Vec<_>>();
            if !carries(spec, resource, field, filter.op.asks()) {
                let message = format!("`{}` cannot be compared like this", filter.field);
                lint.report(context, &at("op"), message);
            }
            for (part, other) in filter.or.iter().enumerate() {
                let other_field = resource.fields.get(other);
                let unlike = |other: &Field| {
                    let kinds = [field_type(spec, field), field_type(spec, other)];
                    matches!(kinds, [Ok(one), Ok(other)] if kind(&one).compared_as() != kind(&other).compared_as())
                };
                if other_field.is_some_and(|one| {
                    !carries(spec, resource, one, filter.op.asks()) || unlike(one)
                }) {
                    let part = part.to_string();
                    let path: Vec<&str> = base.into_iter().chain(["or", &part]).collect();
                    lint.report(
                        context,
                        &path,
                        format!("`{other}` cannot be compared like this"),
                    );
                }
            }
            let facts = filter.op.facts();
            let divided = field.values.iter().find(|value| value.contains(','));
            if let Some(value) = divided.filter(|_| facts.asks == Asks::Several) {
                let message =
                    format!("a comma divides the values of this filter, and `{value}` has one");
                lint.report(context, &at("op"), message);
            }
            if filter.max_items.is_some() && facts.counted.is_none() {
                let message = "`max-items` is for filters of several words or values";
                lint.report(context, &at("max-items"), message);
            }
            if !filter.or_join.is_empty() {
                let same = match &field.derive {
                    Some(Derive::Join { join: parts }) => {
                        let sorted = |parts: &[String]| {
                            let mut parts = parts.to_vec();
                            parts.sort();
                            parts
                        };
                        sorted(parts) == sorted(&filter.or_join)
                    }
                    _ => false,
                };
                if !same {
                    let message = "`or-join` names the parts of a joined field in another order";
                    lint.report(context, &at("or-join"), message);
                }
            }
        }
    }
}

/// Checks the fields by which a read finds an object.
fn looked_up(lint: &Lint, context: &mut Context<'_>, name: &str, resource: &Resource) {
    let spec = context.spec;
    for (key, op) in resource.get.iter().flat_map(|get| &get.also) {
        let Some(field) = resource.fields.get(key) else {
            continue;
        };
        if !op.asks().is_equality()
            || *key == resource.id.field
            || !carries(spec, resource, field, Asks::Folded)
        {
            let path = ["resources", name, "get", "also", key];
            let message = format!(
                "`{key}` is not a text that finds an object by `equals` or `equals-folded`"
            );
            lint.report(context, &path, message);
        }
    }
}

/// Whether the field has this comparison, and every caller may use it.
fn carries(spec: &Spec, resource: &Resource, field: &Field, asks: Asks) -> bool {
    // An unknown type is reported by another lint.
    let Ok(ty) = field_type(spec, field) else {
        return true;
    };
    let kind = kind(&ty);
    let carries = match asks.is_range() && ty == Type::Id {
        true => resource.id.kind.is_ranged(),
        false => kind.carries(asks),
    };
    let list = matches!(field.ty, FieldType::List(_));
    let shown = field.mode != Mode::WriteOnly && field.scope.is_none();
    carries && shown && list == (asks == Asks::Several)
}

#[cfg(test)]
mod tests;
