//! Delivers notifications at least once, in the order of the changes of an object.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::time::Instant;

use serde_json::{Map, Value};

use super::attempt::{headers, seen};
use super::front::{Front, lock};
use super::lanes::{Lanes, Turn};
use super::send::Sender;
use super::token::Tokens;
use crate::model::{Attempt, Notification, Semantics, Service};

/// How many notifications are under way at one time.
const WORKERS: usize = 16;

/// The notifications to deliver, in one queue per watch and object.
#[derive(Debug, Clone)]
pub(super) struct Post {
    service: Arc<Mutex<Service>>,
    semantics: Arc<dyn Semantics>,
    front: Arc<dyn Front>,
    lanes: Arc<Lanes>,
    tokens: Arc<Mutex<Tokens>>,
    sender: Sender,
    ends: Arc<AtomicBool>,
    started: Arc<Once>,
}

impl Post {
    /// Delivers the notifications of a service until `ends` is set.
    pub(super) fn new(
        service: Arc<Mutex<Service>>,
        front: Arc<dyn Front>,
        ends: Arc<AtomicBool>,
    ) -> Self {
        let semantics = Arc::clone(lock(&service).semantics());
        Self {
            service,
            semantics,
            front,
            lanes: Arc::default(),
            tokens: Arc::default(),
            sender: Sender::new(),
            ends,
            started: Arc::new(Once::new()),
        }
    }

    /// Delivers the notifications that wait now.
    pub(super) fn send(&self) {
        // The lock keeps others from taking notifications meanwhile, so queues follow the
        // order of changes.
        let mut service = lock(&self.service);
        let waiting = service.hand_out();
        for one in self.front.outgoing(waiting) {
            let lane = self.semantics.queue(&one);
            self.lanes.push(lane, one);
            self.started.call_once(|| self.start());
        }
    }

    /// Starts the workers, which only services with watches need.
    fn start(&self) {
        for _ in 0..WORKERS {
            let post = self.clone();
            std::thread::spawn(move || post.work());
        }
    }

    /// Delivers what is due until the service ends.
    fn work(&self) {
        while let Some(mut turn) = self.lanes.next(&self.ends) {
            let again = self.deliver(&mut turn);
            self.lanes.done(turn, again);
        }
    }

    /// Makes an attempt; the moment of the next one, unless it arrived or is given up.
    fn deliver(&self, turn: &mut Turn) -> Option<Instant> {
        let (one, attempt) = (&mut turn.notification, turn.attempt);
        let started = Instant::now();
        let mut shown = Map::new();
        let result = self.attempt(one, &mut shown);
        let done = matches!(result, Ok(200..300));
        let wait = self.semantics.wait(one, attempt);
        let outcome = match (done, wait) {
            (true, _) => "delivered",
            (false, None) => "dead",
            (false, Some(_)) => "retrying",
        };
        shown.extend(seen(one, attempt, started, &result));
        lock(&self.service).record(Attempt {
            number: 0,
            watch: one.watch.clone(),
            webhook_id: one.id.clone(),
            outcome,
            shown,
        });
        let wait = wait.filter(|_| !done)?;
        one.id = self.semantics.next_id(one);
        Some(Instant::now() + wait)
    }

    /// Makes one attempt; `shown` receives the entries for the log.
    fn attempt(&self, one: &Notification, shown: &mut Map<String, Value>) -> Result<u16, String> {
        let mut authorization = one.authorization.clone();
        if let Some(grant) = &one.grant {
            let token = self
                .tokens()
                .of(&*self.semantics, &self.sender, one, grant)?;
            authorization = Some(format!("Bearer {token}"));
        }
        let status = self.once(one, authorization, shown)?;
        if status == 401 && one.grant.is_some() {
            self.tokens().forget(&one.watch);
        }
        Ok(status)
    }

    fn once(
        &self,
        one: &Notification,
        authorization: Option<String>,
        shown: &mut Map<String, Value>,
    ) -> Result<u16, String> {
        let headers = self.front.headers(one, headers(one, authorization));
        // A header field that the owner set may be secret.
        let is_secret = |name: &String| {
            let own = one.headers.iter().any(|(own, _)| own == name);
            own || name == "authorization"
        };
        let show = |(name, value): &(String, String)| {
            let value = self.semantics.recorded(one, is_secret(name), value);
            (name.to_lowercase(), value)
        };
        let fields = headers.iter().map(show).collect();
        shown.insert("headers".to_owned(), Value::Object(fields));
        let body = one.body.as_deref();
        let sent = self.sender.send(&one.method, &one.url, &headers, body);
        Ok(sent?.0)
    }

    fn tokens(&self) -> MutexGuard<'_, Tokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
