//! Shared objects.

use fieldproof_spec::model::{Field, Object, Shared as Described};
use quote::quote;
use serde::Serialize;
use serde_json::Value;

use super::change::{Set, set};
use super::code::{Code, Name};
use super::initial::{default, is_cheap, is_option, making};
use super::nesting::merges;
use crate::plan::Plan;

/// Facts about a shared object apart from its members.
#[derive(Debug, Serialize)]
pub(crate) struct Shared {
    /// Its table in the store.
    pub(crate) table: String,
    /// The member with its identifier, on the wire and in Rust.
    pub(crate) id: (String, Name),
    /// The member with its key.
    pub(crate) key: (String, Name),
    /// The members of a new object.
    pub(crate) initial: Vec<(Name, Code)>,
    /// Members that a body sets.
    pub(crate) merges: Vec<Set>,
}

/// The members that a body sends apart from the identifier; none is required.
pub(super) fn mentioned(object: &Object, shared: &Described) -> Vec<Field> {
    let fields = object.fields.iter().filter(|field| field.name != shared.id);
    fields
        .map(|field| Field {
            required: false,
            // The key may be left out if the identifier is sent, and is never `null`.
            default: match field.name == shared.key {
                true => Some(Value::String(String::new())),
                false => field.default.clone(),
            },
            ..field.clone()
        })
        .collect()
}

/// Resolves a shared object of which bodies send these members.
pub(super) fn shared(
    plan: &Plan<'_>,
    object: &Object,
    shared: &Described,
    members: &[Field],
) -> Shared {
    let owner = &object.name;
    let named = |wire: &String| (wire.clone(), Name::from(plan.member(owner, wire)));
    let initial = members.iter().map(|field| {
        let value = initial(plan, owner, shared, field);
        (plan.member(owner, &field.name).into(), value)
    });
    let others = members.iter().filter(|field| field.name != shared.key);
    Shared {
        table: plan.table_name(owner).to_owned(),
        id: named(&shared.id),
        key: named(&shared.key),
        initial: initial.collect(),
        merges: others.map(|field| set(plan, owner, field)).collect(),
    }
}

/// A member of a new shared object.
fn initial(plan: &Plan<'_>, owner: &str, shared: &Described, field: &Field) -> Code {
    let ident = plan.member(owner, &field.name);
    let default = || default(plan, owner, field, &field.initial());
    let value = match () {
        () if field.name == shared.key => quote!(members.#ident?),
        () if is_option(field) && field.initial().is_null() => quote!(members.#ident.into()),
        () if is_option(field) => {
            let default = default();
            quote!(members.#ident.or(Some(#default)).into())
        }
        () if merges(field) => {
            let default = default();
            quote! {
                {
                    let mut own = #default;
                    ::fieldproof_runtime::body::set(&mut own, members.#ident);
                    own
                }
            }
        }
        () if is_cheap(field) => {
            let default = default();
            quote!(members.#ident.unwrap_or(#default))
        }
        () => {
            let making = making(plan, owner, field, &field.initial());
            quote!(members.#ident.unwrap_or_else(#making))
        }
    };
    value.into()
}
