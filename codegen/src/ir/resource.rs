//! Resources.

use fieldproof_spec::model::{Field, Resource as Described};
use quote::quote;
use serde::Serialize;

use super::behavior::{Behavior, behavior};
use super::body::{Body, Draft, bodies};
use super::code::{Code, Name};
use super::column::columns;
use super::constant::{Constant, Request};
use super::model::{self, Model, Values};
use super::operation::{Handler, handlers};
use super::rule::{Choice, choices};
use super::table::{Table, table};
use crate::plan::Plan;

/// A resource.
#[derive(Debug, Serialize)]
pub(crate) struct Resource {
    pub(crate) module: String,
    /// The path of its module.
    pub(crate) place: Code,
    /// Its type.
    pub(crate) name: Name,
    pub(crate) path: Code,
    /// The documentation of its module.
    pub(crate) about: String,
    pub(crate) model: Model,
    pub(crate) values: Vec<Values>,
    pub(crate) constants: Vec<Constant>,
    /// The bodies of a create and, if possible, of an update and an append.
    pub(crate) bodies: Vec<Body>,
    /// The type of the body of a create.
    pub(crate) create: Code,
    /// The type of the body of an update, if anything can be updated.
    pub(crate) update: Option<Code>,
    /// The type of the body of an append.
    pub(crate) append: Code,
    pub(crate) choices: Vec<Choice>,
    pub(crate) behavior: Behavior,
    pub(crate) table: Table,
    pub(crate) handlers: Vec<Handler>,
}

impl Resource {
    /// Resolves a resource.
    pub(super) fn of(plan: &Plan<'_>, one: &Described) -> Self {
        let (owner, fields) = (&one.name, &one.fields);
        let ty = |prefix| plan.ty(owner, prefix);
        let mut drafts = vec![Draft::new(
            ty("Create"),
            &match one.create {
                Some(_) => format!("The body of a create of `{}`.", one.name),
                None => format!("What an import reads of `{}`.", one.name),
            },
            Request::Create,
            fields,
            Field::on_create,
        )];
        let updates = fields.iter().any(Field::on_update);
        drafts.extend(updates.then(|| {
            Draft::new(
                ty("Update"),
                &format!("The body of an update of `{}`.", one.name),
                Request::Update,
                fields,
                Field::on_update,
            )
        }));
        drafts.extend(one.append.as_ref().map(|append| {
            let takes = |field: &Field| append.fields.contains(&field.name);
            Draft::new(
                ty("Append"),
                &format!("The body of an append to `{}`.", one.name),
                Request::Append,
                fields,
                takes,
            )
        }));
        let (constants, bodies) = bodies(plan, owner, &drafts);
        let columns = columns(plan, one);
        let about = one.about.clone();
        Self {
            module: plan.thing(owner).module.clone(),
            place: plan.place(owner).into(),
            name: ty("").into(),
            path: plan.path(owner, "").into(),
            about: about.unwrap_or_else(|| format!("The resource `{}`.", ty(""))),
            model: model::resource(plan, one),
            values: model::values(plan, owner, fields),
            constants,
            bodies,
            create: plan.path(owner, "Create").into(),
            update: match updates {
                true => Some(plan.path(owner, "Update").into()),
                // An update that sends nothing but what identifies the object.
                false => one.update.as_ref().map(|_| quote!(()).into()),
            },
            append: plan.path(owner, "Append").into(),
            choices: choices(plan, owner, fields),
            behavior: behavior(plan, one, &columns),
            table: table(plan, one, &columns),
            handlers: handlers(plan, one),
        }
    }
}
