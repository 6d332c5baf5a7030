//! A tenant with many writes that wait keeps no other waiting.

use std::sync::{Arc, Condvar, Mutex};

use fieldproof_runtime::problem::Problem;
use fieldproof_runtime::store::{Durability, Pending, Store};
use fieldproof_runtime::value::Instant;

use super::kind::Kind;

/// More than the store lets wait for one tenant.
const MANY: usize = 2_000;

#[derive(Default)]
struct Gate(Mutex<bool>, Condvar);

impl Gate {
    fn open(&self) {
        *self.0.lock().unwrap() = true;
        self.1.notify_all();
    }

    fn wait(&self) {
        let open = self.0.lock().unwrap();
        drop(self.1.wait_while(open, |open| !*open).unwrap());
    }
}

pub(crate) fn one_tenant_waits_behind_itself_and_is_refused_when_too_much_waits(kind: Kind) {
    let opened = kind.open(&[], Instant::now);
    let store: &dyn Store = &*opened;
    let (gate, order) = (Arc::<Gate>::default(), Arc::<Mutex<Vec<&str>>>::default());
    let closed = Arc::clone(&gate);
    let first = store.commit("a", Durability::Full, move |_| {
        closed.wait();
        Ok(())
    });
    let write = |tenant: &'static str| -> Pending<()> {
        let order = Arc::clone(&order);
        store.commit(tenant, Durability::Full, move |_| {
            order.lock().unwrap().push(tenant);
            Ok(())
        })
    };
    let all: Vec<_> = (0..MANY).map(|_| write("a")).collect();
    let other = write("b");
    gate.open();
    first.wait().unwrap();
    other.wait().unwrap();
    let ends: Vec<_> = all.into_iter().map(Pending::wait).collect();
    let refused: Vec<&Problem> = ends.iter().filter_map(|end| end.as_ref().err()).collect();
    assert!((500..MANY).contains(&refused.len()), "{}", refused.len());
    assert!(refused.iter().all(|problem| problem.status == 503));
    // PostgreSQL has writers side by side, so which of two tenants is first is up to threads.
    if matches!(kind, Kind::Postgres(_)) {
        return;
    }
    // The write before may have been taken alone, or with some of the many.
    let before = order
        .lock()
        .unwrap()
        .iter()
        .take_while(|one| **one == "a")
        .count();
    assert!(
        before <= 512,
        "{before} writes of another tenant came first"
    );
}
