//! Handlers: one per operation, thin over the runtime.

use fieldproof_spec::model::{Resource, Row, Verb};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::doc::doc;
use super::file::file;
use crate::plan::{Plan, type_name};

/// An operation as it is served.
pub(crate) struct Served<'a> {
    pub(crate) name: &'static str,
    pub(crate) verbs: Vec<Verb>,
    pub(crate) path: String,
    pub(crate) about: Option<&'a str>,
    pub(crate) row: &'a Row,
}

/// The operations of a resource; an alias path is an operation of its own.
pub(crate) fn served(resource: &Resource) -> Vec<Served<'_>> {
    let (collection, item) = (resource.path.clone(), resource.item_path());
    let mut all = Vec::new();
    if let Some(list) = &resource.list {
        all.push(Served {
            name: "list",
            verbs: vec![Verb::Get],
            path: collection,
            about: list.about.as_deref(),
            row: &list.row,
        });
    }
    if let Some(get) = &resource.get {
        all.push(Served {
            name: "get",
            verbs: vec![Verb::Get],
            path: item.clone(),
            about: get.about.as_deref(),
            row: &get.row,
        });
    }
    if let Some(create) = &resource.create {
        all.push(Served {
            name: "create",
            verbs: create.verbs.clone(),
            path: resource.create_path().to_owned(),
            about: create.about.as_deref(),
            row: &create.row,
        });
    }
    if let Some(update) = &resource.update {
        let paths = [Some(&item), update.also_path.as_ref()];
        for path in paths.into_iter().flatten() {
            all.push(Served {
                name: "update",
                verbs: update.verbs.clone(),
                path: path.clone(),
                about: update.about.as_deref(),
                row: &update.row,
            });
        }
    }
    if let Some(append) = &resource.append {
        all.push(Served {
            name: "append",
            verbs: append.verbs.clone(),
            path: item.clone(),
            about: append.about.as_deref(),
            row: &append.row,
        });
    }
    if let Some(delete) = &resource.delete {
        all.push(Served {
            name: "delete",
            verbs: vec![Verb::Delete],
            path: item,
            about: delete.about.as_deref(),
            row: &delete.row,
        });
    }
    all
}

/// The text of `handlers.rs`.
pub(super) fn emit(plan: &Plan<'_>, resource: &Resource) -> String {
    let name = type_name(&resource.name);
    let served = served(resource);
    let mut items = Vec::new();
    for operation in ["list", "get", "create", "update", "append", "delete"] {
        let routes: Vec<&Served<'_>> = served.iter().filter(|one| one.name == operation).collect();
        if let Some(first) = routes.first() {
            items.push(handler(plan, &name, first, &routes));
        }
    }
    let imports = quote! {
        use super::#name;
        use axum::extract::State;
        use fieldproof_runtime::service::{Answer, Call, Service};
        use std::sync::Arc;
    };
    file(
        &plan.api.name,
        &format!("Handlers of `{name}`, one per operation."),
        imports,
        &items,
    )
}

fn handler(
    plan: &Plan<'_>,
    name: &Ident,
    first: &Served<'_>,
    routes: &[&Served<'_>],
) -> TokenStream {
    let routes: Vec<String> = routes
        .iter()
        .map(|route| {
            let verbs: Vec<&str> = route.verbs.iter().map(|verb| verb.as_str()).collect();
            format!("`{} {}`", verbs.join(", "), route.path)
        })
        .collect();
    let text = match first.about {
        Some(about) => format!("{}: {}", routes.join(" and "), about),
        None => routes.join(" and "),
    };
    let doc = doc(plan, &text, Some(first.row));
    let function = format_ident!("{}", first.name);
    quote! {
        #doc
        ///
        /// # Errors
        /// A problem (RFC 9457) that says why the request is refused.
        pub async fn #function(State(service): State<Arc<Service>>, call: Call) -> Answer {
            service.#function::<#name>(call).await
        }
    }
}
