//! Tables: the descriptions of resources for the runtime.

use fieldproof_spec::model::{Api, Asks, Effect, Field, Mode, Parent as Above, Resource, Scope};
use serde::Serialize;

use super::ability::{
    Distinct, Login, ManagedBy, Path, Watch, distinct, inside, login, managed, scope, secrets,
    watch,
};
use super::code::{Code, Name};
use super::column::{Column, Stored, asked, own, stored_columns};
use super::doc::Doc;
use super::form::forms;
use super::list::{List, list};
use super::nesting::merges;

use crate::kind::{id_kind, kind};
use crate::plan::Plan;

/// The table of a resource.
#[derive(Debug, Serialize)]
pub(crate) struct Table {
    pub(crate) doc: Doc,
    /// Its name in the store.
    pub(crate) name: String,
    pub(crate) resource: String,
    pub(crate) path: String,
    pub(crate) id: String,
    pub(crate) id_kind: Code,
    pub(crate) members: Vec<String>,
    /// Paths of members and what holds for each.
    pub(crate) forms: Vec<(String, String)>,
    /// Its name in the store in an earlier version of the spec.
    pub(crate) was: Option<String>,
    /// Paths of members that had another name, and that name.
    pub(crate) renamed: Vec<(String, String)>,
    /// Members that updates do not write, each with who manages it.
    pub(crate) managed: Vec<(String, ManagedBy)>,
    pub(crate) managed_inside: Vec<Path>,
    pub(crate) secrets: Vec<(Path, &'static str)>,
    pub(crate) scope: Option<String>,
    pub(crate) login: Option<Login>,
    /// The members that trigger an invitation, hold its address and are set by it.
    pub(crate) invite: Option<[String; 3]>,
    pub(crate) watch: Option<Watch>,
    pub(crate) watched: bool,
    pub(crate) per_user: Vec<String>,
    pub(crate) required: Vec<Path>,
    pub(crate) columns: Vec<Stored>,
    /// Columns by which a read also finds an object, and whether case is ignored.
    pub(crate) lookups: Vec<(String, bool)>,
    pub(crate) distinct: Vec<Distinct>,
    pub(crate) unique: Vec<Unique>,
    pub(crate) parent: Option<Parent>,
    /// Tables of children, and whether they are deleted with their parent.
    pub(crate) children: Vec<(Code, bool)>,
    pub(crate) list: List,
    pub(crate) create_status: u16,
    pub(crate) delete_status: u16,
    pub(crate) put_replaces: bool,
}

/// A combination of values that has to be unique.
#[derive(Debug, Serialize)]
pub(crate) struct Unique {
    /// The function of the runtime for the scope of uniqueness.
    pub(crate) within: Name,
    pub(crate) columns: Vec<String>,
    pub(crate) members: Vec<String>,
}

/// The parent resource.
#[derive(Debug, Serialize)]
pub(crate) struct Parent {
    pub(crate) table: Code,
    pub(crate) touch: bool,
    pub(crate) most: Option<u32>,
}

/// Resolves the table of a resource with these columns.
pub(super) fn table(plan: &Plan<'_>, resource: &Resource, all: &[Column<'_>]) -> Table {
    let fields = || resource.fields.iter();
    let members = fields().filter(|_| is_told_by_members(plan, resource));
    let forms = forms(plan, resource);
    let mut others = plan.api.resources.iter();
    let watched = |one: &Resource| {
        one.watch
            .as_ref()
            .is_some_and(|watch| watch.of == resource.name)
    };
    let written = fields().filter(|field| field.on_update());
    let also = resource.get.iter().flat_map(|get| &get.also);
    let invite = resource.invite.as_ref();
    let update = resource.update.as_ref();
    Table {
        doc: Doc {
            text: format!("How `{}` is stored and served.", resource.name),
            source: None,
        },
        name: plan.table_name(&resource.name).to_owned(),
        resource: resource.name.clone(),
        path: resource.path.clone(),
        id: resource.id.clone(),
        id_kind: id_kind(resource.id_kind).into(),
        members: members.map(|field| field.name.clone()).collect(),
        forms: forms
            .iter()
            .map(|one| (one.path.clone(), one.form.clone()))
            .collect(),
        was: resource.was.as_ref().map(|was| plan.former_table_name(was)),
        renamed: forms
            .iter()
            .filter_map(|one| Some((one.path.clone(), one.was.clone()?)))
            .collect(),
        managed: fields()
            .filter_map(|field| managed(resource, field))
            .collect(),
        managed_inside: fields()
            .flat_map(|field| inside(plan, field, &[]))
            .collect(),
        secrets: fields()
            .flat_map(|field| secrets(plan, field, &[]))
            .collect(),
        scope: scope(resource),
        login: login(resource),
        invite: invite.map(|one| [&one.when, &one.to, &one.sets].map(Clone::clone)),
        watch: resource
            .watch
            .as_ref()
            .map(|one| watch(plan, resource, one)),
        watched: others.any(watched),
        per_user: resource
            .bound
            .iter()
            .flat_map(|bound| bound.fields.clone())
            .collect(),
        required: written
            .flat_map(|field| required(plan.api, field, &[]))
            .collect(),
        columns: stored_columns(plan, resource, all),
        lookups: also
            .map(|(name, op)| {
                let folded = op.asks() == Asks::Folded;
                (asked(all, name, *op).name.clone(), folded)
            })
            .collect(),
        distinct: distinct(resource, all),
        unique: unique(resource, all),
        parent: resource.parent.as_ref().map(|one| parent(plan, one)),
        children: children(plan, resource),
        list: list(plan, resource, all),
        create_status: resource.create.as_ref().map_or(201, |create| create.status),
        delete_status: resource.delete.as_ref().map_or(204, |delete| delete.status),
        put_replaces: update.is_some_and(|update| update.effect == Effect::Replace),
    }
}

