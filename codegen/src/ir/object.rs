//! Nested objects and shared objects.

use fieldproof_spec::model::{Field, Mode, Object as Described};
use serde::Serialize;

use super::body::{Body, Draft, bodies};
use super::change::{Set, is_judged, judge, set};
use super::code::{Code, Name};
use super::constant::{Constant, Request};
use super::model::{self, Model, Values};
use super::nesting::is_merged;
use super::rule::{Choice, choices};
use super::shared::{Shared, mentioned, shared};
use crate::kind::kind;
use crate::plan::Plan;

/// An object.
#[derive(Debug, Serialize)]
pub(crate) struct Object {
    pub(crate) module: String,
    pub(crate) name: Name,
    pub(crate) path: Code,
    pub(crate) model: Model,
    pub(crate) values: Vec<Values>,
    pub(crate) constants: Vec<Constant>,
    /// Types read from bodies: the object itself and its update, or a reference to a shared
    /// object.
    pub(crate) bodies: Vec<Body>,
    pub(crate) choices: Vec<Choice>,
    /// The members that an update sets, if it is updated member by member.
    pub(crate) merges: Option<Vec<Set>>,
    /// Checks that need the whole object.
    pub(crate) judged: Vec<Code>,
    pub(crate) shared: Option<Shared>,
}

impl Object {
    /// Resolves an object.
    pub(super) fn of(plan: &Plan<'_>, one: &Described) -> Self {
        let (owner, fields) = (&one.name, &one.fields);
        let name = plan.ty(owner, "");
        let is_merged = one.shared.is_none() && is_merged(plan.api, owner);
        let members = one.shared.as_ref().map(|shared| mentioned(one, shared));
        let mut drafts = Vec::new();
        match &members {
            Some(members) => {
                let doc = format!("The members of `{name}` that a body may send.");
                let sent = plan.members(owner);
                drafts.push(Draft::new(sent, &doc, Request::Mention, members, |_| true));
            }
            None if is_read(plan, owner) => drafts.push(Draft {
                is_model: true,
                ..Draft::new(name.clone(), "", Request::Create, fields, is_written)
            }),
            // Only the server makes it.
            None => {}
        }
        if is_merged {
            let doc = format!("The members of `{name}` that an update may send.");
            let update = plan.ty(owner, "Update");
            drafts.push(Draft::new(
                update,
                &doc,
                Request::Update,
                fields,
                is_written,
            ));
        }
        let (constants, bodies) = bodies(plan, owner, &drafts);
        let written = fields.iter().filter(|field| is_written(field));
        let merges = is_merged.then(|| written.map(|field| set(plan, owner, field)).collect());
        let judged = fields
            .iter()
            .filter(|_| is_merged && is_judged(plan, owner));
        let judged = judged.filter_map(|field| judge(plan, owner, field));
        let described = one.shared.as_ref().zip(members.as_ref());
        Self {
            module: plan.thing(owner).module.clone(),
            name: name.into(),
            path: plan.path(owner, "").into(),
            model: model::object(plan, one),
            values: model::values(plan, owner, fields),
            constants,
            bodies,
            choices: choices(plan, owner, fields),
            merges,
            judged: judged.map(Code::from).collect(),
            shared: described.map(|(described, members)| shared(plan, one, described, members)),
        }
    }
}

/// Whether a body contains the object, rather than only the server making it.
fn is_read(plan: &Plan<'_>, name: &str) -> bool {
    let holds = |field: &Field| {
        let kind = kind(&field.ty);
        let chosen = kind.choice().into_iter().flat_map(|choice| &choice.of);
        let mut all = chosen.map(|(_, kind)| kind.object()).chain([kind.object()]);
        all.any(|object| object == Some(name))
    };
    let resources = plan.api.resources.iter().flat_map(|one| &one.fields);
    let objects = plan.api.objects.iter().flat_map(|one| &one.fields);
    resources
        .chain(objects)
        .any(|field| is_written(field) && holds(field))
}

/// Whether bodies write the member of a nested object.
fn is_written(field: &Field) -> bool {
    field.mode != Mode::ReadOnly
}
