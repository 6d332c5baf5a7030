//! Of which resource an object is that is loaded.

use serde_json::{Map, Value};

use crate::api::Loader;

/// The loader of an object, chosen by its identifier member, then by its other members.
pub(super) fn of(loaders: &[&'static Loader], object: &Value) -> Result<&'static Loader, String> {
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

    static ALL: [Loader; 3] = [loader(&SHELF), loader(&WATCH), loader(&CLUB)];

    const fn loader(table: &'static Table) -> Loader {
        Loader {
            table,
            load: |_, _, _| Ok(()),
        }
    }

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
