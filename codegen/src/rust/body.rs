//! Code that reads bodies, member by member.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Expr;

use super::doc::plain;
use super::file::{Text, file};
use super::imports::Place;
use crate::ir::{Api, Body, Choice, Chosen, Condition, Constant, Read, Resource};

/// The text of `validate.rs`.
pub(super) fn emit(api: &Api, one: &Resource) -> String {
    let mut items = read(&one.constants, &one.bodies);
    let seen = quote!(pub(super));
    items.extend(one.choices.iter().map(|one| choice(one, Some(&seen))));
    let name = &one.name.0;
    let text = Text {
        of: &[&api.name],
        about: &format!("Reads bodies of `{name}` and notes each violation at its place."),
        head: &[],
        items: &items,
    };
    let place = Place::below(&["crate", &api.module, &one.module], "validate");
    file(&place, &text)
}

/// Code that reads bodies: the constants that describe members, then each body.
pub(super) fn read(constants: &[Constant], bodies: &[Body]) -> Vec<TokenStream> {
    let constants = constants.iter().map(constant);
    constants.chain(bodies.iter().map(body)).collect()
}

/// The constant that describes a member.
fn constant(one: &Constant) -> TokenStream {
    let Constant {
        name,
        wire,
        ty,
        rule,
        also,
        ..
    } = one;
    let also = (!also.is_empty()).then(|| quote!(.also(&[#(#also),*])));
    let member = quote!(::fieldproof_runtime::body::Member);
    let seen = one.shared.then(|| quote!(pub(super)));
    let Some(default) = &one.default else {
        return quote!(#seen static #name: #member<#ty> = #member::new(#wire, &#rule) #also;);
    };
    quote! {
        #seen static #name: ::fieldproof_runtime::body::Defaulted<#ty> =
            #member::new(#wire, &#rule) #also .or(#default);
    }
}

/// Code that reads one type from a body.
fn body(one: &Body) -> TokenStream {
    let (path, members) = (&one.path, &one.parameter);
    let reads = one.reads.iter().map(|read| {
        let Read { name, constant, .. } = read;
        let method = format_ident!("{}", read.method);
        let setting = read.setting.iter();
        quote!(let #name = #members.#method(&#constant #(, #setting)*);)
    });
    let chosen = one.chosen.iter().map(|chosen| {
        let Chosen {
            name,
            constant,
            by,
            rule,
            ..
        } = chosen;
        let method = format_ident!("{}", chosen.method);
        let by = match chosen.flat {
            true => quote!(#by.flatten()),
            false => quote!(#by),
        };
        quote!(let #name = #members.#method(&#constant, #name, #by.map(#rule));)
    });
    let tests = one.tests.iter();
    let tests =
        tests.map(|(name, sibling, value)| quote!(let #name = #sibling.map(|one| one == #value);));
    let conditions = one.conditions.iter().map(|one| {
        let Condition {
            name,
            constant,
            method,
            holds,
            when,
            ..
        } = one;
        let method = format_ident!("{method}");
        quote!(let #name = #members.#method(&#constant, #name, #holds, #when);)
    });
    let kept = one.kept.iter().map(|wire| quote!(#members.managed(#wire);));
    let alone = one.reads.len() == 1
        && one.chosen.is_empty()
        && one.conditions.is_empty()
        && one.kept.is_empty();
    if let ([read], true) = (one.reads.as_slice(), alone) {
        let Read { name, constant, .. } = read;
        let method = format_ident!("{}", read.method);
        let setting = read.setting.iter();
        return quote! {
            impl ::fieldproof_runtime::body::Body for #path {
                fn read(#members: &mut ::fieldproof_runtime::body::Members<'_>) -> Option<Self> {
                    Some(Self { #name: #members.#method(&#constant #(, #setting)*)? })
                }
            }
        };
    }
    let names = one.reads.iter().map(|read| {
        let name = &read.name;
        quote!(#name: #name?)
    });
    let initial = one.initial.iter();
    let initial = initial.map(|(name, value)| quote!(#name: #value));
    quote! {
        impl ::fieldproof_runtime::body::Body for #path {
            fn read(#members: &mut ::fieldproof_runtime::body::Members<'_>) -> Option<Self> {
                #(#reads)*
                #(#chosen)*
                #(#tests)*
                #(#conditions)*
                #(#kept)*
                Some(Self { #(#names,)* #(#initial,)* })
            }
        }
    }
}

/// The function that returns the rule of a member, if a sibling determines it.
pub(super) fn choice(one: &Choice, seen: Option<&TokenStream>) -> TokenStream {
    let Choice {
        name,
        sibling,
        by,
        ty,
        ..
    } = one;
    let doc = plain(&one.doc);
    let rules = one.rules.iter();
    let rules = rules.map(|(value, rule)| match syn::parse2(quote!(#rule)) {
        // A reference to a constant lives as long as the program anyway.
        Ok(Expr::Path(_)) => quote!(#value => &#rule),
        _ => quote!(#value => &const { #rule }),
    });
    quote! {
        #doc
        #seen fn #name(
            #sibling: #by,
        ) -> &'static dyn ::fieldproof_runtime::body::rule::Rule<Value = #ty> {
            match #sibling { #(#rules,)* }
        }
    }
}
