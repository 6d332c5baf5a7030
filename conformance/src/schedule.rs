//! Decides which obligation is judged next.
//!
//! Checks look at whole lists, so two of them never work on the same objects: each resource
//! with its children has one check at a time in each tenant.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use fieldproof_spec::model::Api;

use crate::checks::waits;
use crate::obligation::Obligation;

/// The waiting obligations, and the groups and tenants in use.
#[derive(Debug)]
pub(crate) struct Schedule {
    state: Mutex<State>,
    freed: Condvar,
    total: usize,
    tenants: usize,
}

#[derive(Debug, Default)]
struct State {
    groups: Vec<Group>,
    /// Pairs of group and tenant in which an obligation is being judged.
    busy: BTreeSet<(usize, usize)>,
    stopped: bool,
}

/// Obligations of a resource and its children.
#[derive(Debug)]
struct Group {
    api: usize,
    root: String,
    waiting: VecDeque<(usize, Obligation)>,
}

/// An obligation to be judged; it occupies its group and tenant until it is given back.
#[derive(Debug)]
pub(crate) struct Task {
    /// Its index among all obligations.
    pub(crate) order: usize,
    pub(crate) obligation: Obligation,
    /// The index of its API.
    pub(crate) api: usize,
    /// The index of its tenant.
    pub(crate) tenant: usize,
    group: usize,
}

impl Schedule {
    /// A schedule of the obligations that `chosen` returns for the APIs.
    pub(crate) fn new(
        apis: &[Api],
        chosen: impl Fn(&Api) -> Vec<Obligation>,
        tenants: usize,
    ) -> Self {
        let (mut groups, mut total): (Vec<Group>, usize) = (Vec::new(), 0);
        for (at, api) in apis.iter().enumerate() {
            for obligation in chosen(api) {
                let root = root(api, &obligation.resource);
                let same = |group: &Group| group.api == at && group.root == root;
                let found = groups.iter().position(same).unwrap_or_else(|| {
                    let waiting = VecDeque::new();
                    groups.push(Group {
                        api: at,
                        root,
                        waiting,
                    });
                    groups.len() - 1
                });
                groups[found].waiting.push_back((total, obligation));
                total += 1;
            }
        }
        for group in &mut groups {
            let waiting = group.waiting.make_contiguous();
            waiting.sort_by_key(|(order, one)| (!waits(one), *order));
        }
        let state = State {
            groups,
            ..State::default()
        };
        Self {
            state: Mutex::new(state),
            freed: Condvar::new(),
            total,
            tenants,
        }
    }

    /// The number of obligations.
    pub(crate) fn total(&self) -> usize {
        self.total
    }

    /// The next obligation; waits until its group and tenant are free. `None` when none is
    /// left.
    pub(crate) fn next(&self) -> Option<Task> {
        let mut state = self.lock();
        loop {
            if state.stopped || state.groups.iter().all(|group| group.waiting.is_empty()) {
                return None;
            }
            // The longest queue goes first, since it decides when the run ends.
            let free = (0..state.groups.len())
                .flat_map(|group| (0..self.tenants).map(move |tenant| (group, tenant)))
                .filter(|place| !state.busy.contains(place))
                .max_by_key(|(group, _)| state.groups[*group].waiting.len());
            let taken = free.and_then(|(group, tenant)| {
                let own = &mut state.groups[group];
                let (order, obligation) = own.waiting.pop_front()?;
                Some(Task {
                    order,
                    obligation,
                    api: own.api,
                    tenant,
                    group,
                })
            });
            if let Some(task) = taken {
                state.busy.insert((task.group, task.tenant));
                return Some(task);
            }
            state = self
                .freed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Frees the group and tenant of a task.
    pub(crate) fn done(&self, task: &Task) {
        self.lock().busy.remove(&(task.group, task.tenant));
        self.freed.notify_all();
    }

    /// Stops the schedule: no more tasks are given out.
    pub(crate) fn stop(&self) {
        self.lock().stopped = true;
        self.freed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The outermost parent of a resource; a watch belongs to the resource it watches.
pub(crate) fn root(api: &Api, name: &str) -> String {
    let own = api.resource(name);
    let parent = own.and_then(|one| Some(&one.parent.as_ref()?.resource));
    let watched = own.and_then(|one| Some(&one.watch.as_ref()?.of));
    match parent.or(watched) {
        Some(above) => root(api, above),
        None => name.to_owned(),
    }
}
