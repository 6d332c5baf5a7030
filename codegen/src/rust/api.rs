//! The module of an API: its description and its routes.

use std::collections::BTreeMap;

use fieldproof_spec::model::{Effect, IfMatch, Presets, UnknownMembers, Verb};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::doc::plain;
use super::file::file;
use super::handlers::served;
use super::rule;
use super::ty;
use crate::plan::{Plan, ident};

/// Handlers of one path: method and function, with the module of the resource.
type Routes<'a> = BTreeMap<Verb, (&'a str, &'static str)>;

/// The text of an API's `mod.rs`.
pub(super) fn emit(plan: &Plan<'_>) -> String {
    let api = plan.api;
    let modules = modules(plan);
    let (name, title, base, scope) = (&api.name, &api.title, &api.base, &api.scope);
    let json = api.json_in_form;
    let paths = paths(plan);
    let presets = api.presets.as_ref();
    let listed = presets.map(|presets| &presets.path);
    let templates = paths.iter().map(|(path, _)| path).chain(listed);
    let openapi = format!("../../openapi/{}.json", api.name);
    let tables = api.resources.iter().map(|resource| {
        let table = rule::table(plan, &resource.name);
        quote!(&#table)
    });
    let loaders = api
        .resources
        .iter()
        .filter(|resource| resource.parent.is_none())
        .map(|resource| {
            let (table, resource) = (
                rule::table(plan, &resource.name),
                ty::child(plan, &resource.name, ""),
            );
            quote!(Loader { table: &#table, load: load::<#resource> })
        });
    let switches = switches(plan);
    let routes = paths.iter().map(|(path, routes)| route(path, routes));
    let (about_api, about_router) = (
        plain("The API as the runtime serves it."),
        plain("The routes of the API."),
    );
    let reading = presets.map(presets_route);
    let (presets, handler) = (lists(presets), presets.map(presets_handler));
    let items = [
        quote! {
            #about_api
            pub static API: Api = Api {
                name: #name,
                title: #title,
                base: #base,
                scope: #scope,
                json_in_form: #json,
                paths: &[#(#templates),*],
                openapi: include_str!(#openapi),
                presets: #presets,
                tables: &[#(#tables),*],
                loaders: &[#(#loaders),*],
                switches: #switches,
                router,
            };
        },
        quote! {
            #about_router
            pub fn router() -> Router<Arc<Service>> {
                Router::new() #(#routes)* #reading
            }
        },
        handler.unwrap_or_default(),
    ];
    let (state, lists, answer) = match api.presets.is_some() {
        true => (
            quote!(
                use axum::extract::State;
            ),
            quote!(
                use fieldproof_runtime::presets::Lists;
            ),
            quote!(Answer, Call,),
        ),
        false => (quote!(), quote!(), quote!()),
    };
    let imports = quote! {
        #modules
        use axum::Router;
        #state
        use axum::routing::MethodRouter;
        use fieldproof_runtime::api::{Api, Loader, Switches};
        #lists
        use fieldproof_runtime::service::{#answer Service, allow, load};
        use std::sync::Arc;
    };
    let about = match &api.about {
        Some(about) => format!("{title}: {about}"),
        None => title.clone(),
    };
    let text = file(&api.name, &about, imports, &items);
    // Modules and imports are two groups.
    text.replacen("\nuse axum::Router;", "\n\nuse axum::Router;", 1)
}

/// The closed lists of the deployment as the runtime takes them.
fn lists(presets: Option<&Presets>) -> TokenStream {
    let Some(presets) = presets else {
        return quote!(None);
    };
    let path = &presets.path;
    let lists = presets
        .lists
        .iter()
        .map(|(name, values)| quote!((#name, &[#(#values),*])));
    quote!(Some(Lists { path: #path, lists: &[#(#lists),*] }))
}

fn presets_route(presets: &Presets) -> TokenStream {
    let path = &presets.path;
    quote!(.route(#path, allow(MethodRouter::new().get(presets), "GET, HEAD, OPTIONS")))
}

fn presets_handler(presets: &Presets) -> TokenStream {
    let text = format!(
        "`GET {}`: the closed lists that hold for the caller.",
        presets.path
    );
    let doc = plain(&text);
    quote! {
        #doc
        ///
        /// # Errors
        /// A problem (RFC 9457) that says why the request is refused.
        pub async fn presets(State(service): State<Arc<Service>>, call: Call) -> Answer {
            service.presets(call).await
        }
    }
}

fn modules(plan: &Plan<'_>) -> TokenStream {
    let api = plan.api;
    let mut names: Vec<&String> = api.tables.iter().map(|table| &table.name).collect();
    names.extend(api.objects.iter().map(|object| &object.name));
    names.extend(api.resources.iter().map(|resource| &resource.name));
    names.sort_by_key(|name| ident(name).to_string());
    let names = names.iter().map(|name| ident(name));
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

fn route(path: &str, routes: &Routes<'_>) -> TokenStream {
    let mut methods: Vec<&str> = routes.keys().map(|verb| verb.as_str()).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.push("OPTIONS");
    methods.sort_unstable();
    let methods = methods.join(", ");
    let handlers = routes.iter().map(|(verb, (resource, function))| {
        let method = format_ident!("{}", verb.as_str().to_lowercase());
        let (module, function) = (ident(resource), format_ident!("{function}"));
        quote!(.#method(#module::handlers::#function))
    });
    quote!(.route(#path, allow(MethodRouter::new() #(#handlers)*, #methods)))
}

fn switches(plan: &Plan<'_>) -> TokenStream {
    let switches = &plan.api.switches;
    let status = Literal::u16_unsuffixed(switches.validation_status);
    let reject = switches.unknown_members == UnknownMembers::Reject;
    let mut updates = plan
        .api
        .resources
        .iter()
        .filter_map(|resource| resource.update.as_ref());
    let replaces = match switches.put {
        Some(effect) => effect == Effect::Replace,
        None => updates.any(|update| update.effect == Effect::Replace),
    };
    let required = switches.if_match == IfMatch::Required;
    let cap = switches.list_cap.map(Literal::u32_unsuffixed);
    let cap = cap.map_or_else(|| quote!(None), |cap| quote!(Some(#cap)));
    quote! {
        Switches {
            validation_status: #status,
            reject_unknown_members: #reject,
            put_replaces: #replaces,
            require_if_match: #required,
            list_cap: #cap,
        }
    }
}

/// The path of an API's description.
pub(super) fn path(name: &str) -> TokenStream {
    let name = ident(name);
    quote!(&#name::API)
}
