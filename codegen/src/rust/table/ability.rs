//! What the objects of a table can do, and which members are kept, apart or distinct.

use fieldproof_spec::model::{Field, Invite, Login, Mode, On, Resource, Watch};
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::column::at;
use crate::kind::kind;
use crate::plan::{Column, Plan};

/// What a scope shows, as the runtime calls it.
const SCOPE: &str = "Scope";

/// Members of a field that are stored apart from what everybody sees.
pub(super) fn apart(plan: &Plan<'_>, field: &Field) -> Vec<TokenStream> {
    let one = |(path, shown): (Vec<&str>, &str)| {
        let shown = format_ident!("{shown}");
        quote!(::fieldproof_runtime::table::SecretField::new(
            &[#(#path),*],
            ::fieldproof_runtime::table::Visibility::#shown,
        ))
    };
    places(plan, field, &[]).into_iter().map(one).collect()
}

/// The names that lead to those members, and what is shown of each.
fn places<'p>(
    plan: &'p Plan<'_>,
    field: &'p Field,
    above: &[&'p str],
) -> Vec<(Vec<&'p str>, &'static str)> {
    let own = [above, &[field.name.as_str()]].concat();
    let kind = kind(&field.ty);
    let shown = match (kind.is_sealed(), field.is_shown(), &field.scope) {
        (true, ..) => "Presence",
        (false, false, _) => "Never",
        (false, true, Some(_)) => SCOPE,
        (false, true, None) => {
            let inner = kind.object().filter(|_| !field.list);
            // What holds itself has nothing apart, or there would be no end to it.
            let inner = inner.filter(|name| !plan.api.reaches(name, name));
            let object = inner.and_then(|name| plan.api.object(name)).into_iter();
            let members = object.flat_map(|one| &one.fields);
            return members.flat_map(|one| places(plan, one, &own)).collect();
        }
    };
    vec![(own, shown)]
}

/// Paths of members inside of a field's objects that only the server sets.
pub(super) fn inside(plan: &Plan<'_>, field: &Field, above: &[&str]) -> Vec<TokenStream> {
    let Some(name) = kind(&field.ty).object() else {
        return Vec::new();
    };
    // An object that holds itself has none, which a finding tells.
    if plan.api.reaches(name, name) {
        return Vec::new();
    }
    let path = [above, &[&field.name]].concat();
    let members = plan.api.object(name).into_iter();
    let paths = members.flat_map(|one| &one.fields).flat_map(|member| {
        let own = (member.mode == Mode::ReadOnly).then(|| {
            let path = path.iter().copied().chain([member.name.as_str()]);
            quote!(&[#(#path),*])
        });
        own.into_iter().chain(inside(plan, member, &path))
    });
    paths.collect()
}

pub(super) fn login(login: &Login) -> TokenStream {
    let (token, user) = (&login.token, &login.user);
    let needs = login
        .needs
        .iter()
        .map(|(name, value)| quote!((#name, #value)));
    quote!(::fieldproof_runtime::table::Login { token: #token, user: #user, needs: &[#(#needs),*] })
}

pub(super) fn invite(invite: &Invite) -> TokenStream {
    let (when, to, sets) = (&invite.when, &invite.to, &invite.sets);
    quote!(::fieldproof_runtime::table::Invite { when: #when, to: #to, sets: #sets })
}

/// The scope that shows members of a resource.
pub(super) fn scope(resource: &Resource) -> Option<TokenStream> {
    let mut fields = resource.fields.iter();
    fields.find_map(|field| Some(field.scope.as_ref()?.to_token_stream()))
}

pub(super) fn watch(plan: &Plan<'_>, resource: &Resource, watch: &Watch) -> TokenStream {
    let other = plan.api.resource(&watch.of);
    let of = other.map(|of| plan.table_name(&of.name));
    let scope = match other.and_then(scope) {
        Some(scope) => quote!(Some(#scope)),
        None => quote!(None),
    };
    let fields = other.into_iter().flat_map(|of| &of.fields);
    let places = fields.flat_map(|field| places(plan, field, &[]));
    let named = places
        .filter(|(_, shown)| *shown == SCOPE)
        .map(|(path, _)| quote!(&[#(#path),*]));
    let needs = watch
        .needs
        .iter()
        .map(|(name, value)| quote!((#name, #value)));
    let mut roles = Vec::new();
    for field in &resource.fields {
        roles.extend(field.role.map(|role| (role, vec![&field.name])));
        let object = kind(&field.ty).object();
        let object = object.and_then(|name| plan.api.object(name));
        for member in object.iter().flat_map(|object| &object.fields) {
            roles.extend(
                member
                    .role
                    .map(|role| (role, vec![&field.name, &member.name])),
            );
        }
    }
    let roles = roles.into_iter().map(|(role, path)| {
        let role = format_ident!("{role:?}");
        quote!((::fieldproof_runtime::table::Role::#role, &[#(#path),*]))
    });
    let item = resource.item_path();
    let keys = match &watch.keys {
        Some(path) => quote!(Some(#path)),
        None => quote!(None),
    };
    quote!(::fieldproof_runtime::table::Watch { of: #of, item: #item, scope: #scope, named: &[#(#named),*], needs: &[#(#needs),*], keys: #keys, roles: &[#(#roles),*] })
}

/// Each member whose value no other object has in another of them.
pub(super) fn distinct(
    plan: &Plan<'_>,
    resource: &Resource,
    all: &[Column<'_>],
) -> Vec<TokenStream> {
    let fields = resource
        .distinct
        .as_ref()
        .map_or(&[][..], |one| &one.fields);
    let id = fields.contains(&resource.id);
    let written = fields.iter().filter(|name| **name != resource.id);
    written
        .map(|name| {
            let column = at(plan, resource, all, name);
            let unique = resource.fields.iter().filter(|one| one.unique.is_some());
            let others = unique.filter(|one| one.name != *name && fields.contains(&one.name));
            let others = others.map(|one| at(plan, resource, all, &one.name));
            quote!(::fieldproof_runtime::table::Distinct { member: #name, column: #column, id: #id, others: &[#(#others),*] })
        })
        .collect()
}

pub(super) fn kept(resource: &Resource, field: &Field) -> Option<TokenStream> {
    let writable = field.on_update() || resource.update.is_none();
    if field.on_create() && writable {
        return None;
    }
    let times = resource.times.as_ref();
    let keeper = match () {
        () if field.name == resource.id => "Id",
        () if times.is_some_and(|times| times.created == field.name) => "Created",
        () if times.is_some_and(|times| times.updated == field.name) => "Updated",
        () if field.derive.is_some() => "Derived",
        () if field.mode == Mode::Immutable => "Immutable",
        () if field.on == On::Create && field.mode != Mode::ReadOnly => "Create",
        () => "Deployment",
    };
    let (name, keeper) = (&field.name, format_ident!("{keeper}"));
    Some(
        quote!(::fieldproof_runtime::table::Managed::new(#name, ::fieldproof_runtime::table::ManagedBy::#keeper)),
    )
}
