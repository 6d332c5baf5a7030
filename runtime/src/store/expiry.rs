//! Removes rows of the runtime's own tables that were kept for long enough.

use std::time::Instant as Moment;

use serde_json::Value;
use tokio::time::sleep;

use super::{ColumnValue, Compare, Condition, Durability, Select, Store, Term};
use crate::problem::Problem;
use crate::table::{Attribute, GLOBAL, Table};
use crate::value::Instant;

/// Maximum number of rows removed at a time: other writes have to wait, and one row can have some
/// megabytes.
const MOST: u32 = 500;

impl dyn Store + '_ {
    /// Removes all rows that were created before `before`, [`MOST`] at a time; `member` is their
    /// member with the identifier. Those that cannot be read or removed are left for the next
    /// time.
    pub(crate) async fn remove_older(
        &self,
        table: &'static Table,
        member: &'static str,
        before: Instant,
    ) {
        loop {
            let begun = Moment::now();
            let removed = self.remove_some(table, member, before).await;
            let last = removed.unwrap_or_else(|problem| {
                let (table, error) = (table.name, problem.detail);
                tracing::warn!(table, error, "expired rows could not be removed");
                true
            });
            if last {
                return;
            }
            // Others write for as long.
            sleep(begun.elapsed()).await;
        }
    }

    /// Removes the oldest of them, and tells whether these were the last.
    async fn remove_some(
        &self,
        table: &'static Table,
        member: &'static str,
        before: Instant,
    ) -> Result<bool, Problem> {
        let found = self.list(older(table, before)).await?;
        let rows: Vec<Value> = serde_json::from_str(&found.body).unwrap_or_default();
        let identifier = |row: &Value| match &row[member] {
            Value::String(id) => id.clone(),
            id => id.to_string(),
        };
        let ids: Vec<String> = rows.iter().map(identifier).collect();
        let last = ids.len() < MOST as usize;
        if let Some(first) = ids.first().cloned() {
            // The next ones are looked for when these are gone.
            let removed = self.commit(GLOBAL, Durability::Full, move |tx| {
                for id in &ids {
                    tx.remove(table, GLOBAL, id)?;
                }
                Ok(())
            });
            removed.answer().await?;
            if self.get(table, GLOBAL, &first).await?.is_some() {
                return Err(Problem::internal());
            }
        }
        Ok(last)
    }
}

/// The oldest rows that were created before `before`.
fn older(table: &'static Table, before: Instant) -> Select {
    let old = Term {
        field: Attribute::Created,
        folded: false,
        compare: Compare::Less,
        value: ColumnValue::Number(before.micros()),
    };
    Select {
        table,
        tenant: GLOBAL.to_owned(),
        parent: None,
        privileged: false,
        conditions: vec![Condition::Any(vec![old])],
        order: Attribute::Created,
        descending: false,
        after: None,
        limit: Some(MOST),
        offset: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::MOST;
    use crate::store::{Durability, IDEMPOTENCY_KEYS, Memory, Row, Store};
    use crate::table::GLOBAL;
    use crate::value::Instant;

    /// A row of an identifier, created that many microseconds after the epoch.
    fn row(id: &str, created: i64) -> Row {
        Row {
            tenant: GLOBAL.to_owned(),
            id: id.to_owned(),
            parent: None,
            version: 1,
            created: Instant::from_micros(created),
            updated: Instant::from_micros(created),
            body: format!("{{\"id\":\"{id}\"}}"),
            privileged: None,
            secrets: None,
            cells: Vec::new(),
        }
    }

    #[tokio::test]
    async fn everything_that_is_old_is_removed_and_nothing_else() {
        let store = Memory::new(Instant::now);
        let store = &store as &dyn Store;
        let filled = store.commit(GLOBAL, Durability::Full, |tx| {
            for number in 0..=2 * MOST {
                tx.upsert(&IDEMPOTENCY_KEYS, &row(&format!("old-{number}"), 9))?;
            }
            for number in 0..3 {
                tx.upsert(&IDEMPOTENCY_KEYS, &row(&format!("new-{number}"), 10))?;
            }
            Ok(())
        });
        filled.answer().await.unwrap();
        store
            .remove_older(&IDEMPOTENCY_KEYS, "id", Instant::from_micros(10))
            .await;
        let kept = store.list(super::older(&IDEMPOTENCY_KEYS, Instant::from_micros(11)));
        assert_eq!(kept.await.unwrap().total, 3);
    }
}
