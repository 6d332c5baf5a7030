//! What is decided before anything is emitted: names, types and columns.

mod column;
mod member;
mod name;

pub(crate) use column::{Column, ColumnKind, Order, columns, compared, own, sorted_by};
pub(crate) use member::{default, form_name, is_cheap, is_option, is_time, values_name};
pub(crate) use name::{ident, module, type_name, variants};

use fieldproof_spec::model::{Api, Resource, Row};

/// An API with what is decided about it.
pub(crate) struct Plan<'a> {
    pub(crate) api: &'a Api,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(api: &'a Api) -> Self {
        Self { api }
    }

    pub(crate) fn resource(&self, name: &str) -> &'a Resource {
        self.api
            .resource(name)
            .expect("a checked spec names resources that exist")
    }

    /// Name of a resource's table in the store.
    pub(crate) fn table_name(&self, resource: &Resource) -> String {
        format!("{}_{}", self.api.name, module(&resource.name))
    }

    /// Where a row comes from, for readers of the emitted code.
    pub(crate) fn source(&self, row: &Row) -> Option<String> {
        let mut parts = Vec::new();
        for name in self.api.documents.keys() {
            let cited = row.at.iter().filter(|cited| cited.document == *name);
            let lines: Vec<String> = cited
                .map(|cited| match cited.first == cited.last {
                    true => cited.first.to_string(),
                    false => format!("{}-{}", cited.first, cited.last),
                })
                .collect();
            if !lines.is_empty() {
                let one = lines.len() == 1 && !lines[0].contains('-');
                let word = if one { "line" } else { "lines" };
                parts.push(format!("document `{name}`, {word} {}", lines.join(", ")));
            }
        }
        if !row.rulings.is_empty() {
            let word = if row.rulings.len() == 1 {
                "ruling"
            } else {
                "rulings"
            };
            parts.push(format!("{word} {}", row.rulings.join(", ")));
        }
        (!parts.is_empty()).then(|| format!("Source: {}.", parts.join("; ")))
    }
}
