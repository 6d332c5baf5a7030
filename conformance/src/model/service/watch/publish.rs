//! Publishing of changes to watches.
//!
//! The model compares the objects before and after a request: whatever the operation
//! touched, each object counts as changed once.

use std::collections::BTreeMap;

use fieldproof_spec::model::{Resource, Role};

use super::change::{Change, Seen, changes, updated};
use super::member::member;
use crate::model::semantics::Outcome;
use crate::model::service::{Caller, Record, Reply, Request, Service};

/// The watches and watched objects before a request.
#[derive(Debug, Default)]
pub(in crate::model::service) struct Before(Vec<Watched>);

/// The watches of one resource, and the objects that they watch.
#[derive(Debug)]
struct Watched {
    watch: Resource,
    watchers: Vec<Record>,
    objects: BTreeMap<String, Seen>,
}

impl Service {
    /// The state before a request that may change something.
    pub(in crate::model::service) fn before(&self, request: &Request) -> Before {
        if matches!(request.method.as_str(), "GET" | "HEAD" | "OPTIONS") {
            return Before::default();
        }
        let watches = self.api.resources.iter().filter(|one| one.watch.is_some());
        let watched = watches.map(|watch| Watched {
            watch: watch.clone(),
            watchers: self.semantics.watchers(watch, self.all(watch)),
            objects: BTreeMap::new(),
        });
        let mut watched: Vec<Watched> = watched.filter(|one| !one.watchers.is_empty()).collect();
        for one in &mut watched {
            one.objects = self.seen_by(&one.watch);
        }
        Before(watched)
    }

    /// Notifies watches of what differs after the request.
    pub(in crate::model::service) fn publish(&mut self, before: Before, reply: &Reply) {
        for before in before.0 {
            let watch = &before.watch;
            let after = self.seen_by(watch);
            let outcome = Outcome {
                status: reply.status,
                resource: &self.act.resource,
                there: after
                    .iter()
                    .map(|(id, seen)| updated(id, seen, seen))
                    .collect(),
            };
            let changes = changes(&before.objects, &after);
            let published = self.semantics.published(watch, &outcome, changes);
            let now = self.semantics.watchers(watch, self.all(watch));
            for change in published {
                for one in &now {
                    if self.wants(watch, one, &change) {
                        let notification = self.notification(watch, one, &change);
                        self.outbox.waiting.extend(notification);
                    }
                }
            }
        }
    }

    /// The objects that watches of one resource may be notified of.
    fn seen_by(&self, watch: &Resource) -> BTreeMap<String, Seen> {
        let of = watch.watch.as_ref();
        let Some(of) = of.and_then(|one| self.api.resource(&one.of)) else {
            return BTreeMap::new();
        };
        let reader = self.semantics.reader(watch);
        let see = |one: &Record| {
            let seen = Seen {
                tenant: one.tenant.clone(),
                version: one.version,
                shown: self.shown(of, &reader, one),
                full: self.shown(of, &Caller::everyone(), one),
            };
            (one.id.clone(), seen)
        };
        self.all(of).iter().map(see).collect()
    }

    /// Whether a watch is notified of a change: it may be, is active, and lists the event
    /// or no events at all.
    fn wants(&self, watch: &Resource, one: &Record, change: &Change) -> bool {
        let events = member(&self.api, watch, &one.object, Role::Events);
        let told = watch.watch.as_ref();
        let told = told.map(|watch| watch.notification.name(change.event));
        let listed = events.is_none_or(|events| {
            let mut names = events.as_array().into_iter().flatten();
            names.any(|name| name.as_str() == told)
        });
        let concerns = self.semantics.concerns(watch, one, change);
        concerns && self.semantics.is_on(watch, &one.object) && listed
    }
}
