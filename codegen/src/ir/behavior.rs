//! Behaviour of a resource's objects: how they are created, changed and checked.

use fieldproof_spec::model::{Field, Resource};
use quote::quote;
use serde::Serialize;

use super::change::{Set, judge, set};
use super::code::{Code, Name};
use super::column::{Column, own};
use super::constructor::{fallbacks, initial};
use super::derived::{exclude, settle, stand_ins};
use super::initial::is_option;
use super::partial::partial;
use super::rule::most;
use crate::kind::kind;
use crate::plan::Plan;

/// The behaviour of a resource's objects.
#[derive(Debug, Serialize)]
pub(crate) struct Behavior {
    /// Members of which a merge patch may send a part.
    pub(crate) partial: Vec<Code>,
    /// Whether a create sends any members.
    pub(crate) creates: bool,
    /// Values of a new object that may have a fallback, in the order in which they are known.
    pub(crate) locals: Vec<(Name, Code)>,
    /// Members of a new object; without a value, the local variable of the same name is used.
    pub(crate) initial: Vec<(Name, Option<Code>)>,
    /// Lists of shared objects that an update writes.
    pub(crate) relations: Vec<ListOf>,
    /// Members that an update sets.
    pub(crate) merges: Vec<Set>,
    /// Code that computes and checks members after an update.
    pub(crate) settled: Vec<Code>,
    /// Whether any of that code checks.
    pub(crate) judges: bool,
    /// The parent that embeds the object.
    pub(crate) refreshes: Option<Code>,
    /// The member with the time of the last change, and the code that makes its value from
    /// `now`.
    pub(crate) touched: Option<(Name, Code)>,
    /// Lists of children.
    pub(crate) embeds: Vec<ListOf>,
    /// Lists of shared objects, each with its column.
    pub(crate) relates: Vec<(ListOf, String)>,
    /// Lists to which values can be added, if there are any.
    pub(crate) appends: Option<Vec<Append>>,
}

/// A list of other objects.
#[derive(Debug, Serialize)]
pub(crate) struct ListOf {
    pub(crate) name: Name,
    /// The type of the other objects.
    pub(crate) of: Code,
    /// Whether the list may be `null`.
    pub(crate) nullable: bool,
}

/// A list to which values can be added.
#[derive(Debug, Serialize)]
pub(crate) struct Append {
    pub(crate) name: Name,
    pub(crate) pointer: String,
    pub(crate) nullable: bool,
    /// The type of the shared objects in it, if any.
    pub(crate) shared: Option<Code>,
    pub(crate) most: Code,
}

/// Resolves the behaviour of a resource's objects, given its columns.
pub(super) fn behavior(plan: &Plan<'_>, resource: &Resource, all: &[Column<'_>]) -> Behavior {
    let fields = || resource.fields.iter();
    let written = || fields().filter(|field| field.on_update());
    let alone = written().filter(|field| kind(&field.ty).shared().is_none());
    let stood_in: Vec<_> = fields()
        .flat_map(|field| stand_ins(plan, resource, field))
        .collect();
    let mut judged = fields().map(|field| judge(plan, &resource.name, field).is_some());
    let judges = !resource.exclusive.is_empty()
        || stood_in.iter().any(|(_, judged)| *judged)
        || judged.any(|judged| judged);
    let settled = fields().filter_map(|field| settle(plan, resource, field));
    let exclusive = resource.exclusive.iter();
    let settled = settled
        .chain(stood_in.into_iter().map(|(one, _)| one))
        .chain(exclusive.map(|one| exclude(plan, resource, one)));
    let initial = fields().map(|field| initial(plan, resource, field));
    Behavior {
        partial: partial(plan, resource)
            .into_iter()
            .map(Code::from)
            .collect(),
        creates: fields().any(Field::on_create),
        locals: fallbacks(plan, resource),
        initial: initial.collect(),
        relations: written()
            .filter_map(|field| shared(plan, resource, field))
            .collect(),
        merges: alone
            .map(|field| set(plan, &resource.name, field))
            .collect(),
        settled: settled.map(Code::from).collect(),
        judges,
        refreshes: refreshes(plan, resource),
        touched: touched(plan, resource),
        embeds: embeds(plan, resource),
        relates: fields()
            .filter_map(|field| {
                let list = shared(plan, resource, field)?;
                Some((list, own(all, &field.name).name.clone()))
            })
            .collect(),
        appends: appends(plan, resource),
    }
}

fn list_of(plan: &Plan<'_>, resource: &Resource, field: &Field, of: &str) -> ListOf {
    ListOf {
        name: plan.member(&resource.name, &field.name).into(),
        of: plan.path(of, "").into(),
        nullable: is_option(field),
    }
}

/// The list of shared objects in a member, if it is one.
fn shared(plan: &Plan<'_>, resource: &Resource, field: &Field) -> Option<ListOf> {
    let of = kind(&field.ty).shared()?;
    Some(list_of(plan, resource, field, of))
}

/// The parent that embeds the object, if any.
fn refreshes(plan: &Plan<'_>, resource: &Resource) -> Option<Code> {
    let parent = resource.parent.as_ref()?;
    parent.embed.as_ref()?;
    Some(plan.path(&parent.resource, "").into())
}

/// How the time of a change is written into the object.
fn touched(plan: &Plan<'_>, resource: &Resource) -> Option<(Name, Code)> {
    let field = resource.field(&resource.times.as_ref()?.updated)?;
    let stamped = kind(&field.ty).stamped(&quote!(now))?;
    let name = plan.member(&resource.name, &field.name);
    Some((name.into(), stamped.into()))
}

/// The members in which the resource embeds its children.
fn embeds(plan: &Plan<'_>, resource: &Resource) -> Vec<ListOf> {
    let children = plan.api.children(&resource.name);
    children
        .filter_map(|child| {
            let field = child.parent.as_ref()?.embed.as_ref()?;
            let field = resource.field(field)?;
            Some(list_of(plan, resource, field, &child.name))
        })
        .collect()
}

/// The lists of a resource to which values can be added.
fn appends(plan: &Plan<'_>, resource: &Resource) -> Option<Vec<Append>> {
    let append = resource.append.as_ref()?;
    let fields = resource.fields.iter();
    let fields = fields.filter(|field| append.fields.contains(&field.name));
    let one = |field: &Field| Append {
        name: plan.member(&resource.name, &field.name).into(),
        pointer: format!("/{}", field.name.replace('~', "~0").replace('/', "~1")),
        nullable: is_option(field),
        shared: kind(&field.ty).shared().map(|of| plan.path(of, "").into()),
        most: most(field).into(),
    };
    Some(fields.map(one).collect())
}
