//! Which changes there were, and who is told of them.
//!
//! The model compares what is there with what was there before the request:
//! whatever an operation touched on its way, each object changed once.

use std::collections::{BTreeMap, BTreeSet};

use fieldproof_spec::model::{Resource, Role};
use serde_json::{Map, Value};

use super::member::member;
use crate::model::service::{Caller, Kind, Record, Reply, Request, Service};

/// A change of one object.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) event: &'static str,
    pub(super) id: String,
    tenant: String,
    pub(super) before: Option<Map<String, Value>>,
    /// What it is now; the last version of one that was removed.
    pub(super) now: Map<String, Value>,
    /// Both as callers see them that a scope shows more.
    pub(super) full: (Option<Map<String, Value>>, Map<String, Value>),
}

impl Change {
    /// What a ping tells: of the watch itself.
    pub(super) fn ping(watch: &Record, now: Map<String, Value>) -> Self {
        Self {
            event: "ping",
            id: watch.id.clone(),
            tenant: watch.tenant.clone(),
            before: None,
            full: (None, now.clone()),
            now,
        }
    }
}

/// An object that somebody watches.
#[derive(Debug, Clone)]
struct Seen {
    tenant: String,
    version: u64,
    shown: Map<String, Value>,
    full: Map<String, Value>,
}

/// What somebody watches, before a request: by the resource of the watch, then
/// by identifier.
#[derive(Debug, Default)]
pub(in crate::model::service) struct Before(Vec<(Resource, BTreeMap<String, Seen>)>);

impl Service {
    /// What is there before a request that may change it.
    pub(in crate::model::service) fn before(&self, request: &Request) -> Before {
        if matches!(request.method.as_str(), "GET" | "HEAD" | "OPTIONS") {
            return Before::default();
        }
        let watches = self.api.resources.iter().filter(|one| one.watch.is_some());
        let watched = watches.filter(|one| !self.watchers(one).is_empty());
        Before(
            watched
                .map(|watch| (watch.clone(), self.seen_by(watch)))
                .collect(),
        )
    }

    /// Tells watches what is different after the request.
    pub(in crate::model::service) fn tell(&mut self, before: Before, reply: &Reply) {
        for (watch, before) in before.0 {
            let broken = |kind| self.broken(kind, &watch.name, "");
            let after = self.seen_by(&watch);
            let mut changes = changes(&before, &after);
            let of = watch.watch.as_ref().map_or("", |one| &one.of);
            let refused = reply.status >= 400 && broken(Kind::NoticeOfRefused);
            let idle = reply.status < 300 && changes.is_empty() && self.subject == of;
            if refused || idle && broken(Kind::NoticeOfIdle) {
                changes.extend(after.iter().map(|(id, seen)| updated(id, seen, seen)));
            }
            if broken(Kind::NoticeMissing) {
                changes.clear();
            }
            if broken(Kind::NoticeOfNamed) && changes.iter().any(|one| one.event != "updated") {
                changes.retain(|one| one.event != "updated");
            }
            if broken(Kind::NoticeTwice) {
                changes = changes.iter().flat_map(|one| [one, one]).cloned().collect();
            }
            if broken(Kind::NoticeStale) {
                for change in &mut changes {
                    change.now = change.before.clone().unwrap_or_default();
                }
            }
            for change in changes {
                for one in self.watchers(&watch) {
                    if self.wants(&watch, &one, &change) {
                        let notification = self.notification(&watch, &one, &change);
                        self.desk.waiting.push(notification);
                    }
                }
            }
        }
    }

    fn watchers(&self, watch: &Resource) -> Vec<Record> {
        let gone = self.desk.gone.iter();
        self.all(watch).iter().chain(gone).cloned().collect()
    }

    /// The objects that watches of one resource may be told of.
    fn seen_by(&self, watch: &Resource) -> BTreeMap<String, Seen> {
        let of = watch
            .watch
            .as_ref()
            .and_then(|one| self.api.resource(&one.of));
        let Some(of) = of else {
            return BTreeMap::new();
        };
        let across = self.broken(Kind::NoticeAcross, &watch.name, "");
        let tenants = self.watchers(watch).into_iter().map(|one| one.tenant);
        let tenants: BTreeSet<String> = tenants.collect();
        let told = |one: &&Record| across || tenants.contains(&one.tenant);
        let nobody = Caller {
            sees: self.broken(Kind::NoticeSecret, &watch.name, ""),
            ..Caller::everyone()
        };
        let see = |one: &Record| {
            let shown = self.shown(of, &nobody, one);
            let full = self.shown(of, &Caller::everyone(), one);
            let (tenant, version) = (one.tenant.clone(), one.version);
            let seen = Seen {
                tenant,
                version,
                shown,
                full,
            };
            (one.id.clone(), seen)
        };
        self.all(of).iter().filter(told).map(see).collect()
    }

    fn wants(&self, watch: &Resource, one: &Record, change: &Change) -> bool {
        let broken = |kind| self.broken(kind, &watch.name, "");
        let own = one.tenant == change.tenant || broken(Kind::NoticeAcross);
        let needs = watch.watch.iter().flat_map(|watch| &watch.needs);
        let mut needs =
            needs.map(|(name, text)| one.object.get(name) == Some(&text.as_str().into()));
        let serves = broken(Kind::NoticeWhileOff) || needs.all(|holds| holds);
        let events = member(&self.api, watch, &one.object, Role::Events);
        let listed = events.is_none_or(|events| {
            let mut names = events.as_array().into_iter().flatten();
            names.any(|name| name == change.event)
        });
        own && serves && listed
    }
}

fn changes(before: &BTreeMap<String, Seen>, after: &BTreeMap<String, Seen>) -> Vec<Change> {
    let mut changes = Vec::new();
    for (id, now) in after {
        match before.get(id) {
            None => changes.push(Change {
                event: "created",
                before: None,
                full: (None, now.full.clone()),
                ..updated(id, now, now)
            }),
            Some(old) if old.version != now.version || old.shown != now.shown => {
                changes.push(updated(id, old, now));
            }
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|(id, _)| !after.contains_key(*id));
    changes.extend(gone.map(|(id, last)| Change {
        event: "deleted",
        ..updated(id, last, last)
    }));
    changes
}

fn updated(id: &str, old: &Seen, now: &Seen) -> Change {
    Change {
        event: "updated",
        id: id.to_owned(),
        tenant: now.tenant.clone(),
        before: Some(old.shown.clone()),
        now: now.shown.clone(),
        full: (Some(old.full.clone()), now.full.clone()),
    }
}
