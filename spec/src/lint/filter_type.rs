//! filter on a type that cannot carry it.

use super::{Context, Lint};
use crate::diagnostic::Code;

/// filter on a type that cannot carry it.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP301",
        "filter on a type that cannot carry it",
        "A filter compares a field whose type has no such comparison: equals is for single values, equals-folded for texts, contains-words for texts, has-all for lists of a closed list of texts, greater, at-least and less for numbers, date-times and ids that increase; lists, maps and objects cannot be compared, nor what not every caller sees. or-join is for a field derived by join, and names the same parts in another order.",
    ),
    run,
};

use crate::model::{Type, field_type};
use crate::syntax::{Derive, FieldType, IdKind, Mode, Op};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, resource) in &spec.resources {
        let Some(list) = &resource.list else { continue };
        for (key, filter) in &list.filters {
            let Some(field) = resource.fields.get(&filter.field) else {
                continue;
            };
            let Ok(ty) = field_type(spec, field) else {
                continue;
            };
            let base = ["resources", name, "list", "filters", key];
            let at = |step: &'static str| base.iter().copied().chain([step]).collect::<Vec<_>>();
            let text = matches!(
                ty,
                Type::Text { .. }
                    | Type::Values(_)
                    | Type::Email { .. }
                    | Type::Phone
                    | Type::ExternalId
                    | Type::Preset(_)
                    | Type::Name
                    | Type::Choice { .. }
            );
            let single = text
                || matches!(
                    ty,
                    Type::Id | Type::Boolean | Type::Integer { .. } | Type::Key { .. }
                );
            let list = matches!(field.ty, FieldType::List(_));
            let carries = match filter.op {
                Op::Equals => single,
                Op::EqualsFolded => text,
                Op::ContainsWords => text,
                Op::HasAll => matches!(ty, Type::Values(_)),
                Op::Greater | Op::AtLeast | Op::Less => {
                    matches!(
                        ty,
                        Type::Integer { .. }
                            | Type::Decimal { .. }
                            | Type::DateTime(_)
                            | Type::ZonedTime { .. }
                    ) || ty == Type::Id && resource.id.kind == IdKind::Increasing
                }
            };
            if list != (filter.op == Op::HasAll)
                || !carries
                || field.mode == Mode::WriteOnly
                || field.scope.is_some()
            {
                let message = format!("`{}` cannot be compared like this", filter.field);
                lint.report(context, &at("op"), message);
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
