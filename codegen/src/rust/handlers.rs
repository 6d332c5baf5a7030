//! Handlers: one per operation, thin over the runtime.

use fieldproof_spec::model::{Resource, Row, Verb};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::doc::doc;
use super::file::{Text, file};
use super::imports::Place;
use crate::plan::Plan;

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
    let name = plan.ty(&resource.name, "");
    let path = plan.path(&resource.name, "");
    let served = served(resource);
    let mut items = Vec::new();
    for operation in ["list", "get", "create", "update", "append", "delete"] {
        let routes: Vec<&Served<'_>> = served.iter().filter(|one| one.name == operation).collect();
        if let Some(first) = routes.first() {
            items.push(handler(plan, &path, first, &routes));
        }
    }
    let text = Text {
        of: &plan.api.name,
        about: &format!("Handlers of `{name}`, one per operation."),
        head: &[],
        items: &items,
    };
    file(&Place::below(plan, &resource.name, "handlers"), &text)
}

fn handler(
    plan: &Plan<'_>,
    resource: &TokenStream,
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
        pub async fn #function(
            ::axum::extract::State(service): ::axum::extract::State<
                ::std::sync::Arc<::fieldproof_runtime::service::Service>,
            >,
            call: ::fieldproof_runtime::service::Call,
        ) -> ::fieldproof_runtime::service::Answer {
            service.#function::<#resource>(call).await
        }
    }
}
