//! Abilities of a table's objects, and its managed, secret and distinct members.

use fieldproof_spec::model::{Field, Mode, On, Resource, Watch as Watched};
use serde::Serialize;

use super::column::{Column, own};
use super::notification::Notification;
use crate::kind::kind;
use crate::plan::Plan;

/// The visibility in the runtime of members that only a scope reveals.
const SCOPE: &str = "Scope";

/// A path of members.
pub(crate) type Path = Vec<String>;

/// Objects that authenticate with their own token.
#[derive(Debug, Serialize)]
pub(crate) struct Login {
    pub(crate) token: String,
    pub(crate) user: String,
    pub(crate) needs: Vec<(String, String)>,
}

/// Objects that are watches of another resource.
#[derive(Debug, Serialize)]
pub(crate) struct Watch {
    /// The watched table.
    pub(crate) of: Option<String>,
    pub(crate) item: String,
    /// The scope that reveals members, and their paths.
    pub(crate) scope: Option<String>,
    pub(crate) named: Vec<Path>,
    pub(crate) needs: Vec<(String, String)>,
    pub(crate) keys: Option<String>,
    /// The roles of members.
    pub(crate) roles: Vec<(String, Path)>,
    /// What notifications look like, where that is not how the house does it.
    pub(crate) notification: Notification,
}

/// A member whose value must not occur in another member of another object.
#[derive(Debug, Serialize)]
pub(crate) struct Distinct {
    pub(crate) member: String,
    pub(crate) column: String,
    /// Whether it must differ from the identifiers of other objects.
    pub(crate) id: bool,
    /// The columns of the other members.
    pub(crate) others: Vec<String>,
}

/// The paths of a field's members that are stored separately from the public text, and the
/// visibility of each.
pub(super) fn secrets(
    plan: &Plan<'_>,
    field: &Field,
    above: &[String],
) -> Vec<(Path, &'static str)> {
    let own = [above, std::slice::from_ref(&field.name)].concat();
    let kind = kind(&field.ty);
    let shown = match (kind.is_sealed(), field.is_shown(), &field.scope) {
        (true, ..) => "Presence",
        (false, false, _) => "Never",
        (false, true, Some(_)) => SCOPE,
        (false, true, None) => {
            let inner = kind.object().filter(|_| !field.list);
            // Recursive objects have no such members: there would be infinitely many paths.
            let inner = inner.filter(|name| !plan.api.reaches(name, name));
            let object = inner.and_then(|name| plan.api.object(name)).into_iter();
            let members = object.flat_map(|one| &one.fields);
            return members.flat_map(|one| secrets(plan, one, &own)).collect();
        }
    };
    vec![(own, shown)]
}

/// Paths of members in a field's nested objects that only the server sets.
pub(super) fn inside(plan: &Plan<'_>, field: &Field, above: &[String]) -> Vec<Path> {
    let Some(name) = kind(&field.ty).object() else {
        return Vec::new();
    };
    // A recursive object has none; `check` reports them.
    if plan.api.reaches(name, name) {
        return Vec::new();
    }
    let path = [above, std::slice::from_ref(&field.name)].concat();
    let members = plan.api.object(name).into_iter();
    let paths = members.flat_map(|one| &one.fields).flat_map(|member| {
        let own = [&path[..], std::slice::from_ref(&member.name)].concat();
        let own = Some(own).filter(|_| member.mode == Mode::ReadOnly);
        own.into_iter().chain(inside(plan, member, &path))
    });
    paths.collect()
}

/// How objects authenticate with their own token.
pub(super) fn login(resource: &Resource) -> Option<Login> {
    resource.login.as_ref().map(|login| Login {
        token: login.token.clone(),
        user: login.user.clone(),
        needs: login.needs.clone(),
    })
}

/// The scope that reveals members of a resource.
pub(super) fn scope(resource: &Resource) -> Option<String> {
    resource.fields.iter().find_map(|field| field.scope.clone())
}

/// Resolves what a watch watches.
pub(super) fn watch(plan: &Plan<'_>, resource: &Resource, watch: &Watched) -> Watch {
    let other = plan.api.resource(&watch.of);
    let fields = other.into_iter().flat_map(|of| &of.fields);
    let places = fields.flat_map(|field| secrets(plan, field, &[]));
    let named = places.filter(|(_, shown)| *shown == SCOPE);
    let mut roles = Vec::new();
    for field in &resource.fields {
        let name = |role| format!("{role:?}");
        roles.extend(
            field
                .role
                .map(|role| (name(role), vec![field.name.clone()])),
        );
        let object = kind(&field.ty).object();
        let object = object.and_then(|name| plan.api.object(name));
        for member in object.iter().flat_map(|object| &object.fields) {
            let path = || vec![field.name.clone(), member.name.clone()];
            roles.extend(member.role.map(|role| (name(role), path())));
        }
    }
    Watch {
        of: other.map(|of| plan.table_name(&of.name).to_owned()),
        item: resource.item_path(),
        scope: other.and_then(scope),
        named: named.map(|(path, _)| path).collect(),
        needs: watch.needs.clone().into_iter().collect(),
        keys: watch.keys.clone(),
        notification: Notification::of(&watch.notification),
        roles,
    }
}

/// The members whose values must not occur in another of these members of another object.
pub(super) fn distinct(resource: &Resource, all: &[Column<'_>]) -> Vec<Distinct> {
    let fields = resource
        .distinct
        .as_ref()
        .map_or(&[][..], |one| &one.fields);
    let id = fields.contains(&resource.id);
    let written = fields.iter().filter(|name| **name != resource.id);
    let at = |name: &str| own(all, name).name.clone();
    written
        .map(|name| {
            let unique = resource.fields.iter().filter(|one| one.unique.is_some());
            let others = unique.filter(|one| one.name != *name && fields.contains(&one.name));
            Distinct {
                member: name.clone(),
                column: at(name),
                id,
                others: others.map(|one| at(&one.name)).collect(),
            }
        })
        .collect()
}

/// Who manages a member that updates do not write.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum ManagedBy {
    /// A variant of the runtime's type that has no members.
    Plain(&'static str),
    /// The time of creation, as an object of these two members.
    CreatedInZone { time: String, zone: String },
}

/// The member, if updates do not write it, and who manages it.
pub(super) fn managed(resource: &Resource, field: &Field) -> Option<(String, ManagedBy)> {
    let writable = field.on_update() || resource.update.is_none();
    if field.on_create() && writable {
        return None;
    }
    let times = resource.times.as_ref();
    let by = match () {
        () if field.name == resource.id => "Id",
        () if times.is_some_and(|times| times.created == field.name) => "Created",
        () if times.is_some_and(|times| times.updated == field.name) => "Updated",
        () if field.derive.is_some() => "Derived",
        () if field.mode == Mode::Immutable => "Immutable",
        () if field.on == On::Create && field.mode != Mode::ReadOnly => "Create",
        () => match kind(&field.ty).zoned() {
            Some([time, zone]) => {
                let (time, zone) = (time.to_owned(), zone.to_owned());
                return Some((field.name.clone(), ManagedBy::CreatedInZone { time, zone }));
            }
            None => "Deployment",
        },
    };
    Some((field.name.clone(), ManagedBy::Plain(by)))
}
