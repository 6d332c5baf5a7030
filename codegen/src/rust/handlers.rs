//! Handlers: one per operation, thin wrappers of the runtime.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::doc::doc;
use super::file::{Text, file};
use super::imports::Place;
use crate::ir::{Api, Resource};

/// The text of `handlers.rs`.
pub(super) fn emit(api: &Api, one: &Resource) -> String {
    let path = &one.path;
    let handlers = one.handlers.iter().map(|handler| {
        let name = &handler.name;
        function(
            &doc(&handler.doc),
            &quote!(pub),
            name,
            &quote!(#name::<#path>(call)),
        )
    });
    let text = Text {
        of: &[&api.name],
        about: &format!(
            "Handlers of `{}`, one per operation. What is refused or fails is answered with a problem (RFC 9457) that says why.",
            one.name.0
        ),
        head: &[],
        items: &handlers.collect::<Vec<_>>(),
    };
    let place = Place::below(&["crate", &api.module, &one.module], "handlers");
    file(&place, &text)
}

/// A handler that calls the service.
pub(super) fn function(
    doc: &TokenStream,
    seen: &TokenStream,
    name: impl ToTokens,
    call: impl ToTokens,
) -> TokenStream {
    quote! {
        #doc
        #seen async fn #name(
            ::axum::extract::State(service): ::axum::extract::State<
                ::std::sync::Arc<::fieldproof_runtime::service::Service>,
            >,
            call: ::fieldproof_runtime::service::Call,
        ) -> ::fieldproof_runtime::service::Answer {
            service.#call.await
        }
    }
}
