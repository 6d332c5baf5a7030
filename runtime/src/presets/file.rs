//! Checks a file with lists, tables and settings of a deployment.

use serde_json::{Map, Value};

use super::lists::{Lists, Rows, SETTINGS};
use crate::body::token;
use crate::problem::{At, Violation};

/// The violations found in a file.
#[derive(Default)]
pub(super) struct Found(pub(super) Vec<Violation>);

impl Found {
    pub(super) fn refuse(&mut self, place: String, code: &'static str, detail: &str) {
        self.0.push(Violation {
            at: At::Pointer(place),
            code,
            detail: detail.to_owned(),
        });
    }

    pub(super) fn texts(&mut self, place: &str, values: &[Value]) {
        for (at, value) in values.iter().enumerate() {
            let place = format!("{place}/{at}");
            match value.as_str() {
                None => self.refuse(place, "type", "must be text"),
                Some(text) if text.trim().is_empty() => {
                    self.refuse(place, "blank", "must not be blank");
                }
                Some(_) if values[..at].contains(value) => {
                    self.refuse(place, "duplicate", "occurs twice");
                }
                Some(_) => {}
            }
        }
    }

    /// Checks that each row has every column as text, and a unique key.
    pub(super) fn rows(&mut self, place: &str, table: &Rows, rows: &[Value]) {
        let key = table.columns.first().copied().unwrap_or_default();
        for (at, row) in rows.iter().enumerate() {
            let place = format!("{place}/{at}");
            let whole = |name: &&&str| match row.get(**name) {
                Some(Value::String(text)) => !text.is_empty() || !table.nullable.contains(name),
                Some(Value::Null) => table.nullable.contains(name),
                _ => false,
            };
            if let Some(missing) = table.columns.iter().find(|name| !whole(name)) {
                self.refuse(
                    format!("{place}/{}", token(missing)),
                    "type",
                    "must be text",
                );
            }
            if rows[..at]
                .iter()
                .any(|other| other.get(key) == row.get(key))
            {
                self.refuse(
                    format!("{place}/{}", token(key)),
                    "duplicate",
                    "occurs twice",
                );
            }
        }
    }

    pub(super) fn settings(&mut self, spec: &Lists, settings: &Map<String, Value>) {
        for (name, value) in settings {
            let place = format!("/{SETTINGS}/{}", token(name));
            if !spec.settings.contains(&name.as_str()) {
                self.refuse(place, "unknown_member", "is not a setting of this API");
            } else if !value.is_string() && !value.is_null() {
                self.refuse(place, "type", "must be text or null");
            }
        }
    }
}
