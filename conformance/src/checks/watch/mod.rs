//! Watches: who is notified of changes, and with what.

pub(super) mod basic;
mod clock;
mod difference;
pub(super) mod events;
pub(super) mod headers;
mod keys;
pub(super) mod manage;
pub(super) mod method;
pub(super) mod oauth;
pub(super) mod previous;
mod reach;
mod reading;
mod record;
pub(super) mod refused;
pub(super) mod retry;
pub(super) mod secrets;
mod shape;
pub(super) mod shared;
pub(super) mod signature;
pub(super) mod silent;
pub(super) mod template;
pub(super) mod told;
mod verify;
mod watching;

use fieldproof_spec::model::{Api, Field, Notification, Resource, Role, Row};

use self::reading::Notice;
use self::watching::Watching;
use crate::subject::{Subject, SubjectPart};

/// Watches that can be registered.
fn watches(api: &Api) -> impl Iterator<Item = &Resource> {
    let registered = |one: &&Resource| one.watch.is_some() && one.create.is_some();
    api.resources.iter().filter(registered)
}

/// A subject for each watch that has all of `roles`, with the rows of these members and of
/// `more`.
fn with_roles<'a>(
    api: &'a Api,
    roles: &[Role],
    more: impl Fn(&'a Resource) -> Vec<&'a Row>,
) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for watch in watches(api) {
        let places: Option<Vec<Vec<&Field>>> =
            roles.iter().map(|role| api.place(watch, *role)).collect();
        let Some(places) = places else { continue };
        let mut rows: Vec<&Row> = Vec::new();
        for field in places.iter().flatten() {
            if !rows.contains(&&field.row) {
                rows.push(&field.row);
            }
        }
        rows.extend(more(watch));
        let member = places.first().map(|place| place[0].name.clone());
        let id = match &member {
            None => watch.name.clone(),
            Some(member) => format!("{}.{member}", watch.name),
        };
        let part = member.map_or(SubjectPart::Whole, SubjectPart::Field);
        subjects.push(Subject::new(id, &watch.name, part, &rows));
    }
    subjects
}

/// The resource that the watch of a subject observes.
fn watched<'a>(api: &'a Api, subject: &Subject) -> Option<&'a Resource> {
    let watch = subject.resource(api).watch.as_ref()?;
    api.resource(&watch.of)
}

/// The documented form of notifications of the watch of a subject.
fn look<'a>(api: &'a Api, subject: &Subject) -> Option<&'a Notification> {
    let watch = subject.resource(api).watch.as_ref()?;
    Some(&watch.notification)
}

/// Like [`with_roles`], for promises that only the conventions of the house make.
fn at_home<'a>(
    api: &'a Api,
    roles: &[Role],
    more: impl Fn(&'a Resource) -> Vec<&'a Row>,
) -> Vec<Subject> {
    match &api.dialect.house {
        Some(_) => with_roles(api, roles, more),
        None => Vec::new(),
    }
}

/// Whether a member of the watch has the role.
fn has(api: &Api, subject: &Subject, role: Role) -> bool {
    api.place(subject.resource(api), role).is_some()
}
