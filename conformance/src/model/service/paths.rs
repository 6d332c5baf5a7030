//! Paths and the operations at them.

use fieldproof_spec::model::{Api, Operation, Resource, Verb};

use super::refusal::decode;

/// The operations of a resource with their methods and paths.
pub(crate) fn operations(resource: &Resource) -> Vec<(Operation, Vec<Verb>, String)> {
    let (collection, item) = (resource.path.clone(), resource.item_path());
    let mut all = Vec::new();
    if resource.list.is_some() {
        all.push((Operation::List, vec![Verb::Get], collection.clone()));
    }
    if resource.get.is_some() {
        all.push((Operation::Get, vec![Verb::Get], item.clone()));
    }
    if let Some(create) = &resource.create {
        let path = resource.create_path().to_owned();
        all.push((Operation::Create, create.verbs.clone(), path));
    }
    if let Some(update) = &resource.update {
        all.push((Operation::Update, update.verbs.clone(), item.clone()));
        if let Some(path) = &update.also_path {
            all.push((Operation::Update, update.verbs.clone(), path.clone()));
        }
    }
    if let Some(append) = &resource.append {
        all.push((Operation::Append, append.verbs.clone(), item.clone()));
    }
    if resource.delete.is_some() {
        all.push((Operation::Delete, vec![Verb::Delete], item));
    }
    all
}

/// Whether a request is documented to change or remove an existing object.
pub(crate) fn is_change(api: &Api, method: &str, path: &str) -> bool {
    let all: Vec<_> = api
        .resources
        .iter()
        .flat_map(|resource| {
            operations(resource)
                .into_iter()
                .map(move |one| (resource, one))
        })
        .collect();
    // A literal path takes precedence over one with a parameter.
    let plain = all.iter().any(|(_, (_, _, own))| own == path);
    all.iter().any(|(resource, (operation, verbs, own))| {
        let mut spellings = resource.spellings(own).into_iter();
        let here = match plain {
            true => own == path,
            false => spellings.any(|one| fits(&one, path).is_some()),
        };
        operation.is_change() && here && verbs.iter().any(|verb| verb.as_str() == method)
    })
}

/// The values of a template's parameters in `path`.
pub(super) fn fits(template: &str, path: &str) -> Option<Vec<String>> {
    let (template, path): (Vec<&str>, Vec<&str>) =
        (template.split('/').collect(), path.split('/').collect());
    if template.len() != path.len() {
        return None;
    }
    let mut ids = Vec::new();
    for (expected, found) in template.iter().zip(path) {
        match expected.starts_with('{') {
            true if !found.is_empty() => ids.push(decode(found)?),
            false if *expected == found => {}
            _ => return None,
        }
    }
    Some(ids)
}

/// The path of an object.
pub(crate) fn path(resource: &Resource, ids: &[String]) -> String {
    fill(&resource.item_path(), ids)
}

/// A path template with its parameters replaced by identifiers, outermost first.
pub(crate) fn fill(template: &str, ids: &[String]) -> String {
    let mut ids = ids.iter();
    let segments = template
        .split('/')
        .map(|segment| match segment.starts_with('{') {
            true => ids.next().map_or("", String::as_str),
            false => segment,
        });
    segments.collect::<Vec<_>>().join("/")
}

/// The resources from the outermost parent down to this one.
pub(super) fn line<'a>(api: &'a Api, resource: &'a Resource) -> Vec<&'a Resource> {
    let above = resource
        .parent
        .as_ref()
        .and_then(|parent| api.resource(&parent.resource));
    let mut all = above.map(|above| line(api, above)).unwrap_or_default();
    all.push(resource);
    all
}
