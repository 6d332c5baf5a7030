//! Bodies: how each type is read, member by member.

use fieldproof_spec::model::Field;
use proc_macro2::Ident;
use quote::{format_ident, quote};
use serde::Serialize;

use super::change;
use super::code::{Code, Name};
use super::constant::{Constant, Read, Request, constant, constants, read};
use super::initial::{default, is_option};
use super::model::about;
use super::rule::choice_name;
use super::ty;
use crate::kind::kind;
use crate::plan::Plan;

/// A type that is read from bodies.
#[derive(Debug, Serialize)]
pub(crate) struct Body {
    pub(crate) name: Name,
    pub(crate) path: Code,
    pub(crate) doc: String,
    /// Its members; empty for a nested object, whose members are those of its model.
    pub(crate) members: Vec<Sent>,
    /// The name of the parameter for the members of a body.
    pub(crate) parameter: Name,
    pub(crate) reads: Vec<Read>,
    pub(crate) chosen: Vec<Chosen>,
    /// Variables that say whether a sibling has a value: their names, the sibling, the value.
    pub(crate) tests: Vec<(Name, Name, Code)>,
    pub(crate) conditions: Vec<Condition>,
    /// Names on the wire of members that only the server sets.
    pub(crate) kept: Vec<String>,
    /// The values of these members in a new object.
    pub(crate) initial: Vec<(Name, Code)>,
}

/// A member as a body sends it.
#[derive(Debug, Serialize)]
pub(crate) struct Sent {
    pub(crate) name: Name,
    pub(crate) doc: String,
    pub(crate) ty: Code,
}

/// A member whose rule depends on the value of a sibling.
#[derive(Debug, Serialize)]
pub(crate) struct Chosen {
    pub(crate) name: Name,
    pub(crate) constant: Name,
    /// The function of the runtime that applies the rule.
    pub(crate) method: &'static str,
    pub(crate) by: Name,
    /// Whether the sibling may be `null` or left out.
    pub(crate) flat: bool,
    /// The function that returns the rule for a value of the sibling.
    pub(crate) rule: Code,
}

/// A member that is allowed only for one value of a sibling, or required with it.
#[derive(Debug, Serialize)]
pub(crate) struct Condition {
    pub(crate) name: Name,
    pub(crate) constant: Name,
    /// The function of the runtime that checks the condition.
    pub(crate) method: &'static str,
    pub(crate) sibling: Name,
    pub(crate) value: Code,
    /// The variable that says whether it holds.
    pub(crate) holds: Name,
    /// The condition in words.
    pub(crate) when: String,
}

/// A body before it is resolved.
pub(super) struct Draft<'a> {
    pub(super) name: Ident,
    pub(super) doc: String,
    pub(super) request: Request,
    /// Whether its members are those of a model.
    pub(super) is_model: bool,
    /// The fields that bodies write.
    pub(super) fields: Vec<&'a Field>,
    /// The fields that only the server sets.
    pub(super) kept: Vec<&'a Field>,
}

impl<'a> Draft<'a> {
    /// A body with those fields that it may contain.
    pub(super) fn new(
        name: Ident,
        doc: &str,
        request: Request,
        fields: &'a [Field],
        takes: impl Fn(&Field) -> bool,
    ) -> Self {
        let (fields, kept) = fields.iter().partition(|one| takes(one));
        Self {
            name,
            doc: doc.to_owned(),
            request,
            is_model: false,
            fields,
            kept,
        }
    }
}

