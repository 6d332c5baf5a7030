//! Bodies: how each type that is sent is read, member by member.

use fieldproof_spec::model::Field;
use proc_macro2::Ident;
use quote::{format_ident, quote};
use serde::Serialize;

use super::change;
use super::code::{Code, Name};
use super::constant::{Constant, Read, Request, constants, read};
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
    /// Its members; those of a nested object are members of its model.
    pub(crate) members: Vec<Sent>,
    /// What the members of a body are called where they are read.
    pub(crate) parameter: Name,
    /// Members that bodies may call otherwise.
    pub(crate) also: Vec<(String, Vec<String>)>,
    pub(crate) reads: Vec<Read>,
    pub(crate) chosen: Vec<Chosen>,
    pub(crate) conditions: Vec<Condition>,
    /// Members that only the server sets, on the wire.
    pub(crate) kept: Vec<String>,
    /// What these are in a new object.
    pub(crate) initial: Vec<(Name, Code)>,
}

/// A member as a body brings it.
#[derive(Debug, Serialize)]
pub(crate) struct Sent {
    pub(crate) name: Name,
    pub(crate) doc: String,
    pub(crate) ty: Code,
}

/// A member whose sibling decides what it has to be.
#[derive(Debug, Serialize)]
pub(crate) struct Chosen {
    pub(crate) name: Name,
    pub(crate) wire: String,
    /// The function of the runtime that judges it.
    pub(crate) method: &'static str,
    pub(crate) by: Name,
    /// Whether the sibling may be `null` or left out.
    pub(crate) flat: bool,
    /// The function that names the rule for a value of the sibling.
    pub(crate) rule: Code,
}

/// A member that is only for one value of a sibling, or needed with it.
#[derive(Debug, Serialize)]
pub(crate) struct Condition {
    pub(crate) name: Name,
    pub(crate) wire: String,
    /// The function of the runtime that judges it.
    pub(crate) method: &'static str,
    pub(crate) sibling: Name,
    pub(crate) value: Code,
    /// The value for people.
    pub(crate) when: String,
}

/// A body before it is resolved.
pub(super) struct Draft<'a> {
    pub(super) name: Ident,
    pub(super) doc: String,
    pub(super) request: Request,
    /// Whether its members are those of a model.
    pub(super) is_model: bool,
    /// What bodies write of it.
    pub(super) fields: Vec<&'a Field>,
    /// What only the server sets.
    pub(super) kept: Vec<&'a Field>,
}

impl<'a> Draft<'a> {
    /// A body with those of the fields that it may have.
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

/// The bodies of `owner`, and what all of them say of members.
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
    // What a nested object has beside them, only the server sets.
    let object = plan.api.object(owner).is_some();
    let kept: Vec<&Field> = one.kept.iter().copied().filter(|_| object).collect();
    let parameter = match fields.is_empty() && kept.is_empty() {
        true => format_ident!("_members"),
        false => parameter(plan, owner, fields),
    };
    let (place, name) = (plan.place(owner), &one.name);
    let spelled = fields.iter().filter(|field| !field.also.is_empty());
    // Those of a change are judged when it was merged.
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
    let members = fields.iter().filter(|_| !one.is_model);
    Body {
        path: quote!(#place::#name).into(),
        name: name.clone().into(),
        doc: one.doc.clone(),
        members: members
            .map(|field| sent(plan, owner, request, field))
            .collect(),
        parameter: parameter.into(),
        also: spelled
            .map(|one| (one.name.clone(), one.also.clone()))
            .collect(),
        reads: fields
            .iter()
            .map(|one| read(plan, owner, request, one))
            .collect(),
        chosen: fields
            .iter()
            .filter_map(|field| chosen(plan, owner, fields, field, changes))
            .collect(),
        conditions: judged
            .flat_map(|field| change::conditions(plan, owner, field))
            .collect(),
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

/// The name of the parameter, which no field may take away.
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

/// Judges a member whose sibling decides, as far as both were sent; what is
/// left is judged when a change was merged.
fn chosen(
    plan: &Plan<'_>,
    owner: &str,
    fields: &[&Field],
    field: &Field,
    changes: bool,
) -> Option<Chosen> {
    let by = kind(&field.ty).choice()?.by;
    let sibling = fields.iter().find(|one| one.name == by)?;
    let (own, by_option) = (is_option(field), is_option(sibling));
    if changes && (own || by_option) {
        return None;
    }
    Some(Chosen {
        name: plan.member(owner, &field.name).into(),
        wire: field.name.clone(),
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
