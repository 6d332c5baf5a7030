//! Rows of deployment tables, sent by key.

use fieldproof_spec::model::{Api, Field, Row};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::{Json, Kind, Seen, Within, plain, table};

/// A row of the table of this name.
pub(super) struct Entry<'t>(pub(super) &'t str);

impl Kind for Entry<'_> {
    fn wording(&self) -> String {
        format!("a row of `{}`", self.0)
    }

    fn json(&self) -> Json {
        Json::Object
    }

    fn strategy(&self, within: &Within<'_>) -> BoxedStrategy<Value> {
        let table = within.api.table(self.0);
        let key = table.and_then(table::key).unwrap_or_default();
        let keys = table::keys(within.api, self.0, key);
        let key = key.to_owned();
        match keys.is_empty() {
            true => Just(Value::Null).boxed(),
            false => select(keys)
                .prop_map(move |value| json!({ &key: value }))
                .boxed(),
        }
    }

    fn room(&self, api: &Api) -> u64 {
        table::room(api, self.0)
    }

    fn other_types(&self, _: &Field) -> Vec<Value> {
        plain::no_objects()
    }

    fn has_form(&self, value: &Value, seen: &Seen<'_>) -> bool {
        table::has_row(seen.api, self.0, value)
    }

    fn rows<'a>(&self, api: &'a Api) -> Vec<&'a Row> {
        table::documented(api, self.0, |_| true)
    }
}
