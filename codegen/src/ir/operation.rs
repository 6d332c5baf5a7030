//! Operations and their routes.

use std::collections::BTreeMap;

use fieldproof_spec::model::{Operation as Kind, Resource, Verb};
use quote::quote;
use serde::Serialize;

use super::code::{Code, Name};
use super::doc::Doc;
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

/// A path and its handlers.
#[derive(Debug, Serialize)]
pub(crate) struct Route {
    pub(crate) path: String,
    /// The methods of the router, each with the path of its handler.
    pub(crate) handlers: Vec<(Name, Code)>,
    /// The value of `Allow`.
    pub(crate) allow: String,
    /// Whether `PATCH` adds to lists.
    pub(crate) appends: bool,
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
        let paths = paths.join(" and ");
        Some(Handler {
            name: Name(kind.as_str().to_owned()),
            doc: Doc {
                text: match first.about {
                    Some(about) => format!("{paths}: {about}"),
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
    type Handlers<'a> = BTreeMap<Verb, (&'a Resource, Kind)>;
    let mut paths: Vec<(String, Handlers<'_>)> = Vec::new();
    for resource in &plan.api.resources {
        for one in operations(resource) {
            for spelling in resource.spellings(&one.path) {
                let known = paths.iter().position(|(path, _)| *path == spelling);
                let at = known.unwrap_or_else(|| {
                    paths.push((spelling, Handlers::new()));
                    paths.len() - 1
                });
                let handlers = one.verbs.iter().map(|verb| (*verb, (resource, one.kind)));
                paths[at].1.extend(handlers);
            }
        }
    }
    let one = |(path, handlers): (String, Handlers<'_>)| {
        let mut methods: Vec<&str> = handlers.keys().map(|verb| verb.as_str()).collect();
        if methods.contains(&"GET") {
            methods.push("HEAD");
        }
        methods.push("OPTIONS");
        methods.sort_unstable();
        let appends = handlers.values().any(|(_, kind)| *kind == Kind::Append);
        let handlers = handlers.into_iter().map(|(verb, (resource, kind))| {
            let (place, function) = (plan.place(&resource.name), Name(kind.as_str().to_owned()));
            let method = Name(verb.as_str().to_lowercase());
            (method, quote!(#place::handlers::#function).into())
        });
        Route {
            path,
            handlers: handlers.collect(),
            allow: methods.join(", "),
            appends,
        }
    };
    paths.into_iter().map(one).collect()
}
