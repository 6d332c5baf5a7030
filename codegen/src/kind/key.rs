//! Keys of reference tables.

use fieldproof_spec::model::{IdKind, Table};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::rule::named;
use crate::plan::Plan;
use crate::shape::reference;

/// A key of a reference table.
pub(super) struct Key<'a> {
    pub(super) table: &'a str,
    pub(super) column: &'a str,
}

impl<'a> Kind<'a> for Key<'a> {
    fn rule(&self, at: At<'_>, _: Body) -> TokenStream {
        let rule = named("Key");
        let rows = at.plan.rows_path(self.table, self.column);
        quote!(#rule(&#rows))
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        reference(&format!("{}/properties/{}", self.table, self.column))
    }

    fn request_schema(&self, plan: &Plan<'_>) -> Value {
        let table = plan.api.table(self.table);
        match table.and_then(|table| numbered(plan, table, self.column)) {
            Some((name, _)) => reference(&name),
            None => self.response_schema(None),
        }
    }

    fn keys(&self) -> Vec<(&'a str, &'a str)> {
        vec![(self.table, self.column)]
    }
}

/// The keys in a column to which members refer, unless the rows belong to the deployment.
pub(crate) fn keys<'a>(plan: &Plan<'_>, table: &'a Table, column: &str) -> Option<Vec<&'a str>> {
    let rows = table.rows.iter();
    let values = rows.filter_map(|row| row.get(column)?.as_str());
    let named = plan.keys(&table.name).any(|name| name == column);
    (named && table.path.is_none()).then(|| values.collect())
}

/// The name and schema of keys that may also be sent as numbers, because all of them are digits
/// of one length. Names in specs contain no full stop.
pub(crate) fn numbered(plan: &Plan<'_>, table: &Table, column: &str) -> Option<(String, Value)> {
    let keys = keys(plan, table, column)?;
    let width = keys.first()?.len();
    let digits = |key: &&str| key.len() == width && key.bytes().all(|byte| byte.is_ascii_digit());
    if !keys.iter().all(digits) {
        return None;
    }
    let numbers = keys.iter().filter_map(|key| key.parse::<u64>().ok());
    let numbers: Vec<Value> = numbers.map(Value::from).collect();
    let texts = keys.iter().map(|key| Value::from(*key));
    let values: Vec<Value> = texts.chain(numbers).collect();
    let schema = json!({
        "type": ["string", "integer"],
        "description": "A key, or the number that it is.",
        "enum": values,
    });
    Some((format!("{}.{column}", table.name), schema))
}
