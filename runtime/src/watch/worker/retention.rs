//! Deletes expired records of the request log and of changes.

use serde_json::Value;

use super::Worker;
use crate::store::{ColumnValue, Compare, Condition, Durability, EVENTS, REQUESTS, Select, Term};
use crate::table::{GLOBAL, OrderBy};
use crate::value::Instant;

/// Maximum number of records deleted at a time, because other writes have to wait.
const MOST_FORGOTTEN: u32 = 2_000;

impl Worker {
    /// Deletes logged requests and changes after their retention period.
    pub(super) fn delete_expired(&self, now: Instant) {
        let before = now.minus(self.policy.retention);
        for (table, member) in [(&REQUESTS, "id"), (&EVENTS, "number")] {
            let old = Term {
                field: OrderBy::Created,
                folded: false,
                compare: Compare::Less,
                value: ColumnValue::Number(before.micros()),
            };
            let found = self.store.list(&Select {
                table,
                tenant: GLOBAL.to_owned(),
                parent: None,
                privileged: false,
                conditions: vec![Condition::Any(vec![old])],
                order: OrderBy::Created,
                descending: false,
                after: None,
                limit: Some(MOST_FORGOTTEN),
                offset: 0,
            });
            let rows = found
                .ok()
                .and_then(|page| serde_json::from_str(&page.body).ok());
            let rows: Vec<Value> = rows.unwrap_or_default();
            if rows.is_empty() {
                continue;
            }
            drop(self.store.commit(GLOBAL, Durability::Full, move |tx| {
                for row in &rows {
                    let id = row[member].as_str().map(str::to_owned);
                    let id = id.unwrap_or_else(|| row[member].to_string());
                    tx.remove(table, GLOBAL, &id)?;
                }
                Ok(())
            }));
        }
    }
}
