//! Loads objects as a document prints them.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::birth::make;
use super::work::Work;
use super::{Service, passwords, user};
use crate::api::Loader;
use crate::body::{Draft, Reading};
use crate::presets::{ITEMS, Rows};
use crate::problem::{At, Found, Problem, Violation};
use crate::resource::Resource;
use crate::store::Written;

impl Service {
    /// Loads one object or an array of them into a tenant, all or none: what
    /// the server keeps is taken as printed, an object with the same
    /// identifier is replaced. `user` is whose objects they are, where each
    /// user sees his own. Says how many there were.
    ///
    /// # Errors
    /// 422 naming every violation, 409 for values that are taken.
    pub fn import(&self, tenant: &str, user: Option<&str>, value: Value) -> Result<usize, Problem> {
        if let Some(lists) = self.presets_of(&value) {
            return self.import_presets(tenant, lists);
        }
        let objects = match value {
            Value::Array(objects) => objects,
            object => vec![object],
        };
        let count = objects.len();
        let user = user.map(str::to_owned);
        let presets = self.reading(tenant)?.presets;
        let (tenant, switches, loaders): (Arc<str>, _, _) =
            (tenant.into(), self.switches, self.api.loaders);
        let pending = self.store.write(Box::new(move |tx| {
            let work = &mut Work::new(tx, &tenant, switches);
            work.user = user;
            let mut found = Found::default();
            for (at, object) in objects.into_iter().enumerate() {
                let loader = loaders
                    .iter()
                    .find(|loader| object.get(loader.table.id).is_some());
                let Some(loader) = loader else {
                    found.push(unidentified(
                        loaders.iter().map(|loader| loader.table.id).collect(),
                        at,
                    ));
                    continue;
                };
                let mut reading = Reading {
                    importing: true,
                    presets: presets.clone(),
                    ..Reading::default()
                };
                (loader.load)(work, object, &mut reading)?;
                let (named, more) = reading.verdict().into_parts();
                found.extend(named.into_iter().map(|violation| below(violation, at)));
                found.count_more(more);
            }
            work.judge(found)?;
            work.tell()?;
            Ok(Written::default())
        }));
        pending.wait().map(|_| count)
    }

    /// The closed lists of the deployment, when `value` brings some.
    fn presets_of(&self, value: &Value) -> Option<Map<String, Value>> {
        let (lists, map) = (self.api.presets.as_ref()?, value.as_object()?);
        let named = |(name, _): &(&str, _)| map.contains_key(*name);
        let table = |rows: &Rows| map.contains_key(rows.name) || map.contains_key(ITEMS);
        let object = |loader: &Loader| map.contains_key(loader.table.id);
        let settings = !lists.settings.is_empty() && map.contains_key("settings");
        let brings = settings || lists.lists.iter().any(named) || lists.tables.iter().any(table);
        let brings = brings && !self.api.loaders.iter().any(object);
        brings.then(|| map.clone())
    }

    fn import_presets(&self, tenant: &str, given: Map<String, Value>) -> Result<usize, Problem> {
        let (tenant, switches, api): (Arc<str>, _, _) = (tenant.into(), self.switches, self.api);
        let count = given.len();
        let pending = self.store.write(Box::new(move |tx| {
            Work::new(tx, &tenant, switches).replace_presets(api, &given)?;
            Ok(Written::default())
        }));
        pending.wait().map(|_| count)
    }
}

/// Loads one object of `R`.
///
/// # Errors
/// A store that fails; what is wrong with the object is noted.
pub fn load<R: Resource>(
    work: &mut Work<'_>,
    value: Value,
    reading: &mut Reading,
) -> Result<(), Problem> {
    let table = R::table();
    let Some(draft) = Draft::<R::Create>::read(value, "", table, reading) else {
        return Ok(());
    };
    passwords::hash(reading);
    let given = draft.echoes.iter().find(|echo| echo.member == table.id);
    let id = given.and_then(|echo| table.id_kind.read(echo.value.as_str()?));
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
    if !table.bound.is_empty() && reading.found.is_empty() {
        let user = work.user.clone().ok_or_else(Problem::user_required)?;
        user::spread(work, &object, &row, &user)?;
    }
    Ok(())
}

fn unidentified(names: Vec<&str>, at: usize) -> Violation {
    Violation {
        at: At::Pointer(format!("/{at}")),
        code: "required",
        detail: format!(
            "an object is told by one of its members {}",
            names.join(", ")
        ),
    }
}

/// The same violation in an array of objects.
fn below(violation: Violation, at: usize) -> Violation {
    match violation.at {
        At::Pointer(pointer) => Violation {
            at: At::Pointer(format!("/{at}{pointer}")),
            ..violation
        },
        _ => violation,
    }
}
