//! Why identifiers come from the transaction: a poller that continues behind
//! the greatest one misses nothing then, and misses some otherwise.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;

use fieldproof_runtime::store::{
    Compare, Condition, Durability, Row, Select, Store, Term, ToColumnValue, Transaction,
};
use fieldproof_runtime::table::Attribute;
use fieldproof_runtime::value::Instant;

use super::kind::Kind;
use super::wait;
use super::walk::TABLE;

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
            field: Attribute::Id,
            folded: false,
            compare: Compare::Least,
            value: (last + 1).to_string().to_column_value(),
        }])],
        order: Attribute::Id,
        descending: false,
        after: None,
        limit: None,
        offset: 0,
    }
}

/// Writes beside a poller, each through one of the stores over the same objects; how many of
/// them the poller has missed.
fn missed(kind: Kind, outside: Option<&AtomicU64>) -> usize {
    let stores = kind.open_some(&[&TABLE], Instant::now);
    let stores: Vec<&dyn Store> = stores.iter().map(|one| &**one).collect();
    let writing = AtomicUsize::new(WRITERS);
    let seen = thread::scope(|scope| {
        for at in 0..WRITERS {
            let (writing, store) = (&writing, stores[at % stores.len()]);
            scope.spawn(move || {
                for _ in 0..EACH {
                    let taken = outside.map(|next| next.fetch_add(1, Ordering::SeqCst));
                    thread::yield_now();
                    let decide = move |tx: &mut dyn Transaction| {
                        let id = taken.unwrap_or_else(|| tx.number());
                        let row = row(id, tx);
                        Ok(tx.upsert(&TABLE, &row)?)
                    };
                    store.commit("t", Durability::Full, decide).wait().unwrap();
                }
                writing.fetch_sub(1, Ordering::SeqCst);
            });
        }
        let poller = scope.spawn(|| {
            let (mut seen, mut last) = (BTreeSet::new(), 0);
            loop {
                let over = writing.load(Ordering::SeqCst) == 0;
                let page = wait(stores[0].list(behind(last))).unwrap();
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
    WRITERS * EACH - seen.len()
}

pub(crate) fn identifiers_of_the_transaction_are_all_met(kind: Kind) {
    assert_eq!(missed(kind, None), 0);
}

pub(crate) fn identifiers_from_outside_are_missed(kind: Kind) {
    // How threads take turns is not up to the test, so it may try again.
    let lost = (0..10).any(|_| missed(kind, Some(&AtomicU64::new(1))) > 0);
    assert!(lost, "the test would not notice a poller that misses some");
}
