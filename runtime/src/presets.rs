//! Closed lists of texts that belong to a deployment: read with every write,
//! replaced by an import.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::problem::{At, Violation};
use crate::store::Row;
use crate::table::{List, Table};
use crate::value::{IdKind, Instant};

/// The lists of an API as its spec has them.
#[derive(Debug, Clone, Copy)]
pub struct Lists {
    /// Path below the base where clients read them.
    pub path: &'static str,
    /// Each list with the values that hold until the deployment brings its own.
    pub lists: &'static [(&'static str, &'static [&'static str])],
}

/// Where lists are kept: one object per tenant and API.
pub static PRESETS: Table = Table {
    name: "presets",
    resource: "presets",
    path: "",
    id: "api",
    id_kind: IdKind::Name,
    kept: &[],
    bound: &[],
    required: &[],
    columns: &[],
    unique: &[],
    parent: None,
    children: &[],
    list: List {
        page: None,
        envelope: None,
        sort: None,
        filters: &[],
    },
    create_status: 201,
    delete_status: 204,
};

/// The lists that hold for a tenant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Presets(Arc<Vec<(&'static str, Vec<String>)>>);

impl Presets {
    /// What the spec says, with what the deployment has stored over it.
    #[must_use]
    pub fn read(lists: Option<&Lists>, stored: Option<&str>) -> Self {
        let own: Map<String, Value> = stored
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default();
        let all = lists.map_or(&[][..], |lists| lists.lists);
        let one = |(name, values): &(&'static str, &'static [&'static str])| {
            let values = match own.get(*name).and_then(Value::as_array) {
                Some(values) => texts(values),
                None => values.iter().map(|text| (*text).to_owned()).collect(),
            };
            (*name, values)
        };
        Self(Arc::new(all.iter().map(one).collect()))
    }

    /// The values of the list called `name`.
    #[must_use]
    pub fn of(&self, name: &str) -> &[String] {
        let list = self.0.iter().find(|(other, _)| *other == name);
        list.map_or(&[], |(_, values)| values.as_slice())
    }

    /// The lists as one JSON object.
    #[must_use]
    pub fn text(&self) -> String {
        let list = |(name, values): &(&str, Vec<String>)| {
            ((*name).to_owned(), Value::from(values.clone()))
        };
        Value::Object(self.0.iter().map(list).collect()).to_string()
    }

    /// The lists with those of `given` in place of them.
    ///
    /// # Errors
    /// Every list that is unknown, and every value that is not text, is blank
    /// or stands twice.
    pub fn replaced(&self, given: &Map<String, Value>) -> Result<Self, Vec<Violation>> {
        let mut lists = (*self.0).clone();
        let mut found = Vec::new();
        let mut refuse = |place: String, code, detail: &str| {
            found.push(Violation {
                at: At::Pointer(place),
                code,
                detail: detail.to_owned(),
            });
        };
        for (name, values) in given {
            let list = lists.iter_mut().find(|(other, _)| other == name);
            let Some((_, list)) = list else {
                refuse(
                    format!("/{name}"),
                    "unknown_member",
                    "is not a list of this API",
                );
                continue;
            };
            let Value::Array(values) = values else {
                refuse(format!("/{name}"), "type", "must be an array");
                continue;
            };
            for (at, value) in values.iter().enumerate() {
                let place = format!("/{name}/{at}");
                match value.as_str() {
                    None => refuse(place, "type", "must be text"),
                    Some(text) if text.trim().is_empty() => {
                        refuse(place, "blank", "must not be blank");
                    }
                    Some(_) if values[..at].contains(value) => {
                        refuse(place, "duplicate", "stands twice");
                    }
                    Some(_) => {}
                }
            }
            *list = texts(values);
        }
        match found.is_empty() {
            true => Ok(Self(Arc::new(lists))),
            false => Err(found),
        }
    }

    /// The row they are stored as.
    pub(crate) fn row(&self, tenant: &str, api: &str, version: u64, now: Instant) -> Row {
        Row {
            tenant: tenant.to_owned(),
            id: api.to_owned(),
            parent: None,
            version,
            created: now,
            updated: now,
            body: self.text(),
            hidden: None,
            cells: Vec::new(),
        }
    }
}

fn texts(values: &[Value]) -> Vec<String> {
    let texts = values.iter().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}
