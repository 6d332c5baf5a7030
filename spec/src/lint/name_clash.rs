//! Lint FP302: rows that claim the same name.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Rows that claim the same name.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP302",
        "two rows claim one name",
        "Two query parameters of one list have the same name, or two resources, objects or tables have names that differ only in case, so that generated code could not tell them apart, or the name of what the document of the API calls refusals or the bodies of another, or a preset list has the name of another type.",
        "give one of them another name",
    ),
    run,
};

use std::collections::BTreeMap;

use crate::kind::built_in;
use crate::syntax::{List, Spec};

fn run(lint: &Lint, context: &mut Context<'_>) {
    for (name, resource) in &context.spec.resources {
        if let Some(list) = &resource.list {
            parameters(lint, context, name, list);
        }
    }
    preset_lists(lint, context);
    types(lint, context);
}

/// Reports clashing query parameters of a list.
fn parameters(lint: &Lint, context: &mut Context<'_>, name: &str, list: &List) {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    for (parameter, path) in claims(list) {
        let whole = [&["resources", name, "list"], path.as_slice()].concat();
        if parameter.is_empty() {
            let message = "a parameter without a name cannot be sent";
            lint.report(context, &whole, message);
        }
        if let Some(first) = seen.insert(parameter, path.join(".")) {
            let message = format!("the parameter `{parameter}` is claimed twice, first at {first}");
            lint.report(context, &whole, message);
        }
    }
}

/// The parameters of a list, with the paths of the rows that define them.
fn claims(list: &List) -> Vec<(&str, Vec<&str>)> {
    let mut rows: Vec<(&str, Vec<&str>)> = Vec::new();
    if let Some(page) = &list.page {
        // A filter that continues the list has a row of its own.
        let own = page.parameters().into_iter().filter(|one| !one.is_filter);
        rows.extend(own.map(|one| (one.name, vec!["page"])));
    }
    if let Some(sort) = &list.sort {
        rows.push((&sort.by, vec!["sort", "by"]));
        rows.push((&sort.order, vec!["sort", "order"]));
    }
    for (key, filter) in &list.filters {
        rows.push((key, vec!["filters", key]));
        for other in &filter.also {
            rows.push((other, vec!["filters", key, "also"]));
        }
    }
    rows
}

/// Reports preset lists with the name of another type.
fn preset_lists(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    let lists = spec.presets.iter().flat_map(|presets| presets.lists.keys());
    for name in lists {
        let others = [
            built_in().any(|known| known == name),
            spec.resources.contains_key(name),
            spec.objects.contains_key(name),
            spec.tables.contains_key(name),
            name.contains('.'),
        ];
        if others.contains(&true) {
            let message = format!("`{name}` as a type is something else");
            let help = "give the list another name";
            lint.report_with(context, &["presets", "lists", name], message, help);
        }
    }
}

/// Reports clashing names of resources, objects and tables.
fn types(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    let groups = [
        ("resources", spec.resources.keys().collect::<Vec<_>>()),
        ("objects", spec.objects.keys().collect()),
        ("tables", spec.tables.keys().collect()),
    ];
    for (group, keys) in groups {
        for key in keys {
            if let Some(whose) = bodies(spec, key) {
                let message = format!("`{key}` is what {whose} are called");
                lint.report(context, &[group, key], message);
            }
            if let Some(first) = names.insert(key.to_ascii_lowercase(), key) {
                let message = format!("the name `{first}` is taken");
                lint.report(context, &[group, key], message);
            }
        }
    }
}

/// What else the name stands for in the document of the API, if anything.
fn bodies(spec: &Spec, name: &str) -> Option<String> {
    let known = |name: &str| spec.resources.contains_key(name) || spec.objects.contains_key(name);
    let bodies = |prefix: &&str| name.strip_prefix(*prefix).is_some_and(known);
    let prefix = ["Create", "Update", "Append"].into_iter().find(bodies);
    match prefix {
        Some(prefix) => Some(format!("bodies of `{}`", &name[prefix.len()..])),
        None => (name == "Problem").then(|| "refusals".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_parameter_has_a_name_of_its_own() {
        check(
            "resources.Shelf.list",
            r#"
filters:
  label: { field: label, op: equals, also: [label] }
                                     ^^^^ FP302: the parameter `label` is claimed twice, first at filters.label

filters:
  "": { field: label, op: equals }
  ^^ FP302: a parameter without a name cannot be sent

sort: { by: "", order: way, keys: [madeAt, label], default: madeAt }
            ^^ FP302: a parameter without a name cannot be sent
"#,
        );
    }

    #[test]
    fn an_object_has_a_name_of_its_own() {
        check(
            "",
            r#"
objects:
  CreateBook: { fields: { x: { type: boolean } } }
  ^^^^^^^^^^ FP302: `CreateBook` is what bodies of `Book` are called
  ^^^^^^^^^^ FP347: no field of a resource holds a `CreateBook`
  Problem: { fields: { x: { type: CreateBook } } }
  ^^^^^^^ FP302: `Problem` is what refusals are called
  ^^^^^^^ FP347: no field of a resource holds a `Problem`
"#,
        );
    }

    #[test]
    fn a_preset_list_has_a_name_of_its_own() {
        check(
            "",
            r#"
presets:
  path: /lists
  lists:
    string: { values: [a] }
    ^^^^^^ FP302: `string` as a type is something else
    = give the list another name
    Shelf: { values: [a] }
    ^^^^^ FP302: `Shelf` as a type is something else
    = give the list another name
    a.b: { values: [a] }
    ^^^ FP302: `a.b` as a type is something else
    = give the list another name

presets: { path: /lists, lists: { Language: { values: [a] } } }
                                  ^^^^^^^^ FP302: `Language` as a type is something else
                                  = give the list another name
resources:
  Shelf:
    fields:
      tongue: { type: Language, nullable: true, derive: { lookup: language } }
                                                ^^^^^^ FP303: the type of `tongue` is not a table

presets: { path: /lists, lists: { tone: { values: [] } } }
"#,
        );
    }
}
