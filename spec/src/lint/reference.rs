//! unknown field.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// unknown field.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP201",
        "unknown field",
        "A row names a field that its resource does not have: the field a filter compares, a sort key, a part of a derived field, the id, a stamped time, a part of a unique combination, one of exclusive or bound fields, a field of a login, of an invitation or of an append, or the field that a fallback takes its value from.",
        "name a field that the resource has",
    ),
    run,
};

use crate::diagnostic::nearest;
use crate::syntax::{Derive, Resource, Source};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, resource) in &spec.resources {
        for (path, field) in named(resource) {
            let keys = || resource.fields.keys().map(String::as_str);
            if keys().any(|key| key == field) {
                continue;
            }
            let path: Vec<&str> = ["resources", name]
                .into_iter()
                .chain(path.iter().map(String::as_str))
                .collect();
            let message = format!("`{name}` has no field `{field}`");
            let help = match nearest(&field, keys()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its fields: {}", keys().collect::<Vec<_>>().join(", ")),
            };
            lint.report_with(context, &path, message, help);
        }
    }
}

/// Every field that a row of the resource names, with the path to the name.
fn named(resource: &Resource) -> Vec<(Vec<String>, String)> {
    let mut all: Vec<(Vec<String>, String)> = Vec::new();
    let mut add = |path: &[&str], field: &str| {
        all.push((
            path.iter().map(|step| (*step).to_owned()).collect(),
            field.to_owned(),
        ));
    };
    add(&["id", "field"], &resource.id.field);
    if let Some(times) = &resource.times {
        add(&["times", "created"], &times.created);
        add(&["times", "updated"], &times.updated);
    }
    for (index, unique) in resource.unique.iter().enumerate() {
        for (part, field) in unique.fields.iter().enumerate() {
            add(
                &["unique", &index.to_string(), "fields", &part.to_string()],
                field,
            );
        }
    }
    for (part, field) in resource
        .bound
        .iter()
        .flat_map(|bound| &bound.fields)
        .enumerate()
    {
        add(&["bound", "fields", &part.to_string()], field);
    }
    for (name, field) in &resource.fields {
        for (at, source) in field.fallback.iter().enumerate() {
            if let Source::Field { field: from } = source
                && !from.contains('.')
            {
                add(
                    &["fields", name, "fallback", &at.to_string(), "field"],
                    from,
                );
            }
        }
    }
    for (part, field) in resource
        .append
        .iter()
        .flat_map(|one| &one.fields)
        .enumerate()
    {
        add(&["append", "fields", &part.to_string()], field);
    }
    if let Some(login) = &resource.login {
        add(&["login", "token"], &login.token);
        add(&["login", "user"], &login.user);
        for field in login.needs.keys() {
            add(&["login", "while", field], field);
        }
    }
    if let Some(invite) = &resource.invite {
        add(&["invite", "when"], &invite.when);
        add(&["invite", "to"], &invite.to);
        add(&["invite", "sets"], &invite.sets);
    }
    for field in resource.watch.iter().flat_map(|watch| watch.needs.keys()) {
        add(&["watch", "while", field], field);
    }
    for (index, exclusive) in resource.exclusive.iter().enumerate() {
        for (part, field) in exclusive.fields.iter().enumerate() {
            let (index, part) = (index.to_string(), part.to_string());
            if field.contains('.') {
                continue;
            }
            add(&["exclusive", &index, "fields", &part], field);
        }
    }
    for (part, field) in resource
        .distinct
        .iter()
        .flat_map(|one| &one.fields)
        .enumerate()
    {
        add(&["distinct", "fields", &part.to_string()], field);
    }
    for field in resource.get.iter().flat_map(|get| get.also.keys()) {
        add(&["get", "also", field], field);
    }
    if let Some(list) = &resource.list {
        for (key, filter) in &list.filters {
            add(&["list", "filters", key, "field"], &filter.field);
            for (part, field) in filter.or.iter().enumerate() {
                add(&["list", "filters", key, "or", &part.to_string()], field);
            }
            for (part, field) in filter.or_join.iter().enumerate() {
                add(
                    &["list", "filters", key, "or-join", &part.to_string()],
                    field,
                );
            }
        }
        if let Some(sort) = &list.sort {
            add(&["list", "sort", "default"], &sort.default);
            for (index, key) in sort.keys.iter().enumerate() {
                add(&["list", "sort", "keys", &index.to_string()], key);
            }
        }
    }
    for (name, field) in &resource.fields {
        match &field.derive {
            Some(Derive::Lookup { lookup: key }) => add(&["fields", name, "derive", "lookup"], key),
            Some(Derive::Join { join: parts }) => {
                for (part, field) in parts.iter().enumerate() {
                    add(
                        &["fields", name, "derive", "join", &part.to_string()],
                        field,
                    );
                }
            }
            None => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_field_is_known() {
        check(
            "resources.Shelf.list",
            r#"
filters:
  label: { field: lable, op: equals-folded }
                  ^^^^^ FP201: `Shelf` has no field `lable`
                  = did you mean `label`?
"#,
        );
    }
}
