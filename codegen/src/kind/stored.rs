//! What the store keeps beside the text of an object, and how filters read for it.

use fieldproof_spec::model::{Form, IdKind};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// What a column keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    /// Texts as they are.
    Text,
    /// Texts as they are, for an order by code points alone.
    Exact,
    /// Identifiers from elsewhere.
    External,
    /// Numbers, moments, and what is true or false.
    Number,
    /// Texts in any case.
    Folded,
    /// Lists.
    List,
}

impl ColumnKind {
    /// The function of the runtime that makes such a column.
    pub(crate) fn constructor(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Exact => "exact",
            Self::External => "external",
            Self::Number => "number",
            Self::Folded => "folded",
            Self::List => "list",
        }
    }
}

/// How the text of a filter becomes what a column is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading<'a> {
    /// As it is.
    Exact,
    /// In any case.
    Folded,
    /// In any case, or as a telephone number.
    FoldedPhone,
    /// As one of these texts.
    OneOf(&'a [String]),
    /// As an identifier of the server.
    Id(IdKind),
    /// As an identifier from elsewhere.
    External,
    /// As true or false.
    Flag,
    /// As a whole number.
    Integer,
    /// As a number of four digits after the point.
    Decimal,
    /// As a number with any fraction.
    Number,
    /// As a date.
    Date,
    /// As a moment that is printed in this form.
    Time(Form),
}

impl Reading<'_> {
    /// The reading as the runtime has it.
    pub(crate) fn emitted(self) -> TokenStream {
        let read = match self {
            Self::Exact => quote!(Exact),
            Self::Folded => quote!(Folded),
            Self::FoldedPhone => quote!(FoldedPhone),
            Self::OneOf(texts) => quote!(OneOf(&[#(#texts),*])),
            Self::Id(kind) => {
                let kind = id_kind(kind);
                quote!(Id(#kind))
            }
            Self::External => quote!(External),
            Self::Flag => quote!(Flag),
            Self::Integer => quote!(Integer),
            Self::Decimal => quote!(Decimal),
            Self::Number => quote!(Number),
            Self::Date => quote!(Date),
            Self::Time(form) => {
                let form = form_name(form);
                quote!(Time(::fieldproof_runtime::value::Form::#form))
            }
        };
        quote!(::fieldproof_runtime::table::FilterValue::#read)
    }
}

/// A kind of identifiers, as the runtime has it.
pub(crate) fn id_kind(kind: IdKind) -> TokenStream {
    let name = match kind {
        IdKind::Hex24 => "Hex24",
        IdKind::Increasing => "Increasing",
        IdKind::Number => "Number",
        IdKind::Digits => "Digits",
        IdKind::Uuid => "Uuid",
    };
    let name = format_ident!("{name}");
    quote!(::fieldproof_runtime::value::IdKind::#name)
}

/// The type in the runtime that prints this form.
pub(super) fn form_name(form: Form) -> Ident {
    let name = match form {
        Form::SecondsOffset => "SecondsOffset",
        Form::SecondsZ => "SecondsZ",
        Form::MillisZ => "MillisZ",
        Form::Local => "Local",
    };
    format_ident!("{name}")
}
