//! Rules of the runtime for documented types.

use fieldproof_spec::kind::is_mixed;
use fieldproof_spec::model::{Blank, Field, Role, Source, Split, Type};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::reference::by;
use crate::plan::{Plan, form_name, is_boxed, merges, variant};

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
            let path = plan.path(name, "Update");
            quote!(::fieldproof_runtime::body::rule::Nested::<#path>::new())
        }
        Type::Shared(name) => {
            let path = plan.path(name, "");
            match changes {
                true => quote!(::fieldproof_runtime::body::rule::Mentioned::<#path>::known()),
                false => quote!(::fieldproof_runtime::body::rule::Mentioned::<#path>::new()),
            }
        }
        ty => one(plan, owner, &field.name, ty),
    };
    if is_boxed(plan.api, owner, field) {
        one = quote!(::fieldproof_runtime::body::rule::Boxed(#one));
    }
    if field.folded {
        one = quote!(::fieldproof_runtime::body::rule::Folded(#one));
    }
    match field.role {
        Some(Role::Username) => one = quote!(::fieldproof_runtime::body::rule::Username(#one)),
        Some(Role::Address | Role::TokenUrl) => {
            one = quote!(::fieldproof_runtime::body::rule::Reachable(#one))
        }
        _ => {}
    }
    if !field.reserved.is_empty() && field.ty != Type::Headers {
        let reserved = &field.reserved;
        one = quote!(::fieldproof_runtime::body::rule::Reserved(&[#(#reserved),*], #one));
    }
    if excusable(field) {
        one = quote!(::fieldproof_runtime::body::rule::Excusable(#one));
    }
    if field.lenient {
        one = quote!(::fieldproof_runtime::body::rule::Lenient(#one));
    }
    if field.ty == Type::Headers {
        let reserved = field.reserved.iter().map(|name| name.to_ascii_lowercase());
        one = quote!(::fieldproof_runtime::body::rule::Headers { reserved: &[#(#reserved),*] });
    }
    if let Some(Split { by, into }) = &field.split {
        one = quote!(::fieldproof_runtime::body::rule::Split { by: #by, into: (#(#into),*), rule: #one });
    }
    if let Some(member) = &field.unwrap {
        one = quote!(::fieldproof_runtime::body::rule::Unwrap(#member, #one));
    }
    if !field.list {
        return match field.blank {
            Blank::Text => one,
            Blank::Refused => quote!(::fieldproof_runtime::body::rule::NotBlank(#one)),
            Blank::Nothing => quote!(::fieldproof_runtime::body::rule::BlankNull(#one)),
        };
    }
    if field.blank != Blank::Text {
        one = quote!(::fieldproof_runtime::body::rule::NotBlank(#one));
    }
    let most = Literal::u32_unsuffixed(field.max_items.unwrap_or(MOST));
    let mut list = quote!(::fieldproof_runtime::body::rule::List::new(#one, #most));
    if field.lone {
        list = quote!(::fieldproof_runtime::body::rule::Lone(#list));
    }
    if field.set {
        list = quote!(::fieldproof_runtime::body::rule::Set(#list));
    }
    match field.blank {
        Blank::Nothing => quote!(::fieldproof_runtime::body::rule::BlankEmpty(#list)),
        Blank::Text | Blank::Refused => list,
    }
}

fn one(plan: &Plan<'_>, owner: &str, name: &str, ty: &Type) -> TokenStream {
    match ty {
        Type::Text { min, max } => {
            let (min, max) = (Literal::u32_unsuffixed(*min), Literal::u32_unsuffixed(*max));
            quote!(::fieldproof_runtime::body::rule::Text::new(#min, #max))
        }
        // Which rule holds is known when the sibling is.
        ty if is_mixed(ty) => quote!(::fieldproof_runtime::body::rule::Any),
        Type::Choice { .. } | Type::Id | Type::Token | Type::ZonedTime { .. } => {
            quote!(::fieldproof_runtime::body::rule::Text::new(0, 10_000))
        }
        Type::Values(_) => {
            let name = plan.values_path(owner, name);
            quote!(::fieldproof_runtime::body::rule::Closed::<#name>::new())
        }
        Type::Preset(name) => quote!(::fieldproof_runtime::body::rule::Preset(#name)),
        Type::Boolean => quote!(::fieldproof_runtime::body::rule::Flag),
        Type::Integer { min, max } => {
            let (min, max) = (bound(*min), bound(*max));
            quote!(::fieldproof_runtime::body::rule::Integer::new(#min, #max))
        }
        Type::Decimal { min, max } => match (min.as_whole(), max.as_whole()) {
            (Some(min), Some(max)) => {
                let (min, max) = (bound(min), bound(max));
                quote!(::fieldproof_runtime::body::rule::Decimal::new(#min, #max))
            }
            _ => {
                let (min, max) = (bound(min.parts()), bound(max.parts()));
                quote!(::fieldproof_runtime::body::rule::Decimal::of_parts(#min, #max))
            }
        },
        Type::DateTime(form) => {
            let form = form_name(*form);
            quote!(::fieldproof_runtime::body::rule::Time::<::fieldproof_runtime::value::#form>::new())
        }
        Type::Email { max } => {
            let max = Literal::u32_unsuffixed(*max);
            quote!(::fieldproof_runtime::body::rule::Email::new(#max))
        }
        Type::TimeZone => quote!(::fieldproof_runtime::body::rule::TimeZone),
        Type::Language => quote!(::fieldproof_runtime::body::rule::Language),
        Type::Color => quote!(::fieldproof_runtime::body::rule::Color),
        Type::Password { min, max } => {
            let (min, max) = (Literal::u32_unsuffixed(*min), Literal::u32_unsuffixed(*max));
            quote!(::fieldproof_runtime::body::rule::Password::new(#min, #max))
        }
        Type::Entry(name) => {
            let columns = plan.api.table(name).map(|table| &table.columns);
            let key = columns.and_then(|columns| columns.first());
            let key = key.map_or("", |column| column.name.as_str());
            quote!(::fieldproof_runtime::body::rule::Entry { table: #name, key: #key })
        }
        Type::Phone => quote!(::fieldproof_runtime::body::rule::Phone),
        Type::ExternalId => quote!(::fieldproof_runtime::body::rule::ExternalId),
        Type::Name => quote!(::fieldproof_runtime::body::rule::Name),
        Type::Key { table, column } => {
            let keys = keys(plan, table, column);
            quote!(::fieldproof_runtime::body::rule::Key(&#keys))
        }
        Type::Object(name) | Type::Shared(name) | Type::TableRow(name) => {
            let path = plan.path(name, "");
            quote!(::fieldproof_runtime::body::rule::Nested::<#path>::new())
        }
        Type::Child(name) => {
            let path = plan.path(name, "Create");
            let table = table(plan, name);
            quote!(::fieldproof_runtime::body::rule::Children::<#path>::new(&#table))
        }
        Type::Secret { min, max } => {
            let (min, max) = (Literal::u32_unsuffixed(*min), Literal::u32_unsuffixed(*max));
            quote!(::fieldproof_runtime::body::rule::Secret::new(#min, #max))
        }
        Type::Url { max } => {
            let max = Literal::u32_unsuffixed(*max);
            quote!(::fieldproof_runtime::body::rule::Url::new(#max))
        }
        Type::Host { max } => {
            let max = Literal::u32_unsuffixed(*max);
            quote!(::fieldproof_runtime::body::rule::Host::new(#max))
        }
        Type::SigningKey(_) => quote!(::fieldproof_runtime::body::rule::SigningKey),
        Type::Template => quote!(::fieldproof_runtime::body::rule::Template),
        Type::Headers => quote!(::fieldproof_runtime::body::rule::Headers { reserved: &[] }),
        Type::Map => quote!(::fieldproof_runtime::body::rule::Map),
    }
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
    let (place, name) = (plan.place(table), by(plan, table, column));
    quote!(#place::#name)
}

/// The path of a resource's table.
pub(super) fn table(plan: &Plan<'_>, resource: &str) -> TokenStream {
    let place = plan.place(resource);
    quote!(#place::TABLE)
}

/// For a member whose sibling decides: the function that names its rule.
pub(super) fn choice(plan: &Plan<'_>, owner: &str, field: &Field) -> Option<TokenStream> {
    let Type::Choice { by, of } = &field.ty else {
        return None;
    };
    let function = choice_ident(plan, owner, field);
    let sibling = plan.field(owner, by)?;
    let key = plan.values_path(owner, by);
    let doc = super::doc::plain(&format!("What `{}` has to be for each `{by}`.", field.name));
    let mixed = is_mixed(&field.ty);
    let value = match mixed {
        true => quote!(serde_json::Value),
        false => quote!(String),
    };
    let arms = of.iter().map(|(text, ty)| {
        let (value, rule) = (
            variant(plan, owner, sibling, text),
            one(plan, owner, &field.name, ty),
        );
        match mixed {
            true => quote!(#value => &const { ::fieldproof_runtime::body::rule::Json(#rule) }),
            false => quote!(#value => &const { #rule }),
        }
    });
    Some(quote! {
        #doc
        pub(super) fn #function(
            by: #key,
        ) -> &'static dyn ::fieldproof_runtime::body::rule::Rule<Value = #value> {
            match by { #(#arms,)* }
        }
    })
}

/// The path of that function: it stands beside what reads the member.
pub(super) fn choice_name(plan: &Plan<'_>, owner: &str, field: &Field) -> TokenStream {
    let (place, function) = (plan.place(owner), choice_ident(plan, owner, field));
    match plan.api.resource(owner) {
        Some(_) => quote!(#place::validate::#function),
        None => quote!(#place::#function),
    }
}

fn choice_ident(plan: &Plan<'_>, owner: &str, field: &Field) -> Ident {
    let member = plan.thing(owner).member(&field.name);
    format_ident!("rule_of_{member}")
}
