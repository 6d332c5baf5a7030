//! The abilities of a table's objects.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::column;
use super::notification::notification;
use crate::ir::{Code, Distinct, Login, ManagedBy, Path, Watch};

/// A member that is stored separately, and its visibility.
pub(super) fn secret((path, shown): &(Path, &'static str)) -> TokenStream {
    let shown = format_ident!("{shown}");
    quote!(::fieldproof_runtime::table::SecretField::new(
        &[#(#path),*],
        ::fieldproof_runtime::table::Visibility::#shown,
    ))
}

/// A member that updates do not write.
pub(super) fn managed((name, by): &(String, ManagedBy)) -> TokenStream {
    let by = match by {
        ManagedBy::Plain(by) => format_ident!("{by}").into_token_stream(),
        ManagedBy::CreatedInZone { time, zone } => {
            quote!(CreatedInZone { time: #time, zone: #zone })
        }
    };
    quote!(::fieldproof_runtime::table::Managed::new(#name, ::fieldproof_runtime::table::ManagedBy::#by))
}

/// How objects authenticate with their own token.
pub(super) fn login(one: &Login) -> TokenStream {
    let Login { token, user, .. } = one;
    let needs = pairs(&one.needs);
    quote!(::fieldproof_runtime::table::Login { token: #token, user: #user, needs: &[#(#needs),*] })
}

/// How a user is invited.
pub(super) fn invite([when, to, sets]: &[String; 3]) -> TokenStream {
    quote!(::fieldproof_runtime::table::Invite { when: #when, to: #to, sets: #sets })
}

/// The watched table and the roles of members.
pub(super) fn watch(one: &Watch) -> TokenStream {
    let Watch { of, item, .. } = one;
    let (scope, keys) = (option(&one.scope), option(&one.keys));
    let named = one.named.iter().map(|path| quote!(&[#(#path),*]));
    let needs = pairs(&one.needs);
    let notification = notification(&one.notification);
    let roles = one.roles.iter().map(|(role, path)| {
        let role = format_ident!("{role}");
        quote!((::fieldproof_runtime::table::Role::#role, &[#(#path),*]))
    });
    quote!(::fieldproof_runtime::table::Watch { of: #of, item: #item, scope: #scope, named: &[#(#named),*], needs: &[#(#needs),*], keys: #keys, notification: #notification, roles: &[#(#roles),*] })
}

/// A member whose value must not occur in another member of another object.
pub(super) fn distinct(place: &Code, one: &Distinct) -> TokenStream {
    let Distinct { member, id, .. } = one;
    let at = column::at(place, &one.column);
    let others = one.others.iter().map(|name| column::at(place, name));
    quote!(::fieldproof_runtime::table::Distinct { member: #member, column: #at, id: #id, others: &[#(#others),*] })
}

fn pairs(all: &[(String, String)]) -> impl Iterator<Item = TokenStream> {
    all.iter().map(|(name, value)| quote!((#name, #value)))
}

fn option(text: &Option<String>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}
