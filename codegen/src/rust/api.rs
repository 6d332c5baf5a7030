//! The module of an API: its description and its routes.

use proc_macro2::{Literal as Number, TokenStream};
use quote::{ToTokens, quote};

use super::dialect::dialect;
use super::doc::{doc, plain};
use super::file::{Text, file};
use super::handlers::function;
use super::imports::Place;
use super::literal::Literal;
use crate::ir::{Api, Deployment, Entry, Route, Switches};
use crate::number::number;
use crate::plan::raw;

/// The text of an API's `mod.rs`.
pub(super) fn emit(api: &Api) -> String {
    let mut items = vec![described(api), routes(api)];
    items.extend(
        api.reads
            .iter()
            .map(|one| function(&doc(&one.doc), &quote!(), &one.function, &one.call)),
    );
    let text = Text {
        of: &[&api.name],
        about: &api.about,
        head: &[modules(api)],
        items: &items,
    };
    file(&Place::module(&["crate", &api.module]), &text)
}

/// The description of the API for the runtime.
fn described(api: &Api) -> TokenStream {
    let openapi = &api.openapi;
    let pair = api.pair.as_ref().map(|[token, client]| {
        quote!(::fieldproof_runtime::auth::Pair { token: #token, client: #client })
    });
    let switches = switches(&api.switches);
    let dialect = dialect(&api.dialect);
    let api = Literal::new(quote!(::fieldproof_runtime::api::Api))
        .with("name", api.name.to_token_stream())
        .with("title", api.title.to_token_stream())
        .unless(api.base.is_empty(), "base", api.base.to_token_stream())
        .with("scope", api.scope.to_token_stream())
        .some("pair", pair)
        .flag("json_in_form", api.json_in_form)
        .with("openapi", quote!(include_str!(#openapi)))
        .list("resources", api.entries.iter().map(entry))
        .some("presets", api.deployment.as_ref().map(deployment))
        .unless(switches.is_bare(), "switches", switches.print())
        .unless(dialect.is_bare(), "dialect", dialect.print())
        .with("routes", quote!(routes))
        .print();
    let about = plain("The API as the runtime serves it.");
    quote! {
        #about
        pub static API: ::fieldproof_runtime::api::Api = #api;
    }
}

/// A resource as the API lists it.
fn entry(one: &Entry) -> TokenStream {
    let resource = &one.resource;
    let of = match one.invited {
        true => quote!(invited),
        false => quote!(of),
    };
    quote!(::fieldproof_runtime::api::Entry::#of::<#resource>())
}

/// The routes of the API.
fn routes(api: &Api) -> TokenStream {
    let routes = api.routes.iter().map(route);
    let reads = api.reads.iter().map(|one| {
        let (path, function) = (&one.path, &one.function);
        quote!(.at(#path, ::fieldproof_runtime::service::get(#function)))
    });
    let managed = api.managed.iter();
    let managed = managed.map(|table| quote!(.watches(&#table)));
    let about = plain("The routes of the API.");
    quote! {
        #about
        fn routes() -> ::fieldproof_runtime::service::Routes {
            ::fieldproof_runtime::service::Routes::new() #(#routes)* #(#reads)* #(#managed)*
        }
    }
}

fn route(one: &Route) -> TokenStream {
    let mut handlers = one.handlers.iter();
    let first = handlers.next();
    let first =
        first.map(|(method, handler)| quote!(::fieldproof_runtime::service::#method(#handler)));
    let others = handlers.map(|(method, handler)| quote!(.#method(#handler)));
    match one.paths.as_slice() {
        [path] => quote!(.at(#path, #first #(#others)*)),
        paths => quote!(.at_each(&[#(#paths),*], #first #(#others)*)),
    }
}

/// The deployment's lists, tables and settings, as values of the runtime.
fn deployment(one: &Deployment) -> TokenStream {
    let lists = one.lists.iter();
    let lists = lists.map(|(name, values)| quote!((#name, &[#(#values),*])));
    let tables = one.tables.iter().map(|table| {
        let (name, path) = (&table.name, &table.path);
        let (columns, nullable) = (&table.columns, &table.nullable);
        let rows = table.rows.iter().map(|cells| quote!(&[#(#cells),*]));
        quote!(::fieldproof_runtime::presets::Rows { name: #name, path: #path, columns: &[#(#columns),*], nullable: &[#(#nullable),*], rows: &[#(#rows),*] })
    });
    Literal::new(quote!(::fieldproof_runtime::presets::Lists))
        .some("path", one.path.as_ref().map(ToTokens::to_token_stream))
        .list("lists", lists)
        .list("tables", tables)
        .list(
            "settings",
            one.settings.iter().map(ToTokens::to_token_stream),
        )
        .print()
}

fn modules(api: &Api) -> TokenStream {
    let references = api.references.iter().map(|one| &one.module);
    let objects = api.objects.iter().map(|one| &one.module);
    let resources = api.resources.iter().map(|one| &one.module);
    let mut names: Vec<&String> = references.chain(objects).chain(resources).collect();
    names.sort();
    let names = names.iter().map(|name| raw(name));
    quote!(#(pub mod #names;)*)
}

/// The switches that the spec sets.
fn switches(one: &Switches) -> Literal {
    let status = |status| Number::u16_unsuffixed(status).into_token_stream();
    let cap = one.list_cap.map(|cap| number(cap.into()));
    let refused = one.validation_status;
    Literal::new(quote!(::fieldproof_runtime::api::Switches))
        .unless(refused == 422, "validation_status", status(refused))
        .flag("reject_unknown_members", one.reject_unknown_members)
        .some(
            "put_replaces",
            one.put_replaces.map(|replaces| quote!(#replaces)),
        )
        .flag("require_if_match", one.require_if_match)
        .some("create_status", one.create_status.map(status))
        .some("delete_status", one.delete_status.map(status))
        .some("list_cap", cap)
        .flag("query_credentials", one.query_credentials)
}
