//! pages that cannot be walked.

use super::{Context, Lint};
use crate::diagnostic::Code;

/// pages that cannot be walked.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP309",
        "pages that cannot be walked",
        "The page style `id-after` continues a list behind an id: `by` names a filter of the list that compares the id with `op: greater`, and the list has no sort order of its own. `page-number` names its two parameters with `by` and `size`, `cursor` its one with `by`; `limit-offset` has no names to choose. The members of an envelope that count are for `page-number`.",
    ),
    run,
};

use crate::syntax::{Op, PageStyle};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, resource) in &spec.resources {
        let Some(list) = &resource.list else { continue };
        let Some(page) = &list.page else { continue };
        let path = ["resources", name, "list", "page", "by"];
        let filter = page.by.as_ref().and_then(|by| list.filters.get(by));
        let continues = filter
            .is_some_and(|filter| filter.op == Op::Greater && filter.field == resource.id.field);
        match page.style {
            PageStyle::IdAfter if !continues => {
                let message = "`by` names a filter that continues behind an id";
                let help = format!(
                    "add a filter such as `idAfter: {{ field: {}, op: greater }}` and name it here",
                    resource.id.field
                );
                lint.report_with(context, &path, message, help);
            }
            PageStyle::IdAfter if list.sort.is_some() => {
                let message = "a list that continues behind an id has no other order";
                lint.report(context, &path, message);
            }
            PageStyle::Cursor if page.by.is_none() || list.sort.is_some() => {
                let message = "a cursor has a parameter, and the list no other order";
                lint.report(context, &path, message);
            }
            PageStyle::PageNumber if page.by.is_none() || page.size.is_none() => {
                lint.report(context, &path, "pages have parameters `by` and `size`");
            }
            PageStyle::LimitOffset if page.by.is_some() => {
                lint.report(context, &path, "`by` is not for the style `limit-offset`");
            }
            _ => {}
        }
    }
}
