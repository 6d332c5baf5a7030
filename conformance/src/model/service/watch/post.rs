//! Sends what watches are told, at least once and in the order of changes of
//! one object.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::desk::{Attempt, Notification};
use super::send::Sender;
use super::signing::signature;
use super::token::Tokens;
use crate::model::service::{Kind, Service};

/// Waits before the attempts after the first one.
const SCHEDULE: [u64; 8] = [20, 50, 100, 200, 400, 400, 400, 400];

/// Who sends, where the owner of a watch does not say otherwise.
const SENDER: &str = concat!("Fieldproof/", env!("CARGO_PKG_VERSION"));

/// The field that says who sends.
const USER_AGENT: &str = "user-agent";

/// What is to be sent, in one queue for each watch and object.
#[derive(Debug, Clone)]
pub(in crate::model) struct Post {
    service: Arc<Mutex<Service>>,
    queues: Arc<Mutex<HashMap<String, VecDeque<Notification>>>>,
    tokens: Arc<Mutex<Tokens>>,
    sender: Sender,
    ends: Arc<AtomicBool>,
}

impl Post {
    /// The post of a service, until `ends`.
    pub(in crate::model) fn new(service: Arc<Mutex<Service>>, ends: Arc<AtomicBool>) -> Self {
        Self {
            service,
            queues: Arc::default(),
            tokens: Arc::default(),
            sender: Sender::new(),
            ends,
        }
    }

    /// Sends what the service has for its watches by now.
    pub(in crate::model) fn send(&self) {
        let mut service = self.service();
        let waiting = service.hand_out();
        for one in waiting {
            let alone = service.breaks(Kind::OrderLost, &one.resource);
            let own = if alone { one.id.as_str() } else { "" };
            let name = format!("{} {} {own}", one.watch, one.object);
            let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(queue) = queues.get_mut(&name) {
                queue.push_back(one);
                continue;
            }
            queues.insert(name.clone(), VecDeque::from([one]));
            drop(queues);
            let post = self.clone();
            std::thread::spawn(move || post.drain(&name));
        }
    }

    /// Sends a queue until nothing is left in it.
    fn drain(&self, name: &str) {
        loop {
            let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
            let next = queues.get_mut(name).and_then(VecDeque::pop_front);
            let Some(mut one) = next else {
                queues.remove(name);
                return;
            };
            drop(queues);
            self.deliver(&mut one);
        }
    }

    fn deliver(&self, one: &mut Notification) {
        let waits = SCHEDULE.into_iter().map(Some).chain([None]);
        for (attempt, wait) in waits.enumerate() {
            if self.ends.load(Ordering::SeqCst) {
                return;
            }
            let started = Instant::now();
            let mut shown = Map::new();
            let (status, error) = match self.attempt(one, &mut shown) {
                Ok(status) => (Some(status), None),
                Err(error) => (None, Some(error)),
            };
            let done = status.is_some_and(|status| (200..300).contains(&status));
            let last = wait.is_none() || self.breaks(Kind::RetryMissing, one);
            let outcome = match (done, last) {
                (true, _) => "delivered",
                (false, true) => "dead",
                (false, false) => "retrying",
            };
            shown.extend([
                ("event".to_owned(), json!(one.event)),
                ("resourceId".to_owned(), json!(one.object)),
                ("attempt".to_owned(), json!(attempt + 1)),
                ("sent".to_owned(), json!(jiff::Timestamp::now().to_string())),
                (
                    "duration".to_owned(),
                    json!(started.elapsed().as_millis() as u64),
                ),
                ("method".to_owned(), json!(one.method)),
                ("address".to_owned(), json!(one.url)),
                ("body".to_owned(), json!(one.record)),
                ("status".to_owned(), json!(status)),
                ("response".to_owned(), json!(status.map(|_| ""))),
                ("error".to_owned(), json!(error)),
            ]);
            self.service().record(Attempt {
                number: 0,
                watch: one.watch.clone(),
                webhook_id: one.id.clone(),
                outcome,
                shown,
            });
            if done || last {
                return;
            }
            if self.breaks(Kind::RetryRenamed, one) {
                one.id.push('0');
            }
            std::thread::sleep(Duration::from_millis(wait.unwrap_or_default()));
        }
    }

    /// Sends a notification once; `shown` gets the fields that may be shown.
    fn attempt(&self, one: &Notification, shown: &mut Map<String, Value>) -> Result<u16, String> {
        let mut authorization = one.authorization.clone();
        if let Some(grant) = &one.grant
            && !self.breaks(Kind::BearerMissing, one)
        {
            let cached = !self.breaks(Kind::BearerAgain, one);
            let rotates = !self.breaks(Kind::RefreshKept, one);
            let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
            let token = tokens.of(&self.sender, &one.watch, grant, cached, rotates)?;
            authorization = Some(format!("Bearer {token}"));
        }
        let status = self.once(one, authorization.as_deref(), shown)?;
        if status == 401 && one.grant.is_some() {
            let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
            tokens.forget(&one.watch);
        }
        Ok(status)
    }

    fn once(
        &self,
        one: &Notification,
        authorization: Option<&str>,
        shown: &mut Map<String, Value>,
    ) -> Result<u16, String> {
        let now = jiff::Timestamp::now().as_second();
        let body = one.body.clone().unwrap_or_default();
        let mut headers = one.headers.clone();
        // A field of the owner may be a secret of his.
        let mut hidden: Vec<String> = headers.iter().map(|(name, _)| name.clone()).collect();
        hidden.push("authorization".to_owned());
        let named = |(name, _): &(String, String)| name.eq_ignore_ascii_case(USER_AGENT);
        if self.breaks(Kind::SenderKept, one) {
            headers.retain(|field| !named(field));
        }
        if !headers.iter().any(named) && !self.breaks(Kind::SenderMissing, one) {
            headers.push((USER_AGENT.to_owned(), SENDER.to_owned()));
        }
        headers.extend(authorization.map(|text| ("authorization".to_owned(), text.to_owned())));
        headers.extend([
            ("webhook-id".to_owned(), one.id.clone()),
            ("webhook-timestamp".to_owned(), now.to_string()),
            ("x-watch-event".to_owned(), one.event.clone()),
            ("x-watch-resource-id".to_owned(), one.object.clone()),
        ]);
        if one.body.is_some() {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        let first = self.breaks(Kind::SignatureOfFirst, one);
        let keys = &one.keys[..if first {
            one.keys.len().min(1)
        } else {
            one.keys.len()
        }];
        let bare = self.breaks(Kind::SignatureOfBody, one);
        let signature = match bare {
            true => signature(keys, "", 0, &body),
            false => signature(keys, &one.id, now, &body),
        };
        if !signature.is_empty() && !self.breaks(Kind::SignatureMissing, one) {
            headers.push(("webhook-signature".to_owned(), signature));
        }
        let told = self.breaks(Kind::RequestSecret, one);
        let show = |(name, value): &(String, String)| {
            let secret = hidden.contains(name) && !told;
            let value = if secret { "not shown" } else { value };
            (name.to_lowercase(), json!(value))
        };
        shown.insert(
            "headers".to_owned(),
            Value::Object(headers.iter().map(show).collect()),
        );
        let sent = self
            .sender
            .send(&one.method, &one.url, &headers, one.body.as_deref());
        Ok(sent?.0)
    }

    fn breaks(&self, kind: Kind, one: &Notification) -> bool {
        self.service().breaks(kind, &one.resource)
    }

    fn service(&self) -> MutexGuard<'_, Service> {
        self.service.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
