//! Rows of tables that belong to the deployment.

use fieldproof_spec::model::{Field, IdKind};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value, json};

use super::body::Body;
use super::contract::{At, Kind};
use super::json::{empty_object, literal, object};
use super::rule::named;
use crate::plan::Plan;
use crate::shape::reference;

/// A row of a table that belongs to the deployment, sent by its key.
pub(super) struct Entry<'a>(pub(super) &'a str);

impl Entry<'_> {
    /// The columns, the key first.
    fn columns<'p>(&self, plan: &Plan<'p>) -> Vec<&'p str> {
        let table = plan.api.table(self.0).into_iter();
        let columns = table.flat_map(|table| &table.columns);
        columns.map(|column| column.name.as_str()).collect()
    }
}

impl<'a> Kind<'a> for Entry<'a> {
    fn ty(&self, _: At<'_>) -> TokenStream {
        object()
    }

    fn rule(&self, at: At<'_>, _: Body) -> TokenStream {
        let (rule, table) = (named("Entry"), self.0);
        let key = self.columns(at.plan).first().copied().unwrap_or_default();
        quote!(#rule { table: #table, key: #key })
    }

    fn literal(&self, _: At<'_>, value: &Value) -> TokenStream {
        literal(value)
    }

    fn empty(&self, value: &Value) -> Option<TokenStream> {
        empty_object(value)
    }

    fn patched(&self, plan: &Plan<'_>) -> Option<TokenStream> {
        let columns = self.columns(plan);
        columns.first().map(|key| quote!(Row(#key)))
    }

    fn response_schema(&self, _: Option<IdKind>) -> Value {
        reference(self.0)
    }

    fn request_schema(&self, plan: &Plan<'_>) -> Value {
        let columns = self.columns(plan);
        let member = |(at, name): (usize, &&str)| match at {
            0 => ((*name).to_owned(), json!({ "type": ["string", "integer"] })),
            _ => ((*name).to_owned(), json!({ "type": "string" })),
        };
        let properties: Map<String, Value> = columns.iter().enumerate().map(member).collect();
        let key: Vec<&&str> = columns.iter().take(1).collect();
        json!({ "type": "object", "required": key, "properties": properties })
    }

    /// An update that omits the key refers to the current row.
    fn member_schema(&self, plan: &Plan<'_>, _: &Field, of: Body) -> Value {
        let mut row = self.request_schema(plan);
        if let (Body::Update, Value::Object(schema)) = (of, &mut row) {
            schema.shift_remove("required");
        }
        row
    }
}