/// Whether the table has to list its members: values are added to its lists, or another
/// resource without a parent has an identifier member of the same name.
fn is_told_by_members(plan: &Plan<'_>, resource: &Resource) -> bool {
    let alone = |one: &Resource| one.parent.is_none() && one.id == resource.id;
    let mut others = plan.api.resources.iter();
    let twin = others.any(|other| other.name != resource.name && alone(other));
    resource.append.is_some() || alone(resource) && twin
}

/// Combinations of columns that have to be unique.
fn unique(resource: &Resource, all: &[Column<'_>]) -> Vec<Unique> {
    let fields = resource.fields.iter();
    let single = fields.filter_map(|field| Some((vec![field.name.clone()], field.unique?)));
    let combined = resource.unique.iter();
    let combined = combined.map(|unique| (unique.fields.clone(), unique.within));
    let one = |(members, scope): (Vec<String>, Scope)| {
        let columns = members.iter().map(|member| own(all, member).name.clone());
        let within = match scope {
            Scope::Parent => "in_parent",
            Scope::Tenant => "in_tenant",
        };
        Unique {
            within: Name(within.to_owned()),
            columns: columns.collect(),
            members,
        }
    };
    single.chain(combined).map(one).collect()
}

/// The parent resource.
fn parent(plan: &Plan<'_>, parent: &Above) -> Parent {
    let embed = parent.embed.as_ref();
    let embedding = embed.and_then(|field| plan.resource(&parent.resource).field(field));
    Parent {
        table: plan.table(&parent.resource).into(),
        touch: parent.touch,
        most: embedding.and_then(|field| field.max_items),
    }
}

/// The child resources.
fn children(plan: &Plan<'_>, resource: &Resource) -> Vec<(Code, bool)> {
    let goes = |child: &Resource| {
        let delete = resource.delete.as_ref();
        delete.is_some_and(|delete| delete.cascade.contains(&child.name))
    };
    let children = plan.api.children(&resource.name);
    children
        .map(|child| (plan.table(&child.name).into(), goes(child)))
        .collect()
}

/// Paths of members that a whole object requires if the enclosing object is sent.
fn required(api: &Api, field: &Field, above: &[String]) -> Vec<Vec<String>> {
    let mut path = above.to_vec();
    path.push(field.name.clone());
    let mut all = Vec::new();
    if let (Some(name), true) = (kind(&field.ty).object(), merges(field)) {
        let members = api.object(name).into_iter().flat_map(|one| &one.fields);
        let members = members.filter(|one| one.mode != Mode::ReadOnly);
        all.extend(members.flat_map(|one| required(api, one, &path)));
    }
    if field.required {
        all.insert(0, path);
    }
    all
}
