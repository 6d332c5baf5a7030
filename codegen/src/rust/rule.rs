//! Rules of the runtime for documented types.

use fieldproof_spec::model::{Blank, Field, Role, Source, Split, Type};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ty;
use crate::plan::{Plan, form_name, ident, is_option, module, values_name, variants};

/// Most elements of a list that sets no bound.
pub(crate) const MOST: u32 = 1_000;

/// The rule of a member.
pub(super) fn rule(plan: &Plan<'_>, owner: &str, field: &Field) -> TokenStream {
    one_of(plan, owner, field, false)
}

/// The rule of a member of a change.
pub(super) fn changed(plan: &Plan<'_>, owner: &str, field: &Field) -> TokenStream {
    one_of(plan, owner, field, true)
}

fn one_of(plan: &Plan<'_>, owner: &str, field: &Field, changes: bool) -> TokenStream {
    let mut one = match &field.ty {
        Type::Object(name) if changes && merges(field) => {
            let path = ty::child(plan, name, "Update");
            quote!(rule::Nested::<#path>::new())
        }
        Type::Shared(name) => {
            let path = ty::path(plan, name);
            match changes {
                true => quote!(rule::Mentioned::<#path>::known()),
                false => quote!(rule::Mentioned::<#path>::new()),
            }
        }
        ty => one(plan, owner, &field.name, ty),
    };
    match field.role {
        Some(Role::Username) => one = quote!(rule::Username(#one)),
        Some(Role::Address | Role::TokenUrl) => one = quote!(rule::Reachable(#one)),
        _ => {}
    }
    if !field.reserved.is_empty() && field.ty != Type::Headers {
        let reserved = &field.reserved;
        one = quote!(rule::Reserved(&[#(#reserved),*], #one));
    }
    if excusable(field) {
        one = quote!(rule::Excusable(#one));
    }
    if field.lenient {
        one = quote!(rule::Lenient(#one));
    }
    if field.folded {
        one = quote!(rule::Folded(#one));
    }
    if field.ty == Type::Headers {
        let reserved = field.reserved.iter().map(|name| name.to_ascii_lowercase());
        one = quote!(rule::Headers { reserved: &[#(#reserved),*] });
    }
    if let Some(Split { by, into }) = &field.split {
        one = quote!(rule::Split { by: #by, into: (#(#into),*), rule: #one });
    }
    if let Some(member) = &field.unwrap {
        one = quote!(rule::Unwrap(#member, #one));
    }
    if !field.list {
        return match field.blank {
            Blank::Text => one,
            Blank::Refused => quote!(rule::NotBlank(#one)),
            Blank::Nothing => quote!(rule::BlankNull(#one)),
        };
    }
    if field.blank != Blank::Text {
        one = quote!(rule::NotBlank(#one));
    }
    let most = Literal::u32_unsuffixed(field.max_items.unwrap_or(MOST));
    let mut list = quote!(rule::List::new(#one, #most));
    if field.lone {
        list = quote!(rule::Lone(#list));
    }
    if field.set {
        list = quote!(rule::Set(#list));
    }
    match field.blank {
        Blank::Nothing => quote!(rule::BlankEmpty(#list)),
        Blank::Text | Blank::Refused => list,
    }
}

fn one(plan: &Plan<'_>, owner: &str, name: &str, ty: &Type) -> TokenStream {
    match ty {
        Type::Text { min, max } => {
            let (min, max) = (Literal::u32_unsuffixed(*min), Literal::u32_unsuffixed(*max));
            quote!(rule::Text::new(#min, #max))
        }
        // Which rule holds is known when the sibling is.
        Type::Choice { .. } | Type::Id | Type::Token | Type::ZonedTime { .. } => {
            quote!(rule::Text::new(0, 10_000))
        }
        Type::Values(_) => {
            let name = values_name(owner, name);
            quote!(rule::Closed::<#name>::new())
        }
        Type::Preset(name) => quote!(rule::Preset(#name)),
        Type::Boolean => quote!(rule::Flag),
        Type::Integer { min, max } => {
            let (min, max) = (bound(*min), bound(*max));
            quote!(rule::Integer::new(#min, #max))
        }
        Type::Decimal { min, max } => match (min.as_whole(), max.as_whole()) {
            (Some(min), Some(max)) => {
                let (min, max) = (bound(min), bound(max));
                quote!(rule::Number::new(#min, #max))
            }
            _ => {
                let (min, max) = (bound(min.parts()), bound(max.parts()));
                quote!(rule::Number::of_parts(#min, #max))
            }
        },
        Type::DateTime(form) => {
            let form = form_name(*form);
            quote!(rule::Time::<value::#form>::new())
        }
        Type::Email { max } => {
            let max = Literal::u32_unsuffixed(*max);
            quote!(rule::Email::new(#max))
        }
        Type::TimeZone => quote!(rule::TimeZone),
        Type::Language => quote!(rule::Language),
        Type::Color => quote!(rule::Color),
        Type::Password { min, max } => {
            let (min, max) = (Literal::u32_unsuffixed(*min), Literal::u32_unsuffixed(*max));
            quote!(rule::Password::new(#min, #max))
        }
        Type::Entry(name) => {
            let columns = plan.api.table(name).map(|table| &table.columns);
            let key = columns.and_then(|columns| columns.first());
            let key = key.map_or("", |column| column.name.as_str());
            quote!(rule::Entry { table: #name, key: #key })
        }
        Type::Phone => quote!(rule::Phone),
        Type::ExternalId => quote!(rule::ExternalId),
        Type::Name => quote!(rule::Name),
        Type::Key { table, column } => {
            let keys = keys(plan, table, column);
            quote!(rule::Key(&#keys))
        }
        Type::Object(name) | Type::Shared(name) | Type::TableRow(name) => {
            let path = ty::path(plan, name);
            quote!(rule::Nested::<#path>::new())
        }
        Type::Child(name) => {
            let path = ty::child(plan, name, "Create");
            let table = table(plan, name);
            quote!(rule::Children::<#path>::new(&#table))
        }
        Type::Secret { min, max } => {
            let (min, max) = (Literal::u32_unsuffixed(*min), Literal::u32_unsuffixed(*max));
            quote!(rule::Secret::new(#min, #max))
        }
        Type::Url { max } => {
            let max = Literal::u32_unsuffixed(*max);
            quote!(rule::Url::new(#max))
        }
        Type::Host { max } => {
            let max = Literal::u32_unsuffixed(*max);
            quote!(rule::Host::new(#max))
        }
        Type::SigningKey(_) => quote!(rule::SigningKey),
        Type::Template => quote!(rule::Template),
        Type::Headers => quote!(rule::Headers { reserved: &[] }),
        Type::Map => quote!(rule::Map),
    }
}

/// Whether a change of the member changes members of it: an object that is
/// always there; one that may be `null` is replaced as a whole.
pub(crate) fn merges(field: &Field) -> bool {
    matches!(field.ty, Type::Object(_)) && !field.list && !is_option(field)
}

/// Whether a text that breaks its rule may be the one that stands in for it.
pub(crate) fn excusable(field: &Field) -> bool {
    let from = |source: &Source| matches!(source, Source::Field { .. });
    matches!(field.ty, Type::Text { .. }) && !field.list && field.fallback.iter().any(from)
}

fn bound(number: i64) -> TokenStream {
    match number {
        i64::MIN => quote!(i64::MIN),
        i64::MAX => quote!(i64::MAX),
        number => {
            let number = Literal::i64_unsuffixed(number);
            quote!(#number)
        }
    }
}

/// The path of a reference table's rows by one column.
pub(super) fn keys(plan: &Plan<'_>, table: &str, column: &str) -> TokenStream {
    let (api, module_name) = (ident(&plan.api.name), ident(table));
    let name = proc_macro2::Ident::new(
        &format!("BY_{}", module(column).to_uppercase()),
        proc_macro2::Span::call_site(),
    );
    quote!(crate::#api::#module_name::#name)
}

/// The path of a resource's table.
pub(super) fn table(plan: &Plan<'_>, resource: &str) -> TokenStream {
    let (api, module) = (ident(&plan.api.name), ident(resource));
    quote!(crate::#api::#module::TABLE)
}

/// For a member whose sibling decides: the function that names its rule.
pub(super) fn choice(plan: &Plan<'_>, owner: &str, field: &Field) -> Option<TokenStream> {
    let Type::Choice { by, of } = &field.ty else {
        return None;
    };
    let function = choice_name(field);
    let texts: Vec<String> = of.iter().map(|(text, _)| text.clone()).collect();
    let key = values_name(owner, by);
    let doc = super::doc::plain(&format!("What `{}` has to be for each `{by}`.", field.name));
    let arms = variants(&texts)
        .into_iter()
        .zip(of)
        .map(|(variant, (_, ty))| {
            let rule = one(plan, owner, &field.name, ty);
            quote!(super::#key::#variant => &const { #rule })
        });
    Some(quote! {
        #doc
        pub(super) fn #function(by: super::#key) -> &'static dyn rule::Rule<Value = String> {
            match by { #(#arms,)* }
        }
    })
}

/// The name of that function.
pub(super) fn choice_name(field: &Field) -> proc_macro2::Ident {
    quote::format_ident!("rule_of_{}", module(&field.name))
}
