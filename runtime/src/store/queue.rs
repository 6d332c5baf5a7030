//! The queue of writes: fair by tenant, and bounded.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::Queued;

/// Maximum number of writes that wait for one tenant.
const EACH: usize = 1_024;

/// Maximum number of writes that wait in all.
const ALL: usize = 8_192;

/// Writes that wait. Tenants take turns, whatever each of them has waiting; the writes of one
/// tenant keep their order.
#[derive(Default)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    lanes: HashMap<Arc<str>, VecDeque<Queued>>,
    /// The tenants with waiting writes, whose turn is next first.
    turns: VecDeque<Arc<str>>,
    /// The tenants whose writes are being made: they have no turn until that is done.
    taken: HashSet<Arc<str>>,
    count: usize,
    is_closed: bool,
}

impl Queue {
    /// Adds a write, or returns it if too many wait. One that nobody takes any more is dropped,
    /// which tells whoever waits for it.
    pub(super) fn push(&self, queued: Queued) -> Result<(), Queued> {
        let mut waiting = self.lock();
        let lane = waiting.lanes.get(&queued.tenant).map_or(0, VecDeque::len);
        if waiting.is_closed {
            return Ok(());
        }
        if lane >= EACH || waiting.count >= ALL {
            return Err(queued);
        }
        waiting.lane(&queued.tenant).push_back(queued);
        self.changed.notify_one();
        Ok(())
    }

    /// Puts writes back that were taken and not begun: each is the first of its tenant again.
    pub(super) fn put_back(&self, queued: Vec<Queued>) {
        let mut waiting = self.lock();
        for one in queued.into_iter().rev() {
            waiting.lane(&one.tenant).push_front(one);
        }
    }

    /// Waits for writes and takes up to `most`, by turns; `None` after the last one if the queue
    /// is closed.
    pub(super) fn take(&self, most: usize) -> Option<Vec<Queued>> {
        let idle = |waiting: &mut Waiting| waiting.count == 0 && !waiting.is_closed;
        let waited = self.changed.wait_while(self.lock(), idle);
        let mut waiting = waited.unwrap_or_else(PoisonError::into_inner);
        let mut taken = Vec::with_capacity(most.min(waiting.count));
        while taken.len() < most
            && let Some(one) = waiting.next()
        {
            taken.push(one);
        }
        Some(taken).filter(|taken| !taken.is_empty())
    }

    /// Waits for writes and takes up to `most` of the tenant whose turn it is, which has no other
    /// turn before [`Self::done_with`]; `None` after the last one if the queue is closed.
    #[cfg(feature = "postgres")]
    pub(super) fn take_of_one(&self, most: usize) -> Option<(Arc<str>, Vec<Queued>)> {
        let idle = |waiting: &mut Waiting| {
            waiting.turns.is_empty() && !(waiting.is_closed && waiting.count == 0)
        };
        let waited = self.changed.wait_while(self.lock(), idle);
        let mut waiting = waited.unwrap_or_else(PoisonError::into_inner);
        let tenant = waiting.turns.pop_front()?;
        let lane = waiting.lanes.get_mut(&tenant)?;
        let taken: Vec<Queued> = lane.drain(..most.min(lane.len())).collect();
        if lane.is_empty() {
            waiting.lanes.remove(&tenant);
        }
        waiting.count -= taken.len();
        waiting.taken.insert(Arc::clone(&tenant));
        Some((tenant, taken))
    }

    /// Gives the tenant a turn again, if more of its writes wait.
    #[cfg(feature = "postgres")]
    pub(super) fn done_with(&self, tenant: &Arc<str>) {
        let mut waiting = self.lock();
        waiting.taken.remove(tenant);
        if waiting.lanes.contains_key(tenant) {
            waiting.turns.push_back(Arc::clone(tenant));
            self.changed.notify_one();
        }
        if waiting.is_closed {
            // All that wait for a turn have to see that there is none.
            self.changed.notify_all();
        }
    }

    /// Ends the queue when everything that waits was taken.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    /// Ends the queue without whoever takes from it: everything that waits is dropped.
    pub(super) fn abandon(&self) {
        let mut waiting = self.lock();
        *waiting = Waiting {
            is_closed: true,
            ..Waiting::default()
        };
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.lock().count;
        f.debug_struct("Queue").field("count", &count).finish()
    }
}

impl Waiting {
    /// The lane of a tenant, to which a write is added.
    fn lane(&mut self, tenant: &Arc<str>) -> &mut VecDeque<Queued> {
        self.count += 1;
        let lane = self.lanes.entry(Arc::clone(tenant)).or_default();
        if lane.is_empty() && !self.taken.contains(tenant) {
            self.turns.push_back(Arc::clone(tenant));
        }
        lane
    }

    /// Takes the next write of the tenant whose turn it is.
    fn next(&mut self) -> Option<Queued> {
        let tenant = self.turns.pop_front()?;
        let lane = self.lanes.get_mut(&tenant)?;
        let next = lane.pop_front()?;
        self.count -= 1;
        match lane.is_empty() {
            true => drop(self.lanes.remove(&tenant)),
            false => self.turns.push_back(tenant),
        }
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, EACH, Queue};
    use crate::problem::Problem;
    use crate::store::{Decision, Durability, Queued, Transaction};

    struct Nothing;

    impl Decision for Nothing {
        fn decide(&mut self, _: &mut dyn Transaction) -> Result<(), Problem> {
            Ok(())
        }

        fn answer(self: Box<Self>, _: Result<(), Problem>) {}
    }

    fn write(tenant: &str, durability: Durability) -> Queued {
        Queued {
            tenant: tenant.into(),
            durability,
            decision: Box::new(Nothing),
        }
    }

    fn names(taken: &[Queued]) -> String {
        taken.iter().map(|one| &*one.tenant).collect()
    }

    #[test]
    fn tenants_take_turns_and_what_is_put_back_is_first_again() {
        let queue = Queue::default();
        for tenant in ["a", "a", "a", "a", "b", "c", "c"] {
            assert!(queue.push(write(tenant, Durability::Full)).is_ok());
        }
        let mut taken = queue.take(4).unwrap();
        assert_eq!(names(&taken), "abca");
        assert!(queue.push(write("b", Durability::Relaxed)).is_ok());
        queue.put_back(taken.split_off(1));
        queue.close();
        let rest = queue.take(9).unwrap();
        assert_eq!(names(&rest), "cabcaba");
        let of_b = rest.iter().filter(|one| &*one.tenant == "b");
        let order: Vec<_> = of_b.map(|one| one.durability).collect();
        assert_eq!(order, [Durability::Full, Durability::Relaxed]);
        assert!(queue.take(1).is_none());
    }

    #[test]
    fn neither_one_tenant_nor_all_of_them_make_the_queue_grow_for_ever() {
        let queue = Queue::default();
        let push = |tenant: &str| queue.push(write(tenant, Durability::Full)).is_ok();
        assert_eq!((0..2 * EACH).filter(|_| push("a")).count(), EACH);
        let others = (0..2 * ALL).filter(|at| push(&at.to_string()));
        assert_eq!(others.count(), ALL - EACH);
    }
}
