//! paths that collide.

use super::{Context, Lint};
use crate::diagnostic::Code;

/// paths that collide.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP304",
        "paths that collide",
        "Two resources are served on one path, or a path is malformed: it begins with a slash and names in braces the id of each resource above it.",
    ),
    run,
};

use std::collections::BTreeMap;

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    if let Some(presets) = &spec.presets {
        if !presets.path.starts_with('/') {
            lint.report(context, &["presets", "path"], "a path begins with `/`");
        }
        seen.insert(template(&presets.path), "presets");
    }
    for (name, resource) in &spec.resources {
        let path = ["resources", name, "path"];
        if !resource.path.starts_with('/') {
            lint.report(context, &path, "a path begins with `/`");
        }
        let bare = resource.path.trim_end_matches('/');
        if let Some(first) = seen.insert(template(bare), name) {
            let message = format!("`{name}` and `{first}` are served on one path");
            lint.report(context, &path, message);
        }
        let create = resource.create.as_ref();
        if let Some(own) = create.and_then(|create| create.path.as_ref()) {
            let at = ["resources", name, "create", "path"];
            if !own.starts_with('/') || own.contains('{') || resource.parent.is_some() {
                let message = "a create has a plain path of its own only without a parent";
                lint.report(context, &at, message);
            } else if let Some(first) = seen.insert(template(own), name) {
                let message = format!("`{name}` and `{first}` are served on one path");
                lint.report(context, &at, message);
            }
        }
        let above = parameters(&resource.path);
        let expected: Vec<&str> = resource
            .parent
            .iter()
            .filter_map(|parent| spec.resources.get(&parent.resource))
            .map(|parent| parent.id.field.as_str())
            .collect();
        if above != expected {
            let message = match expected.first() {
                Some(id) => {
                    format!("the path of a child names `{{{id}}}` of its parent, and nothing else")
                }
                None => "a path without a parent names nothing in braces".to_owned(),
            };
            lint.report(context, &path, message);
        }
        let other = resource
            .update
            .as_ref()
            .and_then(|update| update.also_path.as_ref());
        if let Some(other) = other {
            let at = ["resources", name, "update", "also-path"];
            if parameters(other).last() != Some(&resource.id.field.as_str()) {
                let message = format!(
                    "another path of an update ends with `{{{}}}`",
                    resource.id.field
                );
                lint.report(context, &at, message);
            }
        }
    }
}

/// The path with every parameter reduced to `{}`.
fn template(path: &str) -> String {
    let steps = path
        .split('/')
        .map(|step| if step.starts_with('{') { "{}" } else { step });
    steps.collect::<Vec<_>>().join("/")
}

/// The names in braces.
fn parameters(path: &str) -> Vec<&str> {
    path.split('/')
        .filter_map(|step| step.strip_prefix('{')?.strip_suffix('}'))
        .collect()
}
