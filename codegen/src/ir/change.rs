//! How an update is merged into a value, member by member.

use fieldproof_spec::model::{Field, Mode};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde::Serialize;

use super::body::Condition;
use super::code::Name;
use super::constant::constant;
use super::initial::{is_option, variant};
use super::nesting::{is_boxed, merges};
use super::rule::choice_name;
use crate::kind::{Body, kind};
use crate::plan::{Plan, member};

/// A member that an update sets.
#[derive(Debug, Serialize)]
pub(crate) struct Set {
    pub(crate) name: Name,
    /// Whether the member is in a box, and what the update says about it is not.
    pub(crate) boxed: bool,
}

/// Resolves how an update sets the member.
pub(super) fn set(plan: &Plan<'_>, owner: &str, field: &Field) -> Set {
    Set {
        name: plan.member(owner, &field.name).into(),
        boxed: merges(field) && is_boxed(plan.api, owner, field),
    }
}

/// Conditions that siblings set for a member: that it is allowed only for one of their values,
/// or required with it.
pub(super) fn conditions(plan: &Plan<'_>, owner: &str, field: &Field) -> Vec<Condition> {
    let one = |method, (name, text): &(String, String)| {
        let sibling = plan.field(owner, name);
        let sibling = sibling.expect("a condition names a sibling");
        Condition {
            name: plan.member(owner, &field.name).into(),
            constant: constant(plan, owner, field, Body::Create).into(),
            method,
            sibling: plan.member(owner, name).into(),
            value: variant(plan, owner, sibling, text).into(),
            holds: test(plan, owner, sibling, text),
            when: format!("{name} {text}"),
        }
    };
    let only = field.only_if.iter().map(|pair| one("only", pair));
    let needed = field.required_if.iter().map(|pair| one("needed", pair));
    only.chain(needed).collect()
}

/// The name of the variable that says whether a sibling has a value, which no member has.
fn test(plan: &Plan<'_>, owner: &str, sibling: &Field, text: &str) -> Name {
    let mut name = member(&format!("{} is {text}", sibling.name));
    let taken = |name: &str| {
        let mut fields = plan.fields(owner);
        fields.any(|one| plan.thing(owner).member(&one.name) == name)
    };
    while taken(&name) {
        name.push('_');
    }
    Name(name)
}

/// Checks a member that depends on siblings after an update was merged: at its own location,
/// and inside objects that are updated member by member. Members that only the server sets are
/// not checked.
pub(super) fn judge(plan: &Plan<'_>, owner: &str, field: &Field) -> Option<TokenStream> {
    if field.mode == Mode::ReadOnly {
        return None;
    }
    let own = plan.member(owner, &field.name);
    let place = format!("{{pointer}}/{}", escaped(&field.name));
    let conditions = conditions(plan, owner, field).into_iter().map(|condition| {
        let Condition { method, sibling, value, when, .. } = condition;
        let call = Name(method.to_owned());
        quote!(reading.#call(&format!(#place), self.#own.is_some(), self.#sibling == #value, #when);)
    });
    let conditions: Vec<TokenStream> = conditions.collect();
    let inner = inner(plan, owner, field, &own, &place);
    (inner.is_some() || !conditions.is_empty()).then(|| quote!(#inner #(#conditions)*))
}

/// The check of the member, or inside it, that depends on siblings.
fn inner(
    plan: &Plan<'_>,
    owner: &str,
    field: &Field,
    own: &Ident,
    place: &str,
) -> Option<TokenStream> {
    if let (Some(name), true) = (kind(&field.ty).object(), merges(field)) {
        let judged = is_judged(plan, name);
        return judged.then(|| quote!(self.#own.settle(&format!(#place), reading);));
    }
    let by = kind(&field.ty).choice()?.by;
    let sibling = plan.field(owner, by)?;
    let (by, home) = (plan.member(owner, by), choice_name(plan, owner, field));
    let value = match is_option(field) {
        true => quote!(self.#own.as_mut()),
        false => quote!(&mut self.#own),
    };
    let rule = match is_option(sibling) {
        true => quote!(self.#by.map(#home)),
        false => quote!(#home(self.#by)),
    };
    Some(quote!(reading.settle(&format!(#place), #value, #rule);))
}

/// Whether an object has members that can be checked only as part of the whole object.
pub(super) fn is_judged(plan: &Plan<'_>, object: &str) -> bool {
    let object = plan.api.object(object);
    let mut fields = object.into_iter().flat_map(|one| &one.fields);
    fields.any(|field| {
        let kind = kind(&field.ty);
        let siblings = !field.only_if.is_empty() || !field.required_if.is_empty();
        let inner = || kind.object().filter(|_| merges(field));
        let own = siblings || kind.choice().is_some();
        field.mode != Mode::ReadOnly && (own || inner().is_some_and(|name| is_judged(plan, name)))
    })
}

/// `name` as a JSON Pointer token (RFC 6901 section 3), escaped for a format string.
pub(super) fn escaped(name: &str) -> String {
    let token = name.replace('~', "~0").replace('/', "~1");
    token.replace('{', "{{").replace('}', "}}")
}
