//! Literals of structs in which only what a spec says stands.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// A literal of a struct that has a `BASE`: what is not said is the same there.
pub(super) struct Literal {
    of: TokenStream,
    fields: Vec<TokenStream>,
    base: Option<TokenStream>,
}

impl Literal {
    /// A literal of the struct at this path.
    pub(super) fn new(of: TokenStream) -> Self {
        Self {
            of,
            fields: Vec::new(),
            base: None,
        }
    }

    /// With a field that stands there whatever it is.
    pub(super) fn with(mut self, name: &str, value: TokenStream) -> Self {
        let ident = format_ident!("{name}");
        self.fields.push(match value.to_string() == name {
            true => quote!(#ident),
            false => quote!(#ident: #value),
        });
        self
    }

    /// With a field that may be the one of the base.
    pub(super) fn unless(mut self, same: bool, name: &str, value: TokenStream) -> Self {
        if same {
            let of = &self.of;
            self.base = Some(quote!(#of::BASE));
            return self;
        }
        self.with(name, value)
    }

    /// With a field that is `None` in the base.
    pub(super) fn some(self, name: &str, value: Option<TokenStream>) -> Self {
        self.unless(value.is_none(), name, quote!(Some(#value)))
    }

    /// With a list that is empty in the base.
    pub(super) fn list(self, name: &str, all: impl IntoIterator<Item = TokenStream>) -> Self {
        let all: Vec<TokenStream> = all.into_iter().collect();
        self.unless(all.is_empty(), name, quote!(&[#(#all),*]))
    }

    /// With a switch that is off in the base.
    pub(super) fn flag(self, name: &str, on: bool) -> Self {
        self.unless(!on, name, quote!(true))
    }

    /// With this value for what is not said, in place of the `BASE`.
    pub(super) fn over(self, base: TokenStream) -> Self {
        Self {
            base: Some(base),
            ..self
        }
    }

    /// Whether nothing is said.
    pub(super) fn is_bare(&self) -> bool {
        self.fields.is_empty()
    }

    /// As it is emitted.
    pub(super) fn print(self) -> TokenStream {
        let Self { of, fields, base } = self;
        match base {
            Some(base) if fields.is_empty() => base,
            Some(base) => quote!(#of { #(#fields,)* ..#base }),
            None => quote!(#of { #(#fields,)* }),
        }
    }
}
