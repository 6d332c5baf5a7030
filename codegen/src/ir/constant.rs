//! Constants that describe a member for all bodies, and how each body reads it.

use fieldproof_spec::model::{Field, RequestSource, Source};
use proc_macro2::Ident;
use serde::Serialize;
use serde_json::Value;

use super::change::is_judged;
use super::code::{Code, Name};
use super::initial::{is_option, making};
use super::nesting::{is_boxed, merges};
use super::rule::rule;
use super::ty;
use crate::kind::{Body, kind};
use crate::plan::Plan;

/// The constant with which bodies read a member.
#[derive(Debug, Serialize)]
pub(crate) struct Constant {
    pub(crate) name: Name,
    /// The name of the member on the wire.
    pub(crate) wire: String,
    /// Other names on the wire.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) also: Vec<String>,
    /// The type of the sent value.
    pub(crate) ty: Code,
    pub(crate) rule: Code,
    /// The function that makes the value of a member that is not sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) default: Option<Code>,
    /// Whether a new object applies the same rule to the value of a fallback.
    pub(crate) shared: bool,
}

/// How a body reads a member.
#[derive(Debug, Serialize)]
pub(crate) struct Read {
    pub(crate) name: Name,
    /// The function of the runtime that reads it.
    pub(crate) method: &'static str,
    pub(crate) constant: Name,
    /// The setting that replaces `null`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) setting: Option<String>,
}

/// The purpose for which a body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Request {
    /// To create an object.
    Create,
    /// To update one.
    Update,
    /// To add to lists.
    Append,
    /// To refer to a shared object, new or existing.
    Mention,
}

impl Request {
    /// The kind of body whose rules apply.
    pub(super) fn body(self) -> Body {
        match self {
            Self::Create => Body::Create,
            Self::Update | Self::Append | Self::Mention => Body::Update,
        }
    }
}

/// The constants of all members that bodies contain.
pub(super) fn constants(
    plan: &Plan<'_>,
    owner: &str,
    fields: &[(Request, &Field)],
) -> Vec<Constant> {
    let mut all: Vec<Constant> = Vec::new();
    for (request, field) in fields {
        let name = constant(plan, owner, field, request.body());
        if all.iter().all(|other| name != other.name.0) {
            let of_field = fields.iter().filter(|(_, other)| other.name == field.name);
            let mut same = of_field
                .filter(|(request, _)| constant(plan, owner, field, request.body()) == name);
            let defaulted = same.any(|(request, _)| reading(plan, owner, *request, field).1);
            all.push(resolved(plan, owner, field, request.body(), defaulted));
        }
    }
    all
}

fn resolved(plan: &Plan<'_>, owner: &str, field: &Field, of: Body, defaulted: bool) -> Constant {
    let default = defaulted.then(|| making(plan, owner, field, &field.initial()));
    Constant {
        name: constant(plan, owner, field, of).into(),
        wire: field.name.clone(),
        also: field.also.clone(),
        ty: ty::sent(plan, owner, field, of).into(),
        rule: rule(plan, owner, field, of).into(),
        default: default.map(Code::from),
        shared: plan.api.resource(owner).is_some() && is_shared(plan, owner, field),
    }
}

/// The name of the constant; updates have their own if their rule differs.
pub(super) fn constant(plan: &Plan<'_>, owner: &str, field: &Field, of: Body) -> Ident {
    let same = || {
        let of = |of| rule(plan, owner, field, of).to_string();
        of(Body::Create) == of(Body::Update)
    };
    match of == Body::Update && !same() {
        true => plan.changed(owner, &field.name),
        false => plan.constant(owner, &field.name),
    }
}

/// The constant of a member that creates and updates read alike, if it has a default.
pub(super) fn constant_with_default(plan: &Plan<'_>, owner: &str, field: &Field) -> Option<Ident> {
    let name = constant(plan, owner, field, Body::Create);
    let alike = name == constant(plan, owner, field, Body::Update);
    let written = field.on_create() && field.on_update();
    (alike && written && changed(field).1).then_some(name)
}

