//! Pings, the log of requests, and redelivery.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Event, Resource};
use serde_json::{Map, Value, json};

use super::change::Change;
use super::outbox::{Attempt, Notification};
use crate::model::object::Violation;
use crate::model::service::refusal::{json as reply, pairs, refusal};
use crate::model::service::{Record, Refusal, Reply, Request, Service};

/// Query parameters that filter attempts, each named as its member.
const FILTERS: &[&str] = &["outcome", "event", "resourceId", "webhookId"];

/// What may become of an attempt.
const OUTCOMES: &[&str] = &["delivered", "retrying", "dead"];

/// The default and the maximum number of attempts on a page.
const USUAL: usize = 50;
const MOST: usize = 500;

impl Service {
    pub(super) fn ping(&mut self, resource: &Resource, watch: &Record) -> Reply {
        let look = resource.watch.as_ref().map(|watch| &watch.notification);
        let event = look.map(|look| look.name(Event::Ping));
        let mut body = Map::new();
        body.insert("id".to_owned(), watch.id.clone().into());
        body.insert("event".to_owned(), event.into());
        let change = Change::ping(watch, body);
        let notification = self.notification(resource, watch, &change);
        let id = notification.as_ref().map(|one| one.id.clone());
        self.outbox.waiting.extend(notification);
        reply(202, &json!({ "webhookId": id }))
    }

    /// The number of notifications of a watch that are still in progress.
    pub(super) fn open(&self, watch: &Record) -> usize {
        let sent = self.outbox.sent.iter().filter(|one| one.watch == watch.id);
        let in_progress = |one: &&Notification| {
            let mut attempts = self.outbox.attempts.iter();
            attempts.all(|attempt| attempt.webhook_id != one.id || attempt.outcome == "retrying")
        };
        sent.filter(in_progress).count()
    }

    pub(super) fn requests(&self, watch: &Record, request: &Request) -> Result<Reply, Refusal> {
        let (mut limit, mut before, mut found) = (USUAL, u64::MAX, Vec::new());
        let (mut wanted, mut seen) = (Vec::new(), BTreeSet::new());
        for (name, value) in pairs(&request.query)? {
            if !seen.insert(name.clone()) {
                found.push((name, "repeated_parameter"));
                continue;
            }
            let number: Option<u64> = value.parse().ok().filter(|number| *number > 0);
            match (name.as_str(), number) {
                ("outcome", _) if !OUTCOMES.contains(&value.as_str()) => {
                    found.push((name, "not_a_value"));
                }
                (own, _) if FILTERS.contains(&own) => wanted.push((name, value)),
                ("limit", Some(number)) if number <= MOST as u64 => limit = number as usize,
                ("before", Some(number)) => before = number,
                ("limit" | "before", _) => found.push((name, "not_a_value")),
                _ => found.push((name, "unknown_parameter")),
            }
        }
        if !found.is_empty() {
            let errors: Vec<Value> = found
                .iter()
                .map(|(name, code)| json!({ "parameter": name, "code": code, "detail": "" }))
                .collect();
            return Err(refusal(400, "bad_query", errors));
        }
        let kept = |one: &&Attempt| {
            let shown = one.shown();
            let same = |(name, value): &(String, String)| shown[name] == value.as_str();
            one.watch == watch.id && one.number < before && wanted.iter().all(same)
        };
        let newest = self.outbox.attempts.iter().rev().filter(kept);
        let items: Vec<Value> = newest.take(limit).map(Attempt::shown).collect();
        Ok(reply(200, &json!({ "items": items })))
    }

    pub(super) fn redeliver(
        &mut self,
        watch: &Record,
        request: &Request,
    ) -> Result<Reply, Refusal> {
        let body = self.body(request)?;
        let since = body["since"].as_str().and_then(crate::model::query_instant);
        let range = body["from"].as_u64().zip(body["to"].as_u64());
        let mut found = Vec::new();
        let unknown = self.left_out(&body, &["since", "from", "to"], &mut found);
        if since.is_some() == range.is_some() {
            found.push(Violation::new("", "type"));
        }
        if !found.is_empty() {
            return Err(self.invalid(&found));
        }
        let dead = |one: &Notification| {
            let mut attempts = self.outbox.attempts.iter();
            attempts.any(|attempt| attempt.webhook_id == one.id && attempt.outcome == "dead")
        };
        let number = |one: &Notification| one.id.split('-').next().and_then(|n| n.parse().ok());
        let chosen = self.outbox.sent.iter().filter(|one| {
            one.watch == watch.id
                && match range {
                    Some((from, to)) => number(one).is_some_and(|n: u64| (from..=to).contains(&n)),
                    None => dead(one),
                }
        });
        let chosen: Vec<Notification> = chosen.cloned().collect();
        let count = chosen.len();
        self.outbox.waiting.extend(chosen);
        let mut reply = reply(202, &json!({ "deliveries": count }));
        reply.headers.extend(unknown);
        Ok(reply)
    }

    /// Queues notifications again that were sent before.
    pub(super) fn again(&mut self, of: impl Fn(&Notification) -> bool) -> Reply {
        let found: Vec<_> = self
            .outbox
            .sent
            .iter()
            .filter(|one| of(one))
            .cloned()
            .collect();
        let count = found.len();
        self.outbox.waiting.extend(found);
        reply(202, &json!({ "deliveries": count }))
    }
}
