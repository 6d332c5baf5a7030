//! Lint FP309: pages that cannot be walked.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Pages that cannot be walked.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP309",
        "pages that cannot be walked",
        "Each style of pages has its parameters: `limit-offset` names them itself, and a row names those of another with `by`, `size` and `cursor`, the ones that the style has and no more. A style that continues behind an object needs an order of its own, so the list has no `sort`; where it continues by a filter, `by` names a filter of the list that compares the id with `op: greater`. A page has 1 to `max` objects, and `default` is one of these numbers; styles that have no size show everything and have none.",
        "name what the style needs and nothing else",
    ),
    run,
};

use crate::paging::{Key, Name, PageRole, Takes};
use crate::syntax::{List, Op, Page, Resource};

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
    let facts = page.facts();
    let mut all = Vec::new();
    let lacks = |one: &Takes| match one.name {
        Name::Key(key) => one.needed && page.key(key).is_none(),
        Name::Fixed(_) | Name::Filter(_) => false,
    };
    if facts.takes.iter().any(lacks) {
        let (message, help) = facts.lack;
        all.push(found("by", message, help));
    }
    for one in facts.takes {
        if let Name::Filter(key) = one.name
            && !continues(resource, list, page.key(key))
        {
            let field = &resource.id.field;
            let message = format!(
                "`{}` names a filter that continues behind an id",
                key.as_str()
            );
            let help = format!(
                "add a filter such as `idAfter: {{ field: {field}, op: greater }}` and name it here"
            );
            all.push((key.as_str(), message, help));
        }
    }
    if facts.order.is_some() && list.sort.is_some() {
        let message = format!("a list of the style `{}` has no other order", facts.name);
        let help = "leave out `sort`, or take another style";
        all.push(("by", message, help.to_owned()));
    }
    for key in Key::ALL {
        if page.key(key).is_some() && !facts.reads(key) {
            let key = key.as_str();
            let message = format!("`{key}` is not for the style `{}`", facts.name);
            all.push((key, message, "leave it out".to_owned()));
        }
    }
    all
}

/// Whether a name is that of a filter that selects all objects behind an identifier.
fn continues(resource: &Resource, list: &List, name: Option<&str>) -> bool {
    let filter = name.and_then(|name| list.filters.get(name));
    filter.is_some_and(|filter| filter.op == Op::Greater && filter.field == resource.id.field)
}

/// Impossible numbers of objects per page.
fn numbers(page: &Page) -> Vec<Found> {
    let mut all = Vec::new();
    let whole = !page.facts().has(PageRole::Size);
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
                                   ^ FP309: `size` is not for the style `limit-offset`
                                   = leave it out

page: { style: limit-offset, cursor: n }
                                     ^ FP309: `cursor` is not for the style `limit-offset`
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
