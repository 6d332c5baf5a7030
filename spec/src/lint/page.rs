//! Lint FP309: pages that cannot be walked.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Pages that cannot be walked.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP309",
        "pages that cannot be walked",
        "The page style `id-after` continues a list behind an id: `by` names a filter of the list that compares the id with `op: greater`, and the list has no sort order of its own. `page-number` names its two parameters with `by` and `size`, and with `cursor` a third by which `Link` leads on where a deployment caps a list that is not cut into pages; the style `cursor` names its one with `by`; `limit-offset` has no names to choose. A page has 1 to `max` objects, and `default` is one of these numbers; the styles that show everything have none.",
        "name what the style needs and nothing else",
    ),
    run,
};

use crate::syntax::{List, Op, Page, PageStyle, Resource};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, resource) in &spec.resources {
        let Some(list) = &resource.list else { continue };
        let Some(page) = &list.page else { continue };
        let path = ["resources", name, "list", "page"];
        for (key, message, help) in style(resource, list, page).into_iter().chain(numbers(page)) {
            let path = [path[0], path[1], path[2], path[3], key];
            lint.report_with(context, &path, message, help);
        }
    }
}

/// A key, the problem, and the advice.
type Found = (&'static str, String, String);

fn found(key: &'static str, message: &str, help: &str) -> Found {
    (key, message.to_owned(), help.to_owned())
}

/// Names that a style needs, and names that it does not have.
fn style(resource: &Resource, list: &List, page: &Page) -> Vec<Found> {
    let mut all = Vec::new();
    let filter = page.by.as_ref().and_then(|by| list.filters.get(by));
    let continues =
        filter.is_some_and(|filter| filter.op == Op::Greater && filter.field == resource.id.field);
    let sorted = list.sort.is_some();
    match page.style {
        PageStyle::IdAfter if !continues => {
            let help = format!(
                "add a filter such as `idAfter: {{ field: {}, op: greater }}` and name it here",
                resource.id.field
            );
            let message = "`by` names a filter that continues behind an id";
            all.push(("by", message.to_owned(), help));
        }
        PageStyle::IdAfter => all.extend(sorted.then(|| {
            found(
                "by",
                "a list that continues behind an id has no other order",
                "leave out `sort`, or take another style",
            )
        })),
        PageStyle::Cursor => all.extend((page.by.is_none() || sorted).then(|| {
            found(
                "by",
                "a cursor has a parameter, and the list no other order",
                "name the parameter with `by`, and leave out `sort`",
            )
        })),
        PageStyle::PageNumber => {
            all.extend((page.by.is_none() || page.size.is_none()).then(|| {
                found(
                    "by",
                    "pages have parameters `by` and `size`",
                    "add `by: page, size: pageSize`, as the document calls them",
                )
            }));
        }
        PageStyle::LimitOffset => all.extend(page.by.is_some().then(|| {
            found(
                "by",
                "`by` is not for the style `limit-offset`",
                "its parameters are `limit` and `offset`",
            )
        })),
    }
    if page.style != PageStyle::PageNumber {
        for (key, given) in [("size", &page.size), ("cursor", &page.cursor)] {
            if given.is_some() {
                all.push((
                    key,
                    format!("`{key}` is for the style `page-number`"),
                    "leave it out".to_owned(),
                ));
            }
        }
    }
    all
}

/// Impossible numbers of objects per page.
fn numbers(page: &Page) -> Vec<Found> {
    let mut all = Vec::new();
    let whole = matches!(page.style, PageStyle::Cursor | PageStyle::IdAfter);
    if page.max == 0 {
        all.push(found(
            "max",
            "a page shows 1 object at least",
            "name a greater number",
        ));
    }
    match page.default {
        Some(_) if whole => {
            let message = "this style shows everything, up to what a deployment caps";
            all.push(found("default", message, "leave out `default`"));
        }
        Some(0) => all.push(found(
            "default",
            "a page shows 1 object at least",
            "name a greater number",
        )),
        Some(default) if default > page.max => {
            let message = format!("{default} objects are more than the most, {}", page.max);
            all.push((
                "default",
                message,
                "lower `default` or raise `max`".to_owned(),
            ));
        }
        _ => {}
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn pages_have_room_and_a_way_on() {
        check(
            "resources.Shelf.list",
            r#"
page: { style: limit-offset, default: 30, max: 20 }
                                      ^^ FP309: 30 objects are more than the most, 20
                                      = lower `default` or raise `max`

page: { style: limit-offset, default: 0 }
                                      ^ FP309: a page shows 1 object at least
                                      = name a greater number

page: { style: limit-offset, max: 0 }
                                  ^ FP309: a page shows 1 object at least
                                  = name a greater number

page: { style: limit-offset, size: n }
                                   ^ FP309: `size` is for the style `page-number`
                                   = leave it out

page: { style: limit-offset, cursor: n }
                                     ^ FP309: `cursor` is for the style `page-number`
                                     = leave it out

page: { style: page-number, by: page }
                                ^^^^ FP309: pages have parameters `by` and `size`
                                = add `by: page, size: pageSize`, as the document calls them

page: { style: page-number, default: 30 }
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ FP309: pages have parameters `by` and `size`
      = add `by: page, size: pageSize`, as the document calls them

page: { style: page-number, by: page, size: n, default: 30 }

page: { style: page-number, by: page, size: n, cursor: after, default: 30 }
"#,
        );
    }

    #[test]
    fn a_page_goes_on_behind_something() {
        check(
            "resources.Book",
            r#"
list: { page: { style: id-after, by: after } }
                                     ^^^^^ FP309: `by` names a filter that continues behind an id
                                     = add a filter such as `idAfter: { field: bookId, op: greater }` and name it here

list: { page: { style: cursor, by: after, default: 3 } }
                                                   ^ FP309: this style shows everything, up to what a deployment caps
                                                   = leave out `default`
"#,
        );
    }
}
