//! Reference tables.

use fieldproof_spec::model::Table;
use quote::quote;
use serde::Serialize;

use super::code::{Code, Name};
use super::doc::Doc;
use super::model::{Member, Model};
use crate::plan::Plan;

/// A table whose rows are in the spec.
#[derive(Debug, Serialize)]
pub(crate) struct Reference {
    pub(crate) module: String,
    pub(crate) name: Name,
    pub(crate) path: Code,
    pub(crate) model: Model,
    /// Columns that members refer to by key, each with the constant that finds rows by it.
    pub(crate) keys: Vec<(Name, String)>,
    /// The rows as tab-separated text.
    pub(crate) rows: String,
}

impl Reference {
    /// Resolves a table.
    pub(super) fn of(plan: &Plan<'_>, table: &Table) -> Self {
        let columns = table.columns.iter().map(|column| {
            let otherwise = || format!("The column `{}`.", column.name);
            let ty = match column.nullable {
                true => quote!(Option<String>),
                false => quote!(String),
            };
            Member {
                rename: Some(column.name.clone()),
                name: plan.member(&table.name, &column.name).into(),
                ty: ty.into(),
                doc: Doc::of(plan, column.about.as_ref(), otherwise, &column.row),
            }
        });
        let otherwise = || format!("The table `{}`.", table.name);
        let keys = plan.keys(&table.name);
        Self {
            module: plan.thing(&table.name).module.clone(),
            name: plan.ty(&table.name, "").into(),
            path: plan.path(&table.name, "").into(),
            model: Model::new(
                Doc::of(plan, table.about.as_ref(), otherwise, &table.row),
                columns.collect(),
            ),
            keys: keys
                .map(|key| (plan.rows(&table.name, key).into(), key.to_owned()))
                .collect(),
            rows: rows(table),
        }
    }
}

fn rows(table: &Table) -> String {
    let names: Vec<&str> = table
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    let mut text = names.join("\t");
    text.push('\n');
    for row in &table.rows {
        let cells: Vec<&str> = names
            .iter()
            .map(|name| row[*name].as_str().unwrap_or_default())
            .collect();
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    text
}
