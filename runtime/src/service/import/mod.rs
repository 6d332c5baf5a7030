//! Loads objects in the form in which a document prints them.

mod numbers;
mod which;

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use self::numbers::greatest;
use self::which::of;
use super::make::make;
use super::{Service, passwords, user};
use crate::api::Loader;
use crate::body::{Draft, Reading};
use crate::presets::{ITEMS, Rows};
use crate::problem::{At, Found, Problem, Violation};
use crate::resource::Resource;
use crate::write::{Author, UnitOfWork};

/// Number of objects that are committed together at most: few enough that other writes go on
/// beside a large import.
const SLICE: usize = 200;

/// How long objects are loaded before they are committed, because some take long: passwords are
/// hashed.
const LONGEST: Duration = Duration::from_millis(500);

/// An import that stopped.
#[derive(Debug)]
pub struct Stopped {
    /// The number of objects at the beginning that were loaded.
    pub loaded: usize,
    /// Why the next ones were not.
    pub problem: Problem,
}

impl Service {
    /// Loads one object or an array of objects into a tenant: managed members are accepted as
    /// printed, and an object with the same identifier is replaced. They are loaded in order,
    /// up to 200 at a time, of which all are stored or none. `user` is the owner, for objects of which
    /// each user sees their own; `resource` is the resource, if the members do not identify it.
    /// Returns the number of objects.
    ///
    /// # Errors
    /// 422 with all violations of the objects that were to be stored together; 409 for values
    /// that are taken.
    pub async fn import(
        &self,
        tenant: &str,
        user: Option<&str>,
        resource: Option<&str>,
        value: Value,
    ) -> Result<usize, Stopped> {
        let stopped = |loaded| move |problem| Stopped { loaded, problem };
        if let Some(lists) = self.presets_of(&value) {
            let done = self.import_presets(tenant, lists).await;
            return done.map_err(stopped(0));
        }
        let objects: Arc<[Value]> = match value {
            Value::Array(objects) => objects.into(),
            object => [object].into(),
        };
        let named = |one: &&'static Loader| resource.is_none_or(|name| one.table.resource == name);
        let loaders: Vec<&Loader> = self.api.loaders().filter(named).collect();
        let author = Author::import(tenant, user);
        let mut behind = greatest(&loaders, &objects);
        let mut next = 0;
        loop {
            let slice = next..objects.len().min(next + SLICE);
            let begun = Instant::now();
            let done = self.import_slice(&author, &loaders, &objects, slice, behind.take());
            next = done.await.map_err(stopped(next))?;
            if next == objects.len() {
                return Ok(next);
            }
            // Others write for as long.
            tokio::time::sleep(begun.elapsed()).await;
        }
    }

    /// Loads objects of a slice, as many as there is time for, all or none; identifiers that are
    /// made later come behind the number `behind`. Returns where the next ones begin.
    async fn import_slice(
        &self,
        author: &Author,
        loaders: &[&'static Loader],
        objects: &Arc<[Value]>,
        slice: Range<usize>,
        behind: Option<u64>,
    ) -> Result<usize, Problem> {
        let (loaders, objects) = (loaders.to_vec(), Arc::clone(objects));
        let presets = self.reading(&author.tenant).await?.presets;
        let pending = self.commit(author.clone(), move |work| {
            let (begun, mut found, mut next) = (Instant::now(), Found::default(), slice.end);
            if let Some(number) = behind {
                work.tx.advance_past(number);
            }
            for at in slice.clone() {
                if at > slice.start && begun.elapsed() > LONGEST {
                    next = at;
                    break;
                }
                let object = &objects[at];
                let loader = match of(&loaders, object) {
                    Ok(loader) => loader,
                    Err(detail) => {
                        found.push(untold(detail, at));
                        continue;
                    }
                };
                let mut reading = Reading {
                    importing: true,
                    presets: presets.clone(),
                    ..Reading::default()
                };
                (loader.load)(work, object.clone(), &mut reading)?;
                let (named, more) = reading.verdict().into_parts();
                found.extend(named.into_iter().map(|violation| below(violation, at)));
                found.count_more(more);
            }
            work.judge(found)?;
            Ok(next)
        });
        pending.answer().await
    }

    /// The lists, tables and settings of the deployment, if `value` contains some.
    fn presets_of(&self, value: &Value) -> Option<Map<String, Value>> {
        let (lists, map) = (self.api.presets.as_ref()?, value.as_object()?);
        let named = |(name, _): &(&str, _)| map.contains_key(*name);
        let table = |rows: &Rows| map.contains_key(rows.name) || map.contains_key(ITEMS);
        let object = |loader: &Loader| map.contains_key(loader.table.id);
        let settings = !lists.settings.is_empty() && map.contains_key("settings");
        let brings = settings || lists.lists.iter().any(named) || lists.tables.iter().any(table);
        let brings = brings && !self.api.loaders().any(object);
        brings.then(|| map.clone())
    }

    async fn import_presets(
        &self,
        tenant: &str,
        given: Map<String, Value>,
    ) -> Result<usize, Problem> {
        let (author, api) = (Author::deployment(tenant), self.api);
        let count = given.len();
        let pending = self.commit(author, move |work| work.replace_presets(api, &given));
        pending.answer().await.map(|()| count)
    }
}

/// Loads one object of `R`.
///
/// # Errors
/// The store fails; violations of the object are recorded.
pub(super) fn load<R: Resource>(
    work: &mut UnitOfWork<'_>,
    value: Value,
    reading: &mut Reading,
) -> Result<(), Problem> {
    let table = R::TABLE;
    let Some(draft) = Draft::<R::Create>::read(value, "", table, reading) else {
        return Ok(());
    };
    passwords::hash(reading);
    let given = draft.sent_back.iter().find(|one| one.member == table.id);
    let id = given.and_then(|one| table.id_kind.of_json(&one.value));
    if let Some(id) = id {
        let tenant = work.tenant.clone();
        for child in table.children {
            for stored in work.tx.children(child.table, &tenant, &id)? {
                work.remove(child.table, &stored.id)?;
            }
        }
    }
    let (object, row) = make::<R>(work, draft, None, reading)?;
    work.note_conflicts(table, &row, "")?;
    work.put(table, &row)?;
    if !table.per_user.is_empty() && reading.found.is_empty() {
        let user = work
            .author
            .user
            .clone()
            .ok_or_else(Problem::user_required)?;
        user::spread(work, &object, &row, &user)?;
    }
    Ok(())
}

fn untold(detail: String, at: usize) -> Violation {
    Violation {
        at: At::Pointer(format!("/{at}")),
        code: "required",
        detail,
    }
}

/// The same violation in element `at` of an array.
fn below(violation: Violation, at: usize) -> Violation {
    match violation.at {
        At::Pointer(pointer) => Violation {
            at: At::Pointer(format!("/{at}{pointer}")),
            ..violation
        },
        _ => violation,
    }
}