/// Whether a new object takes the rule or the default of the constant for what the member
/// falls back to.
fn is_shared(plan: &Plan<'_>, owner: &str, field: &Field) -> bool {
    let by_rule = field.fallback.iter().any(|source| match source {
        Source::Setting { .. } => true,
        Source::Request { request } => matches!(request, RequestSource::Host),
        Source::Field { .. } => false,
    });
    let falls_back = !field.fallback.is_empty();
    let defaulted = falls_back && !is_option(field) && !is_blank(&field.initial());
    field.on_create() && by_rule || defaulted && constant_with_default(plan, owner, field).is_some()
}

/// Whether a default is what its type has anyway.
pub(super) fn is_blank(initial: &Value) -> bool {
    initial.is_null() || initial == ""
}

/// Resolves how a body reads the member.
pub(super) fn read(plan: &Plan<'_>, owner: &str, request: Request, field: &Field) -> Read {
    let (method, _) = reading(plan, owner, request, field);
    let mut settings = field.fallback.iter().filter_map(|source| match source {
        Source::Setting { setting } => Some(setting.clone()),
        Source::Field { .. } | Source::Request { .. } => None,
    });
    Read {
        name: plan.member(owner, &field.name).into(),
        method,
        constant: constant(plan, owner, field, request.body()).into(),
        setting: settings.next().filter(|_| method == "reset_to"),
    }
}

/// The function that reads the member, and whether it needs a default.
fn reading(plan: &Plan<'_>, owner: &str, request: Request, field: &Field) -> (&'static str, bool) {
    match request {
        Request::Create => created(plan, owner, field),
        Request::Update => changed(field),
        Request::Mention if merges(field) => ("change_required", false),
        Request::Mention if is_option(field) => ("presence", false),
        Request::Append | Request::Mention => ("sent", false),
    }
}

fn created(plan: &Plan<'_>, owner: &str, field: &Field) -> (&'static str, bool) {
    if !field.fallback.is_empty() {
        // If it is not sent at all, a resource uses its fallbacks.
        return match (is_option(field), plan.api.resource(owner).is_some()) {
            (true, true) => ("presence", false),
            (true, false) => ("nullable", false),
            (false, _) => ("sent", false),
        };
    }
    match (field.required, is_option(field)) {
        (true, true) => ("required_nullable", false),
        (true, false) => ("required", false),
        (false, true) if field.initial().is_null() => ("nullable", false),
        (false, true) => ("nullable_or", true),
        (false, false) if is_empty_object(plan, owner, field) => ("object", false),
        (false, false) => ("or", true),
    }
}

fn changed(field: &Field) -> (&'static str, bool) {
    let initial = field.initial();
    let set = |source: &Source| matches!(source, Source::Setting { .. });
    match (field.required, is_option(field)) {
        (_, true) if initial.is_null() => ("change", false),
        (_, true) => ("change_or", true),
        (true, false) if merges(field) => ("change_required", false),
        (false, false) if merges(field) => ("change_object", false),
        (true, false) => ("sent", false),
        (false, false) if initial.is_null() => ("sent_or", true),
        (false, false) if field.fallback.iter().any(set) => ("reset_to", true),
        (false, false) => ("reset", true),
    }
}

/// Whether the member is an object for which an absent and an empty one are read alike.
fn is_empty_object(plan: &Plan<'_>, owner: &str, field: &Field) -> bool {
    let Some(name) = kind(&field.ty).object().filter(|_| merges(field)) else {
        return false;
    };
    let object = plan.api.object(name);
    let needs = object.is_some_and(|object| object.fields.iter().any(|one| one.required));
    field.default.is_none() && !needs && !is_judged(plan, name) && !is_boxed(plan.api, owner, field)
}
