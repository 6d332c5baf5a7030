//! The module of an API: its description and its routes.

use std::collections::BTreeMap;

use fieldproof_spec::model::{
    Api, AuthHeaders, Effect, IfMatch, QueryCredentials, Resource, Table, UnknownMembers, Verb,
};
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
    let read = read_paths(api);
    let templates = paths
        .iter()
        .map(|(path, _)| path)
        .chain(read.iter().map(|one| one.0));
    let openapi = format!("../../openapi/{}.json", api.name);
    let tables = api.resources.iter().map(|resource| {
        let table = rule::table(plan, &resource.name);
        quote!(&#table)
    });
    let loaders = api
        .resources
        .iter()
        .filter(|resource| resource.parent.is_none())
        .map(|one| {
            let (table, resource) = (rule::table(plan, &one.name), ty::child(plan, &one.name, ""));
            let renew = match one.login {
                Some(_) => quote!(Some(renew::<#resource>)),
                None => quote!(None),
            };
            let redeem = match one.invite {
                Some(_) => quote!(Some(redeem::<#resource>)),
                None => quote!(None),
            };
            quote!(Loader { table: &#table, load: load::<#resource>, renew: #renew, redeem: #redeem })
        });
    let switches = switches(plan);
    let routes = paths.iter().map(|(path, routes)| route(path, routes));
    let (about_api, about_router) = (
        plain("The API as the runtime serves it."),
        plain("The routes of the API."),
    );
    let reading = read.iter().map(|(path, function, ..)| {
        quote!(.route(#path, allow(MethodRouter::new().get(#function), "GET, HEAD, OPTIONS")))
    });
    let presets = lists(api);
    let watches: Vec<&Resource> = api
        .resources
        .iter()
        .filter(|one| one.watch.is_some())
        .collect();
    let managed = watches.iter().map(|one| {
        let table = rule::table(plan, &one.name);
        quote!(.merge(manage(&#table)))
    });
    let managing = (!watches.is_empty()).then(|| quote!(, manage));
    let pair = match &api.auth_headers {
        Some(AuthHeaders { token, client }) => {
            quote!(Some(Pair { token: #token, client: #client }))
        }
        None => quote!(None),
    };
    let pair_used = api.auth_headers.as_ref().map(|_| {
        quote!(
            use fieldproof_runtime::auth::Pair;
        )
    });
    let appending = api
        .resources
        .iter()
        .any(|one| one.append.is_some())
        .then(|| quote!(appending,));
    let any = |has: fn(&Resource) -> bool| api.resources.iter().any(has);
    let renewing = any(|one| one.login.is_some()).then(|| quote!(, renew));
    let redeeming = any(|one| one.invite.is_some()).then(|| quote!(, redeem));
    let mut items = vec![
        quote! {
            #about_api
            pub static API: Api = Api {
                name: #name,
                title: #title,
                base: #base,
                scope: #scope,
                pair: #pair,
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
                Router::new() #(#routes)* #(#reading)* #(#managed)*
            }
        },
    ];
    items.extend(
        read.iter()
            .map(|(path, function, call, text)| read_handler(path, function, call, text)),
    );
    let rows = owned(api).next().is_some().then(|| quote!(, Rows));
    let lists = has_presets(api).then(|| quote!(use fieldproof_runtime::presets::{Lists #rows};));
    let (state, answer) = match read.is_empty() {
        false => (
            quote!(
                use axum::extract::State;
            ),
            quote!(Answer, Call,),
        ),
        true => (quote!(), quote!()),
    };
    let imports = quote! {
        #modules
        use axum::Router;
        #state
        use axum::routing::MethodRouter;
        use fieldproof_runtime::api::{Api, Loader, Switches};
        #pair_used
        #lists
        use fieldproof_runtime::service::{#answer Service, allow, #appending load #managing #redeeming #renewing};
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

/// What the deployment brings, as the runtime takes it.
fn lists(api: &Api) -> TokenStream {
    if !has_presets(api) {
        return quote!(None);
    }
    let path = match &api.presets {
        Some(presets) => {
            let path = &presets.path;
            quote!(Some(#path))
        }
        None => quote!(None),
    };
    let lists = api
        .presets
        .iter()
        .flat_map(|presets| &presets.lists)
        .map(|(name, values)| quote!((#name, &[#(#values),*])));
    let tables = owned(api).map(|(table, path)| {
        let name = &table.name;
        let columns: Vec<&String> = table.columns.iter().map(|column| &column.name).collect();
        let rows = table.rows.iter().map(|row| {
            let cells = columns
                .iter()
                .map(|name| row[name.as_str()].as_str().unwrap_or_default());
            quote!(&[#(#cells),*])
        });
        quote!(Rows { name: #name, path: #path, columns: &[#(#columns),*], rows: &[#(#rows),*] })
    });
    let settings = &api.settings;
    quote! {
        Some(Lists {
            path: #path,
            lists: &[#(#lists),*],
            tables: &[#(#tables),*],
            settings: &[#(#settings),*],
        })
    }
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
fn read_paths(api: &Api) -> Vec<(&String, proc_macro2::Ident, TokenStream, String)> {
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
        let function = format_ident!("rows_of_{}", ident(name));
        (path, function, quote!(rows(call, #name)), text)
    });
    lists.chain(tables).collect()
}

fn read_handler(
    path: &str,
    function: &proc_macro2::Ident,
    call: &TokenStream,
    text: &str,
) -> TokenStream {
    let doc = plain(&format!("`GET {path}`: {text}."));
    quote! {
        #doc
        ///
        /// # Errors
        /// A problem (RFC 9457) that says why the request is refused.
        pub async fn #function(State(service): State<Arc<Service>>, call: Call) -> Answer {
            service.#call.await
        }
    }
}

fn modules(plan: &Plan<'_>) -> TokenStream {
    let api = plan.api;
    let fixed = api.tables.iter().filter(|table| table.path.is_none());
    let mut names: Vec<&String> = fixed.map(|table| &table.name).collect();
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
    let appends = routes.values().any(|(_, function)| *function == "append");
    let allow = if appends {
        quote!(appending)
    } else {
        quote!(allow)
    };
    quote!(.route(#path, #allow(MethodRouter::new() #(#handlers)*, #methods)))
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
    let of = |status: Option<u16>| match status.map(Literal::u16_unsuffixed) {
        Some(status) => quote!(Some(#status)),
        None => quote!(None),
    };
    let (created, deleted) = (of(switches.create_status), of(switches.delete_status));
    let query = switches.query_credentials == QueryCredentials::Accept;
    let cap = switches.list_cap.map(Literal::u32_unsuffixed);
    let cap = cap.map_or_else(|| quote!(None), |cap| quote!(Some(#cap)));
    quote! {
        Switches {
            validation_status: #status,
            reject_unknown_members: #reject,
            put_replaces: #replaces,
            require_if_match: #required,
            create_status: #created,
            delete_status: #deleted,
            list_cap: #cap,
            query_credentials: #query,
        }
    }
}

/// The path of an API's description.
pub(super) fn path(name: &str) -> TokenStream {
    let name = ident(name);
    quote!(&#name::API)
}
