//! Struct literals that contain only what differs from a base value.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// A literal of a struct with a `BASE`, which supplies the fields that are not set.
pub(super) struct Literal {
    of: TokenStream,
    fields: Vec<TokenStream>,
    /// Whether the base supplies any.
    based: bool,
}

impl Literal {
    /// A literal of the struct at this path.
    pub(super) fn new(of: TokenStream) -> Self {
        Self {
            of,
            fields: Vec::new(),
            based: false,
        }
    }

    /// Adds a field in any case.
    pub(super) fn with(mut self, name: &str, value: TokenStream) -> Self {
        let ident = format_ident!("{name}");
        self.fields.push(match value.to_string() == name {
            true => quote!(#ident),
            false => quote!(#ident: #value),
        });
        self
    }

    /// Adds a field, unless it is the same as in the base.
    pub(super) fn unless(mut self, same: bool, name: &str, value: TokenStream) -> Self {
        if same {
            self.based = true;
            return self;
        }
        self.with(name, value)
    }

    /// Adds a field that is `None` in the base.
    pub(super) fn some(self, name: &str, value: Option<TokenStream>) -> Self {
        self.unless(value.is_none(), name, quote!(Some(#value)))
    }

    /// Adds a list that is empty in the base.
    pub(super) fn list(self, name: &str, all: impl IntoIterator<Item = TokenStream>) -> Self {
        let all: Vec<TokenStream> = all.into_iter().collect();
        self.unless(all.is_empty(), name, quote!(&[#(#all),*]))
    }

    /// Adds a flag that is `false` in the base.
    pub(super) fn flag(self, name: &str, on: bool) -> Self {
        self.unless(!on, name, quote!(true))
    }

    /// Whether no field is set.
    pub(super) fn is_bare(&self) -> bool {
        self.fields.is_empty()
    }

    /// The literal as an expression.
    pub(super) fn print(self) -> TokenStream {
        let Self { of, fields, based } = self;
        match based {
            true if fields.is_empty() => quote!(#of::BASE),
            true => quote!(#of { #(#fields,)* ..#of::BASE }),
            false => quote!(#of { #(#fields,)* }),
        }
    }
}
