//! Loads objects in the form in which a document prints them.

use serde_json::{Map, Value};

use super::make::make;
use super::{Service, passwords, user};
use crate::api::Loader;
use crate::body::{Draft, Reading};
use crate::presets::{ITEMS, Rows};
use crate::problem::{At, Found, Problem, Violation};
use crate::resource::Resource;
use crate::write::{Author, UnitOfWork};

impl Service {
    /// Loads one object or an array of objects into a tenant, all or none: managed members are
    /// accepted as printed, and an object with the same identifier is replaced. `user` is the
    /// owner, for objects of which each user sees their own; `resource` is the resource, if the
    /// members do not identify it. Returns the number of objects.
    ///
    /// # Errors
    /// 422 with all violations; 409 for values that are taken.
    pub async fn import(
        &self,
        tenant: &str,
        user: Option<&str>,
        resource: Option<&str>,
        value: Value,
    ) -> Result<usize, Problem> {
        if let Some(lists) = self.presets_of(&value) {
            return self.import_presets(tenant, lists).await;
        }
        let objects = match value {
            Value::Array(objects) => objects,
            object => vec![object],
        };
        let count = objects.len();
        let presets = self.reading(tenant).await?.presets;
        let named = |one: &&'static Loader| resource.is_none_or(|name| one.table.resource == name);
        let loaders: Vec<&Loader> = self.api.loaders.iter().filter(named).collect();
        let author = Author::import(tenant, user);
        let pending = self.commit(author, move |work| {
            let mut found = Found::default();
            for (at, object) in objects.iter().enumerate() {
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
            work.judge(found)
        });
        pending.answer().await.map(|()| count)
    }

    /// The lists, tables and settings of the deployment, if `value` contains some.
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
pub fn load<R: Resource>(
    work: &mut UnitOfWork<'_>,
    value: Value,
    reading: &mut Reading,
) -> Result<(), Problem> {
    let table = R::table();
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

/// The loader of an object, chosen by its identifier member, then by its other members.
fn of(loaders: &[&'static Loader], object: &Value) -> Result<&'static Loader, String> {
    let identified = |one: &&&Loader| object.get(one.table.id).is_some();
    let identified: Vec<&Loader> = loaders.iter().filter(identified).copied().collect();
    let fits = |one: &&&Loader| {
        let mut names = object.as_object().into_iter().flat_map(Map::keys);
        names.all(|name| one.table.members.contains(&name.as_str()))
    };
    let fitting: Vec<&Loader> = identified.iter().filter(fits).copied().collect();
    match (identified.as_slice(), fitting.as_slice()) {
        ([one], _) | (_, [one]) => Ok(one),
        ([], _) => {
            let names: Vec<&str> = loaders.iter().map(|one| one.table.id).collect();
            let names = names.join(", ");
            Err(format!(
                "an object is identified by one of the members {names}"
            ))
        }
        (several, _) => {
            let names: Vec<&str> = several.iter().map(|one| one.table.resource).collect();
            let names = names.join(" or ");
            Err(format!("may be of {names}: say which with `--resource`"))
        }
    }
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::of;
    use crate::api::Loader;
    use crate::table::Table;

    /// A table of objects with these members.
    const fn table(name: &'static str, id: &'static str, members: Members) -> Table {
        Table {
            id,
            members,
            ..Table::internal(name)
        }
    }

    type Members = &'static [&'static str];

    static SHELF: Table = table("Shelf", "id", &["id", "label", "state"]);
    static WATCH: Table = table("Watch", "id", &["id", "url", "state"]);
    static CLUB: Table = table("Club", "clubId", &[]);

    static ALL: [Loader; 3] = [
        Loader::new(&SHELF, |_, _, _| Ok(())),
        Loader::new(&WATCH, |_, _, _| Ok(())),
        Loader::new(&CLUB, |_, _, _| Ok(())),
    ];

    #[test]
    fn an_object_is_loaded_by_its_own_resource() {
        let all: Vec<&'static Loader> = ALL.iter().collect();
        let told = |all: &[&'static Loader], object: serde_json::Value| {
            of(all, &object).map(|one| one.table.resource)
        };
        assert_eq!(told(&all, json!({ "id": "1", "label": "x" })), Ok("Shelf"));
        assert_eq!(told(&all, json!({ "id": "1", "url": "x" })), Ok("Watch"));
        // The identifier decides alone, whatever else the object has.
        assert_eq!(told(&all, json!({ "clubId": "1", "odd": 1 })), Ok("Club"));
        let either = told(&all, json!({ "id": "1", "state": "on" })).unwrap_err();
        assert_eq!(
            either,
            "may be of Shelf or Watch: say which with `--resource`"
        );
        assert!(told(&all, json!({ "id": "1", "odd": 1 })).is_err());
        assert!(told(&all, json!({ "label": "x" })).is_err());
        // The resource is given explicitly.
        assert_eq!(
            told(&all[1..2], json!({ "id": "1", "state": "on" })),
            Ok("Watch")
        );
    }
}