/// The bodies of `owner`, and the constants that they share.
pub(super) fn bodies(
    plan: &Plan<'_>,
    owner: &str,
    drafts: &[Draft<'_>],
) -> (Vec<Constant>, Vec<Body>) {
    let fields = drafts
        .iter()
        .flat_map(|one| one.fields.iter().map(|field| (one.request, *field)));
    let constants = constants(plan, owner, &fields.collect::<Vec<_>>());
    let bodies = drafts.iter().map(|one| body(plan, owner, one));
    (constants, bodies.collect())
}

fn body(plan: &Plan<'_>, owner: &str, one: &Draft<'_>) -> Body {
    let (fields, request) = (&one.fields, one.request);
    let changes = request != Request::Create;
    // The other members of a nested object are set only by the server.
    let object = plan.api.object(owner).is_some();
    let kept: Vec<&Field> = one.kept.iter().copied().filter(|_| object).collect();
    let parameter = match fields.is_empty() && kept.is_empty() {
        true => format_ident!("_members"),
        false => parameter(plan, owner, fields),
    };
    let (place, name) = (plan.place(owner), &one.name);
    // Conditions of an update are checked after the merge.
    let judged = fields.iter().filter(|_| !changes);
    let initial = kept.iter().filter(|_| !changes).map(|field| {
        let initial = field.initial();
        let default = default(plan, owner, field, &initial);
        let value = match (is_option(field), initial.is_null()) {
            (true, true) => quote!(None),
            (true, false) => quote!(Some(#default)),
            (false, _) => default,
        };
        (plan.member(owner, &field.name).into(), value.into())
    });
    let mut conditions: Vec<Condition> = judged
        .flat_map(|field| change::conditions(plan, owner, field))
        .collect();
    let mut tests: Vec<(Name, Name, Code)> = Vec::new();
    for one in &mut conditions {
        let value = one.value.to_string();
        let same = |(_, sibling, other): &&(Name, Name, Code)| {
            *sibling == one.sibling && other.to_string() == value
        };
        if let Some((name, ..)) = tests.iter().find(same) {
            one.holds = name.clone();
            continue;
        }
        while tests.iter().any(|(name, ..)| *name == one.holds) {
            one.holds.0.push('_');
        }
        tests.push((one.holds.clone(), one.sibling.clone(), one.value.clone()));
    }
    let members = fields.iter().filter(|_| !one.is_model);
    Body {
        path: quote!(#place::#name).into(),
        name: name.clone().into(),
        doc: one.doc.clone(),
        members: members
            .map(|field| sent(plan, owner, request, field))
            .collect(),
        parameter: parameter.into(),
        reads: fields
            .iter()
            .map(|one| read(plan, owner, request, one))
            .collect(),
        chosen: fields
            .iter()
            .filter_map(|field| chosen(plan, owner, fields, field, request))
            .collect(),
        tests,
        conditions,
        kept: kept.iter().map(|field| field.name.clone()).collect(),
        initial: initial.collect(),
    }
}

fn sent(plan: &Plan<'_>, owner: &str, request: Request, field: &Field) -> Sent {
    let ty = match request {
        Request::Create => ty::created(plan, owner, field),
        Request::Update | Request::Mention => ty::updated(plan, owner, field),
        Request::Append => ty::appended(plan, owner, field),
    };
    Sent {
        name: plan.member(owner, &field.name).into(),
        doc: about(field),
        ty: ty.into(),
    }
}

/// The name of the parameter, which must not be that of a field.
fn parameter(plan: &Plan<'_>, owner: &str, fields: &[&Field]) -> Ident {
    let mut name = format_ident!("members");
    while fields
        .iter()
        .any(|one| plan.member(owner, &one.name) == name)
    {
        name = format_ident!("{name}_");
    }
    name
}

/// Applies the rule of a member that depends on a sibling if both are certain to be sent;
/// otherwise this happens after the merge.
fn chosen(
    plan: &Plan<'_>,
    owner: &str,
    fields: &[&Field],
    field: &Field,
    request: Request,
) -> Option<Chosen> {
    let changes = request != Request::Create;
    let by = kind(&field.ty).choice()?.by;
    let sibling = fields.iter().find(|one| one.name == by)?;
    let (own, by_option) = (is_option(field), is_option(sibling));
    if changes && (own || by_option) {
        return None;
    }
    Some(Chosen {
        name: plan.member(owner, &field.name).into(),
        constant: constant(plan, owner, field, request.body()).into(),
        method: if changes || own {
            "chosen_sent"
        } else {
            "chosen"
        },
        by: plan.member(owner, by).into(),
        flat: changes || by_option,
        rule: choice_name(plan, owner, field).into(),
    })
}
