//! Lists, tables and settings of a deployment: read with every write, replaced by an import.

mod file;
mod lists;

use std::sync::Arc;

use serde_json::{Map, Value};

use self::file::Found;
use self::lists::SETTINGS;
pub use self::lists::{Lists, Rows};
use crate::body::token;
use crate::problem::Violation;
use crate::store::Row;
use crate::value::Instant;

/// Member of a file, or of a response, that holds the rows of the only table.
pub(crate) const ITEMS: &str = "items";

/// The lists, tables and settings in effect for a tenant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Presets(Arc<Held>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Held {
    lists: Vec<(&'static str, Vec<String>)>,
    tables: Vec<(&'static str, Vec<Map<String, Value>>)>,
    settings: Map<String, Value>,
}

impl Presets {
    /// Combines the defaults of the spec with what the deployment has stored.
    #[must_use]
    pub fn read(spec: Option<&Lists>, stored: Option<&str>) -> Self {
        let Some(spec) = spec else {
            return Self::default();
        };
        let own: Map<String, Value> = stored
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default();
        let list = |(name, values): &(&'static str, &'static [&'static str])| {
            let values = match own.get(*name).and_then(Value::as_array) {
                Some(values) => texts(values),
                None => values.iter().map(|text| (*text).to_owned()).collect(),
            };
            (*name, values)
        };
        let table = |table: &Rows| {
            let rows = match own.get(table.name).and_then(Value::as_array) {
                Some(rows) => rows
                    .iter()
                    .filter_map(|row| row.as_object().cloned())
                    .collect(),
                None => table.rows.iter().map(|row| table.row(row)).collect(),
            };
            (table.name, rows)
        };
        let settings = own.get(SETTINGS).and_then(Value::as_object);
        Self(Arc::new(Held {
            lists: spec.lists.iter().map(list).collect(),
            tables: spec.tables.iter().map(table).collect(),
            settings: settings.cloned().unwrap_or_default(),
        }))
    }

    /// The values of the list called `name`.
    #[must_use]
    pub fn of(&self, name: &str) -> &[String] {
        let list = self.0.lists.iter().find(|(other, _)| *other == name);
        list.map_or(&[], |(_, values)| values.as_slice())
    }

    /// The rows of the table called `name`.
    #[must_use]
    pub fn rows(&self, name: &str) -> &[Map<String, Value>] {
        let table = self.0.tables.iter().find(|(other, _)| *other == name);
        table.map_or(&[], |(_, rows)| rows.as_slice())
    }

    /// The row of a table whose `key` member equals `text`.
    #[must_use]
    pub fn row(&self, table: &str, key: &str, text: &str) -> Option<&Map<String, Value>> {
        let mut rows = self.rows(table).iter();
        rows.find(|row| row.get(key).and_then(Value::as_str) == Some(text))
    }

    /// The value of a setting, unless it is unset or `null`.
    #[must_use]
    pub fn setting(&self, name: &str) -> Option<&Value> {
        self.0.settings.get(name).filter(|value| !value.is_null())
    }

    /// The lists as one JSON object.
    #[must_use]
    pub fn lists(&self) -> String {
        let list = |(name, values): &(&str, Vec<String>)| {
            ((*name).to_owned(), Value::from(values.clone()))
        };
        Value::Object(self.0.lists.iter().map(list).collect()).to_string()
    }

    /// All of it as JSON text, as it is stored.
    fn text(&self) -> String {
        let list = |(name, values): &(&str, Vec<String>)| {
            ((*name).to_owned(), Value::from(values.clone()))
        };
        let table = |(name, rows): &(&str, Vec<Map<String, Value>>)| {
            let rows = rows.iter().cloned().map(Value::Object).collect();
            ((*name).to_owned(), Value::Array(rows))
        };
        let mut all: Map<String, Value> = self.0.lists.iter().map(list).collect();
        all.extend(self.0.tables.iter().map(table));
        all.insert(SETTINGS.to_owned(), Value::Object(self.0.settings.clone()));
        Value::Object(all).to_string()
    }

    /// Returns a copy in which the entries of `given` replace the current ones.
    ///
    /// # Errors
    /// A violation for each unknown name, and for each value that is not text, is blank or is a
    /// duplicate.
    pub fn replaced(
        &self,
        spec: &Lists,
        given: &Map<String, Value>,
    ) -> Result<Self, Vec<Violation>> {
        let mut held = (*self.0).clone();
        let mut found = Found::default();
        for (name, value) in given {
            let place = format!("/{}", token(name));
            let table = match (name.as_str(), spec.tables) {
                (ITEMS, [one]) => Some(one),
                (name, tables) => tables.iter().find(|table| table.name == name),
            };
            let list = held.lists.iter_mut().find(|(other, _)| other == name);
            match (list, table, value) {
                (Some((_, list)), _, Value::Array(values)) => {
                    found.texts(&place, values);
                    *list = texts(values);
                }
                (_, Some(table), Value::Array(rows)) => {
                    found.rows(&place, table, rows);
                    let rows = rows
                        .iter()
                        .filter_map(|row| row.as_object().cloned())
                        .collect();
                    let own = held
                        .tables
                        .iter_mut()
                        .find(|(other, _)| *other == table.name);
                    own.into_iter().for_each(|(_, own)| own.clone_from(&rows));
                }
                (None, None, Value::Object(settings)) if name == SETTINGS => {
                    found.settings(spec, settings);
                    held.settings.extend(settings.clone());
                }
                (None, None, _) if name != SETTINGS => {
                    found.refuse(
                        place,
                        "unknown_member",
                        "is not a list or a table of the deployment",
                    );
                }
                _ => found.refuse(
                    place,
                    "type",
                    "must be an array; the settings are an object",
                ),
            }
        }
        match found.0.is_empty() {
            true => Ok(Self(Arc::new(held))),
            false => Err(found.0),
        }
    }

    /// The row in which they are stored.
    pub(crate) fn stored(&self, tenant: &str, api: &str, version: u64, now: Instant) -> Row {
        Row {
            tenant: tenant.to_owned(),
            id: api.to_owned(),
            parent: None,
            version,
            created: now,
            updated: now,
            body: self.text(),
            privileged: None,
            secrets: None,
            cells: Vec::new(),
        }
    }
}

fn texts(values: &[Value]) -> Vec<String> {
    let texts = values.iter().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::{Lists, Presets, Rows};

    const SPEC: Lists = Lists {
        path: None,
        lists: &[("colours", &["red"]), ("sizes", &["s"])],
        tables: &[rows("plans"), rows("zones")],
        settings: &["door", "gate"],
    };

    const fn rows(name: &'static str) -> Rows {
        Rows {
            name,
            path: "",
            columns: &["id", "name", "about"],
            nullable: &["about"],
            rows: &[&["1", "one", ""]],
        }
    }

    fn object(value: &Value) -> &Map<String, Value> {
        value.as_object().unwrap()
    }

    #[test]
    fn what_is_brought_takes_the_place_of_its_own_and_nothing_else() {
        let first = Presets::read(Some(&SPEC), None);
        let zones = json!([{ "id": "2", "name": "two", "about": null }]);
        let given = json!({ "sizes": ["m", "l"], "zones": zones, "settings": { "gate": "open" } });
        let next = first.replaced(&SPEC, object(&given)).unwrap();
        let read = Presets::read(Some(&SPEC), Some(&next.text()));
        assert_eq!(read, next);
        assert_eq!(
            (read.of("colours"), read.of("sizes").len()),
            (&["red".to_owned()][..], 2)
        );
        assert_eq!(read.rows("plans"), first.rows("plans"));
        assert_eq!(read.row("plans", "id", "1").unwrap()["about"], Value::Null);
        assert_eq!(read.row("zones", "id", "2").unwrap()["name"], "two");
        assert_eq!(
            (read.row("zones", "id", "1"), read.row("plans", "id", "2")),
            (None, None)
        );
        assert_eq!(read.setting("gate"), Some(&json!("open")));
        let given = json!({ "settings": { "door": "ajar", "gate": null } });
        let last = next.replaced(&SPEC, object(&given)).unwrap();
        assert_eq!(
            (last.setting("gate"), last.setting("door")),
            (None, Some(&json!("ajar")))
        );
        assert_eq!(read.lists(), r#"{"colours":["red"],"sizes":["m","l"]}"#);
    }

    #[test]
    fn everything_that_cannot_be_brought_is_named() {
        let twice = json!([
            { "id": "1", "name": "a", "about": null },
            { "id": "1", "name": "b", "about": "x" },
            { "id": "2", "name": null, "about": "x" },
            { "id": "3", "name": "c", "about": "" },
        ]);
        for (given, places) in [
            (
                json!({ "sizes": ["m", " ", 1, "m"] }),
                vec!["/sizes/1 blank", "/sizes/2 type", "/sizes/3 duplicate"],
            ),
            (
                json!({ "plans": twice }),
                vec![
                    "/plans/1/id duplicate",
                    "/plans/2/name type",
                    "/plans/3/about type",
                ],
            ),
            (json!({ "items": [] }), vec!["/items unknown_member"]),
            (json!({ "sizes": "m" }), vec!["/sizes type"]),
            (json!({ "settings": [] }), vec!["/settings type"]),
            (
                json!({ "settings": { "door": 1, "roof": "x" } }),
                vec!["/settings/door type", "/settings/roof unknown_member"],
            ),
        ] {
            let refused = Presets::read(Some(&SPEC), None).replaced(&SPEC, object(&given));
            let found = refused.unwrap_err().into_iter();
            let found: Vec<String> = found
                .map(|one| format!("{} {}", one.json()["pointer"].as_str().unwrap(), one.code))
                .collect();
            assert_eq!(found, places, "{given}");
        }
    }
}
