//! What notifications of a watch look like.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use crate::ir::{Notification, NotificationEnvelope};
use crate::rust::literal::Literal;

/// What is not as the house does it, as the runtime takes it.
pub(super) fn notification(one: &Notification) -> TokenStream {
    let mut all = Literal::new(quote!(::fieldproof_runtime::table::Notification));
    let payload = payload(one);
    all = all.unless(payload.is_none(), "payload", payload.to_token_stream());
    for (name, field) in &one.headers {
        let value = option(field.as_ref().and_then(Option::as_ref));
        all = all.unless(field.is_none(), name, value);
    }
    let signature = one.signature.as_ref().map(|(variant, texts)| {
        let variant = format_ident!("{variant}");
        let texts = texts.iter().map(|(name, text)| {
            let name = format_ident!("{name}");
            quote!(#name: #text)
        });
        quote!(::fieldproof_runtime::table::Signature::#variant { #(#texts),* })
    });
    all = all.unless(
        signature.is_none(),
        "signature",
        signature.to_token_stream(),
    );
    let mut events = Literal::new(quote!(::fieldproof_runtime::table::EventNames));
    for (name, text) in &one.events {
        events = events.unless(text.is_none(), name, text.to_token_stream());
    }
    all.unless(events.is_bare(), "events", events.print())
        .print()
}

fn payload(one: &Notification) -> Option<TokenStream> {
    let payload = quote!(::fieldproof_runtime::table::Payload);
    match (&one.previous, &one.envelope) {
        (Some(previous), _) => Some(quote!(#payload::Object(#previous))),
        (None, Some(envelope)) => {
            let envelope = self::envelope(envelope);
            Some(quote!(#payload::Envelope(#envelope)))
        }
        (None, None) => None,
    }
}

fn envelope(one: &NotificationEnvelope) -> TokenStream {
    let mut all = Literal::new(quote!(::fieldproof_runtime::table::NotificationEnvelope));
    for (name, member) in &one.members {
        all = all.some(name, member.as_ref().map(ToTokens::to_token_stream));
    }
    let moment = quote!(::fieldproof_runtime::table::Moment);
    let time = one.time.as_ref().map(|(name, form)| match form {
        Some(form) => {
            let form = format_ident!("{form}");
            quote!((#name, #moment::Text(::fieldproof_runtime::value::Form::#form)))
        }
        None => quote!((#name, #moment::Unix)),
    });
    all.some("time", time)
        .with("object", one.object.to_token_stream())
        .print()
}

fn option(text: Option<&String>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}
