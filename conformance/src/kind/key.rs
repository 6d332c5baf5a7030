//! Keys of reference tables.

use fieldproof_spec::model::{Api, Asks, Field, Row};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::{Kind, Seen, Source, Within, table};

/// A value of the column in a row of the table.
pub(super) struct Key<'t> {
    table: &'t str,
    column: &'t str,
}

impl<'t> Key<'t> {
    pub(super) fn new(table: &'t str, column: &'t str) -> Self {
        Self { table, column }
    }
}

impl Kind for Key<'_> {
    fn wording(&self) -> String {
        format!("a key of `{}.{}`", self.table, self.column)
    }

    fn strategy(&self, within: &Within<'_>) -> BoxedStrategy<Value> {
        let keys = table::keys(within.api, self.table, self.column);
        match keys.is_empty() {
            true => Just(Value::Null).boxed(),
            false => select(keys).boxed(),
        }
    }

    fn room(&self, api: &Api) -> u64 {
        table::room(api, self.table)
    }

    /// Numbers are not included, since a key may be a number.
    fn other_types(&self, _: &Field) -> Vec<Value> {
        vec![json!(true), json!([1]), json!({ "x": 1 })]
    }

    fn has_form(&self, value: &Value, seen: &Seen<'_>) -> bool {
        let table = seen.api.table(self.table);
        let row = |text: &str| table?.find(self.column, text);
        value.as_str().and_then(row).is_some()
    }

    fn rows<'a>(&self, api: &'a Api) -> Vec<&'a Row> {
        table::documented(api, self.table, |column| column == self.column)
    }

    fn strangers(&self, api: &Api, _: Asks, _: &dyn Source) -> Vec<String> {
        let keys = table::keys(api, self.table, self.column);
        let texts = keys.iter().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    }
}
