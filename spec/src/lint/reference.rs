//! Lint FP201: unknown fields.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Unknown fields.
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
use crate::syntax::{Derive, List, Resource, Source};

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

/// All fields that a row of the resource names, with the path to the name.
fn named(resource: &Resource) -> Vec<(Vec<String>, String)> {
    let mut named = Named(Vec::new());
    named.stamps(resource);
    named.sources(resource);
    named.people(resource);
    named.rules(resource);
    for field in resource.get.iter().flat_map(|get| get.also.keys()) {
        named.add(&["get", "also", field], field);
    }
    let appended = resource.append.iter().flat_map(|one| &one.fields);
    named.all(&["append", "fields"], appended);
    if let Some(list) = &resource.list {
        named.list(list);
    }
    named.parts(resource);
    named.0
}

/// Names of fields with the paths to them.
struct Named(Vec<(Vec<String>, String)>);

impl Named {
    fn add(&mut self, path: &[&str], field: &str) {
        let path = path.iter().map(|step| (*step).to_owned()).collect();
        self.0.push((path, field.to_owned()));
    }

    /// Adds the names of a list at `path`.
    fn all<'s>(&mut self, path: &[&str], fields: impl IntoIterator<Item = &'s String>) {
        for (part, field) in fields.into_iter().enumerate() {
            let part = part.to_string();
            self.add(&[path, &[part.as_str()]].concat(), field);
        }
    }

    /// Fields that the server sets: the identifier and the times.
    fn stamps(&mut self, resource: &Resource) {
        self.add(&["id", "field"], &resource.id.field);
        if let Some(times) = &resource.times {
            self.add(&["times", "created"], &times.created);
            self.add(&["times", "updated"], &times.updated);
        }
    }

    /// Sources of fallbacks; those inside objects are checked by the lint for fallbacks.
    fn sources(&mut self, resource: &Resource) {
        for (name, field) in &resource.fields {
            for (at, source) in field.fallback.iter().enumerate() {
                let Source::Field { field: from } = source else {
                    continue;
                };
                if !from.contains('.') {
                    let path = ["fields", name, "fallback", &at.to_string(), "field"];
                    self.add(&path, from);
                }
            }
        }
    }

    /// Fields of logins, invitations and watches.
    fn people(&mut self, resource: &Resource) {
        if let Some(login) = &resource.login {
            self.add(&["login", "token"], &login.token);
            self.add(&["login", "user"], &login.user);
            for field in login.needs.keys() {
                self.add(&["login", "while", field], field);
            }
        }
        if let Some(invite) = &resource.invite {
            self.add(&["invite", "when"], &invite.when);
            self.add(&["invite", "to"], &invite.to);
            self.add(&["invite", "sets"], &invite.sets);
        }
        for field in resource.watch.iter().flat_map(|watch| watch.needs.keys()) {
            self.add(&["watch", "while", field], field);
        }
    }

    /// Fields that are unique, exclusive, distinct or bound to a user.
    fn rules(&mut self, resource: &Resource) {
        for (index, unique) in resource.unique.iter().enumerate() {
            self.all(&["unique", &index.to_string(), "fields"], &unique.fields);
        }
        for (index, exclusive) in resource.exclusive.iter().enumerate() {
            for (part, field) in exclusive.fields.iter().enumerate() {
                // A single header of a field is not a field.
                if !field.contains('.') {
                    let (index, part) = (index.to_string(), part.to_string());
                    self.add(&["exclusive", &index, "fields", &part], field);
                }
            }
        }
        let distinct = resource.distinct.iter().flat_map(|one| &one.fields);
        self.all(&["distinct", "fields"], distinct);
        let bound = resource.bound.iter().flat_map(|bound| &bound.fields);
        self.all(&["bound", "fields"], bound);
    }

    /// Fields that a list filters and sorts by.
    fn list(&mut self, list: &List) {
        for (key, filter) in &list.filters {
            let path = ["list", "filters", key];
            self.add(&[&path[..], &["field"]].concat(), &filter.field);
            self.all(&[&path[..], &["or"]].concat(), &filter.or);
            self.all(&[&path[..], &["or-join"]].concat(), &filter.or_join);
        }
        if let Some(sort) = &list.sort {
            self.add(&["list", "sort", "default"], &sort.default);
            self.all(&["list", "sort", "keys"], &sort.keys);
        }
    }

    /// Fields that others are derived from.
    fn parts(&mut self, resource: &Resource) {
        for (name, field) in &resource.fields {
            let path = ["fields", name, "derive"];
            match &field.derive {
                Some(Derive::Lookup { lookup: key }) => {
                    self.add(&[&path[..], &["lookup"]].concat(), key);
                }
                Some(Derive::Join { join: parts }) => {
                    self.all(&[&path[..], &["join"]].concat(), parts);
                }
                None => {}
            }
        }
    }
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
