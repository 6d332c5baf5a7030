//! What the objects of a resource do: how they begin, change and are judged.

use fieldproof_spec::model::{Field, Resource};
use quote::quote;
use serde::Serialize;

use super::change::{Merge, judge, merge};
use super::code::{Code, Name};
use super::column::{Column, own};
use super::constructor::{fallbacks, initial};
use super::derived::{exclude, settle, stand_ins};
use super::initial::is_option;
use super::partial::partial;
use super::rule::MOST;
use crate::kind::kind;
use crate::plan::Plan;

/// What the objects of a resource do.
#[derive(Debug, Serialize)]
pub(crate) struct Behavior {
    /// Members of which a patch may send a part.
    pub(crate) partial: Vec<Code>,
    /// Whether a create brings anything.
    pub(crate) creates: bool,
    /// Values of a new object that come from elsewhere, in the order in which they are
    /// known.
    pub(crate) locals: Vec<(Name, Code)>,
    /// Members of a new object; without a value it is the local of the same name.
    pub(crate) initial: Vec<(Name, Option<Code>)>,
    /// Lists of shared objects that a change puts together.
    pub(crate) relations: Vec<ListOf>,
    pub(crate) merges: Vec<Merge>,
    /// What is computed and judged after a change.
    pub(crate) settled: Vec<Code>,
    /// Whether any of that is judged.
    pub(crate) judges: bool,
    /// The parent that shows the object.
    pub(crate) refreshes: Option<Code>,
    /// The member with the moment of the last change, and that moment `now`.
    pub(crate) touched: Option<(Name, Code)>,
    /// Lists of children.
    pub(crate) embeds: Vec<ListOf>,
    /// Lists of shared objects, each with its column.
    pub(crate) relates: Vec<(ListOf, String)>,
    /// Lists that are added to, where they are.
    pub(crate) appends: Option<Vec<Append>>,
}

/// A list of other objects.
#[derive(Debug, Serialize)]
pub(crate) struct ListOf {
    pub(crate) name: Name,
    /// The type of the others.
    pub(crate) of: Code,
    /// Whether the list may be `null`.
    pub(crate) nullable: bool,
}

/// A list that is added to.
#[derive(Debug, Serialize)]
pub(crate) struct Append {
    pub(crate) name: Name,
    pub(crate) pointer: String,
    pub(crate) nullable: bool,
    /// The type of the shared objects in it, where there are any.
    pub(crate) shared: Option<Code>,
    pub(crate) most: u32,
}

/// What the objects of a resource with these columns do.
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
            .map(|field| merge(plan, &resource.name, field))
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

/// The list of shared objects that a member is.
fn shared(plan: &Plan<'_>, resource: &Resource, field: &Field) -> Option<ListOf> {
    let of = kind(&field.ty).shared()?;
    Some(list_of(plan, resource, field, of))
}

/// The parent that shows the object.
fn refreshes(plan: &Plan<'_>, resource: &Resource) -> Option<Code> {
    let parent = resource.parent.as_ref()?;
    parent.embed.as_ref()?;
    Some(plan.path(&parent.resource, "").into())
}

/// How the moment of a change is stamped into the object.
fn touched(plan: &Plan<'_>, resource: &Resource) -> Option<(Name, Code)> {
    let field = resource.field(&resource.times.as_ref()?.updated)?;
    let stamped = kind(&field.ty).stamped(&quote!(now))?;
    let name = plan.member(&resource.name, &field.name);
    Some((name.into(), stamped.into()))
}

/// Where the children stand that the resource shows.
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

/// How values are added to lists of a resource.
fn appends(plan: &Plan<'_>, resource: &Resource) -> Option<Vec<Append>> {
    let append = resource.append.as_ref()?;
    let fields = resource.fields.iter();
    let fields = fields.filter(|field| append.fields.contains(&field.name));
    let one = |field: &Field| Append {
        name: plan.member(&resource.name, &field.name).into(),
        pointer: format!("/{}", field.name.replace('~', "~0").replace('/', "~1")),
        nullable: is_option(field),
        shared: kind(&field.ty).shared().map(|of| plan.path(of, "").into()),
        most: field.max_items.unwrap_or(MOST),
    };
    Some(fields.map(one).collect())
}
