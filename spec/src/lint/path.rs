//! Lint FP304: colliding paths.

use super::context::{Context, Lint};
use super::path_text::written;
use crate::diagnostic::Code;
use crate::syntax::Spec;

/// Colliding paths.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP304",
        "paths that collide",
        "Two things are served on one path, whatever the names of its parameters. A path names one parameter for each resource above, and none without a parent; their names are free, only not the one of the identifier that comes behind. Another path of an update has one parameter more.",
        "give one of them another path",
    ),
    run,
};

use std::collections::BTreeMap;

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for Served { place, path } in served(spec) {
        let what = format!("`{}`", owner(&place));
        if let Some(first) = seen.insert(path, what.clone()) {
            let message = match first == what {
                true => format!("{what} is served on this path already"),
                false => format!("{what} and {first} are served on one path"),
            };
            lint.report(context, &place, message);
        }
    }
    for (name, resource) in &spec.resources {
        let place = ["resources", name, "path"];
        let above = parameters(&resource.path);
        let parents = usize::from(resource.parent.is_some());
        if above.len() != parents {
            let parent = resource.parent.as_ref();
            let parent = parent.and_then(|parent| spec.resources.get(&parent.resource));
            let message = match parent {
                Some(parent) => format!(
                    "the path of a child names its parent in braces, such as `{{{}}}`, and nothing else",
                    parent.id.name_in_path()
                ),
                None => "a path without a parent names nothing in braces".to_owned(),
            };
            lint.report(context, &place, message);
        } else if above.contains(&resource.id.name_in_path()) {
            let message = format!(
                "`{{{}}}` is the identifier behind the path",
                resource.id.name_in_path()
            );
            let help =
                "call the parent by another name, such as `{parentId}`: names in braces are free";
            lint.report_with(context, &place, message, help);
        }
        let create = resource.create.as_ref();
        let own = create.and_then(|create| create.path.as_ref());
        if own.is_some_and(|own| own.contains('{') || resource.parent.is_some()) {
            let message = "a create has a plain path of its own only without a parent";
            lint.report(context, &["resources", name, "create", "path"], message);
        }
        if resource
            .watch
            .as_ref()
            .and_then(|watch| watch.keys.as_ref())
            .is_some_and(|keys| keys.contains('{'))
        {
            let message = "the path of keys has no parameters";
            lint.report(context, &["resources", name, "watch", "keys"], message);
        }
        let other = resource
            .update
            .as_ref()
            .and_then(|update| update.also_path.as_ref());
        let ends = |path: &String| {
            parameters(path).len() == parents + 1 && path.trim_end_matches('/').ends_with('}')
        };
        if other.is_some_and(|other| !ends(other)) {
            let message = "another path of an update ends with the identifier in braces";
            let help = format!("write `/…/{{{}}}`", resource.id.name_in_path());
            let place = ["resources", name, "update", "also-path"];
            lint.report_with(context, &place, message, help);
        }
    }
}

/// A served path.
pub(crate) struct Served<'s> {
    /// The path of keys to its place in the spec.
    pub(crate) place: Vec<&'s str>,
    /// The path below the base, with unnamed parameters.
    pub(crate) path: String,
}

/// All paths of collections, objects, and operations with paths of their own.
pub(crate) fn served(spec: &Spec) -> Vec<Served<'_>> {
    let mut all = Vec::new();
    for (place, path) in written(spec) {
        let path = template(path.trim_end_matches('/'));
        let item = format!("{path}/{{}}");
        let collection = place[0] == "resources" && place.len() == 3;
        all.push(Served {
            place: place.clone(),
            path,
        });
        all.extend(collection.then_some(Served { place, path: item }));
    }
    all
}

/// The name of the resource or table that a path belongs to.
fn owner<'s>(place: &[&'s str]) -> &'s str {
    match place[0] {
        "resources" | "tables" => place[1],
        other => other,
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

#[cfg(test)]
mod tests;
