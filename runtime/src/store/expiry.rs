//! Removes rows of the runtime's own tables that were kept for long enough.

use serde_json::Value;

use super::{ColumnValue, Compare, Condition, Durability, Select, Store, Term};
use crate::table::{GLOBAL, OrderBy, Table};
use crate::value::Instant;

/// Maximum number of rows removed at a time, because other writes have to wait.
const MOST: u32 = 2_000;

impl dyn Store + '_ {
    /// Removes the oldest rows that were created before `before`; `member` is their member with
    /// the identifier. Rows that cannot be read are left for the next time.
    pub(crate) async fn remove_older(
        &self,
        table: &'static Table,
        member: &'static str,
        before: Instant,
    ) {
        let old = Term {
            field: OrderBy::Created,
            folded: false,
            compare: Compare::Less,
            value: ColumnValue::Number(before.micros()),
        };
        let found = self.list(Select {
            table,
            tenant: GLOBAL.to_owned(),
            parent: None,
            privileged: false,
            conditions: vec![Condition::Any(vec![old])],
            order: OrderBy::Created,
            descending: false,
            after: None,
            limit: Some(MOST),
            offset: 0,
        });
        let rows = found
            .await
            .ok()
            .and_then(|page| serde_json::from_str(&page.body).ok());
        let rows: Vec<Value> = rows.unwrap_or_default();
        if rows.is_empty() {
            return;
        }
        drop(self.commit(GLOBAL, Durability::Full, move |tx| {
            for row in &rows {
                let id = row[member].as_str().map(str::to_owned);
                let id = id.unwrap_or_else(|| row[member].to_string());
                tx.remove(table, GLOBAL, &id)?;
            }
            Ok(())
        }));
    }
}
