//! How a service behaves outside its tables.

use proc_macro2::{Literal as Number, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::literal::Literal;
use crate::ir::{Dialect, Refusals, ViolationList};

/// The departures from the house conventions, as a value of the runtime.
pub(super) fn dialect(one: &Dialect) -> Literal {
    let own = one.credentials.as_ref();
    let own = own.map(|(variant, texts)| credentials(variant, texts));
    let mut all = Literal::new(quote!(::fieldproof_runtime::dialect::Dialect));
    all = all.unless(own.is_none(), "credentials", own.to_token_stream());
    for (name, on) in &one.switches {
        all = all.flag(name, *on);
    }
    all = all.some("refusals", one.refusals.as_ref().map(refusals));
    let mut statuses = Literal::new(quote!(::fieldproof_runtime::dialect::Statuses));
    for (name, status) in &one.statuses {
        let printed = status.map(Number::u16_unsuffixed);
        statuses = statuses.unless(status.is_none(), name, printed.to_token_stream());
    }
    let bare = statuses.is_bare();
    all.unless(bare, "statuses", statuses.print())
}

fn credentials(variant: &str, texts: &[(&'static str, String)]) -> TokenStream {
    let variant = format_ident!("{variant}");
    let of = quote!(::fieldproof_runtime::dialect::Credentials::#variant);
    match texts {
        [] => of,
        [("", text)] => quote!(#of(#text)),
        texts => {
            let texts = texts.iter().map(|(name, text)| {
                let name = format_ident!("{name}");
                quote!(#name: #text)
            });
            quote!(#of { #(#texts),* })
        }
    }
}

fn refusals(one: &Refusals) -> TokenStream {
    let mut all = Literal::new(quote!(::fieldproof_runtime::dialect::RefusalBody));
    all = all.unless(one.media.is_none(), "media", one.media.to_token_stream());
    for (name, place) in &one.places {
        let place = place.as_ref().map(|place| quote!(&[#(#place),*]));
        all = all.some(name, place);
    }
    all.some("violations", one.violations.as_ref().map(violations))
        .print()
}

fn violations(one: &ViolationList) -> TokenStream {
    let list = &one.list;
    let mut all = Literal::new(quote!(::fieldproof_runtime::dialect::Violations))
        .with("list", quote!(&[#(#list),*]));
    for (name, member) in &one.members {
        all = all.some(name, member.as_ref().map(ToTokens::to_token_stream));
    }
    let places = one.places.map(|places| {
        let places = format_ident!("{places}");
        quote!(::fieldproof_runtime::dialect::Places::#places)
    });
    all.unless(places.is_none(), "places", places.to_token_stream())
        .print()
}
