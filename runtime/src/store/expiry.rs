//! Removes rows of the runtime's own tables that were kept for long enough.

use serde_json::Value;

use super::{ColumnValue, Compare, Condition, Durability, Select, Store, Term};
use crate::table::{GLOBAL, OrderBy, Table};
use crate::value::Instant;

/// Maximum number of rows removed at a time, because other writes have to wait.
const MOST: u32 = 2_000;

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
            let found = self.list(older(table, before)).await.ok();
            let rows = found.and_then(|page| serde_json::from_str(&page.body).ok());
            let rows: Vec<Value> = rows.unwrap_or_default();
            let last = rows.len() < MOST as usize;
            if rows.is_empty() {
                return;
            }
            // The next ones are looked for when these are gone.
            let removed = self.commit(GLOBAL, Durability::Full, move |tx| {
                for row in &rows {
                    let id = row[member].as_str().map(str::to_owned);
                    let id = id.unwrap_or_else(|| row[member].to_string());
                    tx.remove(table, GLOBAL, &id)?;
                }
                Ok(())
            });
            if removed.answer().await.is_err() || last {
                return;
            }
        }
    }
}

/// The oldest rows that were created before `before`.
fn older(table: &'static Table, before: Instant) -> Select {
    let old = Term {
        field: OrderBy::Created,
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
        order: OrderBy::Created,
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
