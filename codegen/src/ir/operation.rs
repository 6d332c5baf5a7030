//! Operations and their routes.

use std::collections::BTreeMap;

use fieldproof_spec::model::{Operation as Kind, Resource, Verb};
use quote::quote;
use serde::Serialize;

use super::code::{Code, Name};
use super::doc::{Doc, continued};
use crate::plan::Plan;

/// An operation of a resource at one of its paths.
pub(crate) struct Operation<'a> {
    pub(crate) kind: Kind,
    pub(crate) verbs: Vec<Verb>,
    pub(crate) path: String,
    pub(crate) about: Option<&'a String>,
    pub(crate) row: &'a fieldproof_spec::model::Row,
}

/// A function that answers requests.
#[derive(Debug, Serialize)]
pub(crate) struct Handler {
    pub(crate) name: Name,
    pub(crate) doc: Doc,
}

/// The handlers of a path.
#[derive(Debug, Serialize)]
pub(crate) struct Route {
    /// The spellings of the path.
    pub(crate) paths: Vec<String>,
    /// The functions of the runtime that add a handler, each with the path of the handler.
    pub(crate) handlers: Vec<(Name, Code)>,
}

/// The operations of a resource; each alias path is a separate operation.
pub(crate) fn operations(resource: &Resource) -> Vec<Operation<'_>> {
    Kind::ALL
        .into_iter()
        .flat_map(|kind| operation(resource, kind))
        .collect()
}

fn operation(resource: &Resource, kind: Kind) -> Vec<Operation<'_>> {
    let item = resource.item_path();
    let found = match kind {
        Kind::List => resource.list.as_ref().map(|list| {
            (
                vec![Verb::Get],
                resource.path.clone(),
                &list.about,
                &list.row,
            )
        }),
        Kind::Get => resource
            .get
            .as_ref()
            .map(|get| (vec![Verb::Get], item, &get.about, &get.row)),
        Kind::Create => resource.create.as_ref().map(|create| {
            let path = resource.create_path().to_owned();
            (create.verbs.clone(), path, &create.about, &create.row)
        }),
        Kind::Update => resource
            .update
            .as_ref()
            .map(|update| (update.verbs.clone(), item, &update.about, &update.row)),
        Kind::Append => resource
            .append
            .as_ref()
            .map(|append| (append.verbs.clone(), item, &append.about, &append.row)),
        Kind::Delete => resource
            .delete
            .as_ref()
            .map(|delete| (vec![Verb::Delete], item, &delete.about, &delete.row)),
    };
    let Some((verbs, path, about, row)) = found else {
        return Vec::new();
    };
    let update = resource.update.as_ref().filter(|_| kind == Kind::Update);
    let alias = update.and_then(|update| update.also_path.clone());
    let paths = [Some(path), alias].into_iter().flatten();
    paths
        .map(|path| Operation {
            kind,
            verbs: verbs.clone(),
            path,
            about: about.as_ref(),
            row,
        })
        .collect()
}

/// The handlers of a resource, one per operation.
pub(super) fn handlers(plan: &Plan<'_>, resource: &Resource) -> Vec<Handler> {
    let all = Kind::ALL.into_iter().filter_map(|kind| {
        let routes = operation(resource, kind);
        let first = routes.first()?;
        let paths: Vec<String> = routes
            .iter()
            .map(|route| {
                let verbs: Vec<&str> = route.verbs.iter().map(|verb| verb.as_str()).collect();
                format!("`{} {}`", verbs.join(", "), route.path)
            })
            .collect();
        let mut paths = paths.join(" and ");
        if resource.path.ends_with('/') {
            paths.push_str(", with or without the trailing slash");
        }
        Some(Handler {
            name: Name(kind.as_str().to_owned()),
            doc: Doc {
                text: match first.about {
                    Some(about) => format!("{paths}: {}", continued(about)),
                    None => paths,
                },
                source: plan.source(first.row),
            },
        })
    });
    all.collect()
}

/// All paths with their handlers, in the order of the spec.
pub(super) fn routes(plan: &Plan<'_>) -> Vec<Route> {
    type Handlers<'a> = BTreeMap<Verb, (&'a str, Kind)>;
    let mut paths: Vec<(String, Handlers<'_>)> = Vec::new();
    for resource in &plan.api.resources {
        for one in operations(resource) {
            for spelling in resource.spellings(&one.path) {
                let known = paths.iter().position(|(path, _)| *path == spelling);
                let at = known.unwrap_or_else(|| {
                    paths.push((spelling, Handlers::new()));
                    paths.len() - 1
                });
                let handlers = one
                    .verbs
                    .iter()
                    .map(|verb| (*verb, (&*resource.name, one.kind)));
                paths[at].1.extend(handlers);
            }
        }
    }
    let mut all: Vec<(Vec<String>, Handlers<'_>)> = Vec::new();
    for (path, handlers) in paths {
        let alike = |one: &String| one.trim_end_matches('/') == path.trim_end_matches('/');
        let same = |(paths, other): &&mut (Vec<String>, _)| alike(&paths[0]) && *other == handlers;
        match all.iter_mut().find(same) {
            Some((paths, _)) => paths.push(path),
            None => all.push((vec![path], handlers)),
        }
    }
    let one = |(paths, handlers): (Vec<String>, Handlers<'_>)| {
        let handlers = handlers.into_iter().map(|(verb, (resource, kind))| {
            let (place, function) = (plan.place(resource), Name(kind.as_str().to_owned()));
            let method = match (verb, kind) {
                (Verb::Patch, Kind::Append) => Name("patch_append".to_owned()),
                _ => Name(verb.as_str().to_lowercase()),
            };
            (method, quote!(#place::handlers::#function).into())
        });
        Route {
            paths,
            handlers: handlers.collect(),
        }
    };
    all.into_iter().map(one).collect()
}
