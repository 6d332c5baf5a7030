//! Rows of reference tables that the server shows.

use fieldproof_spec::model::{Api, Row};
use proptest::prelude::*;
use serde_json::Value;

use super::{Json, Kind, Seen, Within, table};

/// A row of the named table, selected by a key in another member.
pub(super) struct TableRow<'t>(pub(super) &'t str);

impl Kind for TableRow<'_> {
    fn wording(&self) -> String {
        format!("a row of `{}`", self.0)
    }

    fn json(&self) -> Json {
        Json::Object
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        Just(Value::Null).boxed()
    }

    fn room(&self, api: &Api) -> u64 {
        table::room(api, self.0)
    }

    fn has_form(&self, value: &Value, seen: &Seen<'_>) -> bool {
        table::has_row(seen.api, self.0, value)
    }

    fn rows<'a>(&self, api: &'a Api) -> Vec<&'a Row> {
        table::documented(api, self.0, |_| true)
    }
}
