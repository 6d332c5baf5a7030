//! The module of an API: its description and its routes.

use std::collections::BTreeMap;

use fieldproof_spec::model::{
    Api, AuthHeaders, Effect, IfMatch, QueryCredentials, Resource, Table, UnknownMembers, Verb,
};
use proc_macro2::{Ident, Literal as Number, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::doc::plain;
use super::file::{Text, file};
use super::handlers::served;
use super::imports::Place;
use super::literal::Literal;
use crate::plan::{Plan, raw};

/// Handlers of one path: method and function, with the module of the resource.
type Routes<'a> = BTreeMap<Verb, (&'a str, &'static str)>;

/// The text of an API's `mod.rs`.
pub(super) fn emit(plan: &Plan<'_>) -> String {
    let api = plan.api;
    let mut items = vec![described(plan), router(plan)];
    items.extend(
        read_paths(plan)
            .iter()
            .map(|(path, function, call, text)| read_handler(path, function, call, text)),
    );
    let about = match &api.about {
        Some(about) => format!("{}: {about}", api.title),
        None => api.title.clone(),
    };
    let text = Text {
        of: &api.name,
        about: &about,
        head: &[modules(plan)],
        items: &items,
    };
    file(&Place::module(&["crate", plan.module()]), &text)
}

/// The API as the runtime serves it.
fn described(plan: &Plan<'_>) -> TokenStream {
    let api = plan.api;
    let (paths, read) = (paths(plan), read_paths(plan));
    let templates = paths.iter().map(|(path, _)| path.to_token_stream());
    let templates = templates.chain(read.iter().map(|one| one.0.to_token_stream()));
    let openapi = format!("../../openapi/{}.json", api.name);
    let tables = api.resources.iter().map(|resource| {
        let table = plan.table(&resource.name);
        quote!(&#table)
    });
    let mine = api.resources.iter().filter(|one| one.parent.is_none());
    let pair = api.auth_headers.as_ref();
    let pair = pair.map(|AuthHeaders { token, client }| {
        quote!(::fieldproof_runtime::auth::Pair { token: #token, client: #client })
    });
    let switches = switches(plan);
    let api = Literal::new(quote!(::fieldproof_runtime::api::Api))
        .with("name", api.name.to_token_stream())
        .with("title", api.title.to_token_stream())
        .with("base", api.base.to_token_stream())
        .with("scope", api.scope.to_token_stream())
        .some("pair", pair)
        .flag("json_in_form", api.json_in_form)
        .list("paths", templates)
        .with("openapi", quote!(include_str!(#openapi)))
        .some("presets", has_presets(api).then(|| lists(api)))
        .list("tables", tables)
        .list("loaders", mine.map(|one| loader(plan, one)))
        .unless(switches.is_bare(), "switches", switches.print())
        .with("router", quote!(router))
        .print();
    let about = plain("The API as the runtime serves it.");
    quote! {
        #about
        pub static API: ::fieldproof_runtime::api::Api = #api;
    }
}

/// How the objects of a resource are loaded.
fn loader(plan: &Plan<'_>, one: &Resource) -> TokenStream {
    let (table, resource) = (plan.table(&one.name), plan.path(&one.name, ""));
    let loader = quote!(::fieldproof_runtime::api::Loader);
    let rotate = one.login.as_ref();
    let rotate = rotate.map(|_| quote!(::fieldproof_runtime::service::rotate_token::<#resource>));
    let accept = one.invite.as_ref();
    let accept =
        accept.map(|_| quote!(::fieldproof_runtime::service::accept_invitation::<#resource>));
    let load = quote!(::fieldproof_runtime::service::load::<#resource>);
    Literal::new(loader.clone())
        .some("rotate_token", rotate)
        .some("accept_invitation", accept)
        .over(quote!(#loader::new(&#table, #load)))
        .print()
}

/// The routes of the API.
fn router(plan: &Plan<'_>) -> TokenStream {
    let (paths, read) = (paths(plan), read_paths(plan));
    let routes = paths.iter().map(|(path, routes)| route(plan, path, routes));
    let reading = read.iter().map(|(path, function, ..)| {
        quote! {
            .route(#path, ::fieldproof_runtime::service::allow(
                ::axum::routing::MethodRouter::new().get(#function),
                "GET, HEAD, OPTIONS",
            ))
        }
    });
    let watches = plan.api.resources.iter().filter(|one| one.watch.is_some());
    let managed = watches.map(|one| {
        let table = plan.table(&one.name);
        quote!(.merge(::fieldproof_runtime::service::manage(&#table)))
    });
    let about = plain("The routes of the API.");
    quote! {
        #about
        pub fn router() -> ::axum::Router<::std::sync::Arc<::fieldproof_runtime::service::Service>> {
            ::axum::Router::new() #(#routes)* #(#reading)* #(#managed)*
        }
    }
}

/// What the deployment brings, as the runtime takes it.
fn lists(api: &Api) -> TokenStream {
    let presets = api.presets.as_ref();
    let path = presets.map(|presets| presets.path.to_token_stream());
    let lists = presets.into_iter().flat_map(|presets| &presets.lists);
    let lists = lists.map(|(name, values)| quote!((#name, &[#(#values),*])));
    let tables = owned(api).map(|(table, path)| {
        let name = &table.name;
        let columns: Vec<&String> = table.columns.iter().map(|column| &column.name).collect();
        let nullable = table.columns.iter().filter(|column| column.nullable);
        let nullable = nullable.map(|column| &column.name);
        let rows = table.rows.iter().map(|row| {
            let cells = columns
                .iter()
                .map(|name| row[name.as_str()].as_str().unwrap_or_default());
            quote!(&[#(#cells),*])
        });
        quote!(::fieldproof_runtime::presets::Rows { name: #name, path: #path, columns: &[#(#columns),*], nullable: &[#(#nullable),*], rows: &[#(#rows),*] })
    });
    Literal::new(quote!(::fieldproof_runtime::presets::Lists))
        .some("path", path)
        .list("lists", lists)
        .list("tables", tables)
        .list(
            "settings",
            api.settings.iter().map(ToTokens::to_token_stream),
        )
        .print()
}

/// Whether the deployment brings anything to the API.
fn has_presets(api: &Api) -> bool {
    api.presets.is_some() || !api.settings.is_empty() || owned(api).next().is_some()
}

/// Tables whose rows belong to the deployment, with their paths.
pub(crate) fn owned(api: &Api) -> impl Iterator<Item = (&Table, &String)> {
    api.tables
        .iter()
        .filter_map(|table| Some((table, table.path.as_ref()?)))
}

/// Paths where clients read what the deployment brings: path, handler, call
/// and what it answers.
fn read_paths<'a>(plan: &Plan<'a>) -> Vec<(&'a String, Ident, TokenStream, String)> {
    let api = plan.api;
    let lists = api.presets.iter().map(|presets| {
        let text = "the closed lists that hold for the caller".to_owned();
        (
            &presets.path,
            format_ident!("presets"),
            quote!(presets(call)),
            text,
        )
    });
    let tables = owned(api).map(|(table, path)| {
        let name = &table.name;
        let text = format!("the rows of `{name}` that hold for the caller");
        let function = format_ident!("rows_of_{}", plan.thing(name).module);
        (path, function, quote!(rows(call, #name)), text)
    });
    lists.chain(tables).collect()
}

fn read_handler(path: &str, function: &Ident, call: &TokenStream, text: &str) -> TokenStream {
    let doc = plain(&format!("`GET {path}`: {text}."));
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
            service.#call.await
        }
    }
}

fn modules(plan: &Plan<'_>) -> TokenStream {
    let api = plan.api;
    let fixed = api.tables.iter().filter(|table| table.path.is_none());
    let mut names: Vec<&str> = fixed.map(|table| table.name.as_str()).collect();
    names.extend(api.objects.iter().map(|object| object.name.as_str()));
    names.extend(api.resources.iter().map(|one| one.name.as_str()));
    let mut names: Vec<&String> = names.iter().map(|name| &plan.thing(name).module).collect();
    names.sort();
    let names = names.iter().map(|name| raw(name));
    quote!(#(pub mod #names;)*)
}

/// Every path with its handlers, in the order of the spec.
fn paths<'a>(plan: &Plan<'a>) -> Vec<(String, Routes<'a>)> {
    let mut paths: Vec<(String, Routes<'a>)> = Vec::new();
    for resource in &plan.api.resources {
        for one in served(resource) {
            for spelling in resource.spellings(&one.path) {
                let at = paths
                    .iter()
                    .position(|(path, _)| *path == spelling)
                    .unwrap_or_else(|| {
                        paths.push((spelling, Routes::new()));
                        paths.len() - 1
                    });
                for verb in &one.verbs {
                    paths[at]
                        .1
                        .insert(*verb, (resource.name.as_str(), one.name));
                }
            }
        }
    }
    paths
}

fn route(plan: &Plan<'_>, path: &str, routes: &Routes<'_>) -> TokenStream {
    let mut methods: Vec<&str> = routes.keys().map(|verb| verb.as_str()).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.push("OPTIONS");
    methods.sort_unstable();
    let methods = methods.join(", ");
    let handlers = routes.iter().map(|(verb, (resource, function))| {
        let method = format_ident!("{}", verb.as_str().to_lowercase());
        let (place, function) = (plan.place(resource), format_ident!("{function}"));
        quote!(.#method(#place::handlers::#function))
    });
    let appends = routes.values().any(|(_, function)| *function == "append");
    let allow = if appends {
        quote!(::fieldproof_runtime::service::appending)
    } else {
        quote!(::fieldproof_runtime::service::allow)
    };
    quote!(.route(#path, #allow(::axum::routing::MethodRouter::new() #(#handlers)*, #methods)))
}

/// The switches that the spec sets.
fn switches(plan: &Plan<'_>) -> Literal {
    let switches = &plan.api.switches;
    let status = |status| Number::u16_unsuffixed(status).into_token_stream();
    let replaces = switches.put.map(|effect| effect == Effect::Replace);
    let cap = switches.list_cap.map(Number::u32_unsuffixed);
    let refused = switches.validation_status;
    Literal::new(quote!(::fieldproof_runtime::api::Switches))
        .unless(refused == 422, "validation_status", status(refused))
        .flag(
            "reject_unknown_members",
            switches.unknown_members == UnknownMembers::Reject,
        )
        .some("put_replaces", replaces.map(|replaces| quote!(#replaces)))
        .flag("require_if_match", switches.if_match == IfMatch::Required)
        .some("create_status", switches.create_status.map(status))
        .some("delete_status", switches.delete_status.map(status))
        .some("list_cap", cap.map(Number::into_token_stream))
        .flag(
            "query_credentials",
            switches.query_credentials == QueryCredentials::Accept,
        )
}
