//! Why identifiers come from the transaction: a poller that continues behind
//! the greatest one misses nothing then, and misses some otherwise.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;

use fieldproof_runtime::store::{
    Compare, Condition, Durability, Row, Select, Sqlite, Store, Term, ToColumnValue, Transaction,
};
use fieldproof_runtime::table::OrderBy;

use super::stores::TABLE;

const WRITERS: usize = 16;
const EACH: usize = 200;

fn row(id: u64, tx: &mut dyn Transaction) -> Row {
    let now = tx.now();
    Row {
        tenant: "t".to_owned(),
        id: id.to_string(),
        parent: None,
        version: tx.number(),
        created: now,
        updated: now,
        body: id.to_string(),
        privileged: None,
        secrets: None,
        cells: vec![None::<i64>.to_column_value(); TABLE.columns.len()],
    }
}

fn behind(last: u64) -> Select {
    Select {
        table: &TABLE,
        tenant: "t".to_owned(),
        parent: None,
        privileged: false,
        conditions: vec![Condition::Any(vec![Term {
            field: OrderBy::Id,
            folded: false,
            compare: Compare::Least,
            value: (last + 1).to_string().to_column_value(),
        }])],
        order: OrderBy::Id,
        descending: false,
        after: None,
        limit: None,
        offset: 0,
    }
}

/// Writes beside a poller; how many objects the poller has missed.
fn missed(name: &str, outside: Option<&AtomicU64>) -> usize {
    let folder =
        std::env::temp_dir().join(format!("fieldproof-pollers-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let store = Sqlite::open(&folder, &[&TABLE], super::sealer()).unwrap();
    let writing = AtomicUsize::new(WRITERS);
    let seen = thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                for _ in 0..EACH {
                    let taken = outside.map(|next| next.fetch_add(1, Ordering::SeqCst));
                    thread::yield_now();
                    let decide = move |tx: &mut dyn Transaction| {
                        let id = taken.unwrap_or_else(|| tx.number());
                        let row = row(id, tx);
                        Ok(tx.upsert(&TABLE, &row)?)
                    };
                    let store: &dyn Store = &store;
                    store.commit("t", Durability::Full, decide).wait().unwrap();
                }
                writing.fetch_sub(1, Ordering::SeqCst);
            });
        }
        let poller = scope.spawn(|| {
            let (mut seen, mut last) = (BTreeSet::new(), 0);
            loop {
                let over = writing.load(Ordering::SeqCst) == 0;
                let page = store.list(&behind(last)).unwrap();
                let ids: Vec<u64> = serde_json::from_str(&page.body).unwrap();
                last = ids.last().copied().unwrap_or(last);
                seen.extend(ids);
                if over {
                    return seen;
                }
            }
        });
        poller.join().unwrap()
    });
    let _ = std::fs::remove_dir_all(&folder);
    WRITERS * EACH - seen.len()
}

#[test]
fn identifiers_of_the_transaction_are_all_met() {
    assert_eq!(missed("inside", None), 0);
}

#[test]
fn identifiers_from_outside_are_missed() {
    // How threads take turns is not up to the test, so it may try again.
    let lost = (0..10).any(|_| missed("outside", Some(&AtomicU64::new(1))) > 0);
    assert!(lost, "the test would not notice a poller that misses some");
}
