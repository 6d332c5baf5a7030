//! The model as a service that answers requests.

mod append;
mod body;
mod condition;
mod conflict;
mod create;
mod delete;
mod deployed;
mod dialect;
mod draft;
mod find;
mod idempotency;
mod invite;
mod list;
mod load;
mod login;
mod media;
mod merge;
mod message;
mod once;
mod paths;
mod read;
mod record;
mod reference;
mod refusal;
mod route;
mod stamp;
mod touch;
mod unasked;
mod unknown;
mod unwritten;
mod update;
mod watch;

pub(crate) use dialect::kind as refusal_kind;
pub use message::{Reply, Request};
pub(crate) use paths::{fill, is_change, operations, path};
pub(crate) use record::Caller;
pub use record::Record;
pub(crate) use refusal::{decode, problem};
pub(crate) use route::{RouteMatch, match_route};
pub(crate) use watch::{Attempt, Change, Grant, Key, Notification, hex_hmac, signature};

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use fieldproof_spec::model::Api;

use self::message::Refusal;
use self::record::Registry;
use super::semantics::{Act, Documented, Semantics};
use crate::fixtures::Fixtures;

/// A service for one API.
#[derive(Debug, Clone)]
pub struct Service {
    api: Arc<Api>,
    semantics: Arc<dyn Semantics>,
    tokens: HashMap<String, Caller>,
    records: HashMap<String, Vec<Record>>,
    shared: Registry,
    clock: i64,
    number: u64,
    mails: Option<PathBuf>,
    outbox: watch::Outbox,
    act: Act,
    kept: Vec<idempotency::Kept>,
}

impl Service {
    /// A service without objects. Its tokens are `main`, `other_tenant`, `read_only`,
    /// `no_scope`, `other_user`, `no_user`, `no_secret`, and `client_token` of the client
    /// `client_id`.
    #[must_use]
    pub fn new(api: Api) -> Self {
        Self {
            api: Arc::new(api),
            semantics: Arc::new(Documented),
            tokens: login::tokens(),
            records: HashMap::new(),
            shared: HashMap::new(),
            clock: 0,
            number: 0,
            mails: None,
            outbox: watch::Outbox::default(),
            act: Act::default(),
            kept: Vec::new(),
        }
    }

    /// The same service with other semantics.
    #[must_use]
    pub(crate) fn meaning(mut self, semantics: Arc<dyn Semantics>) -> Self {
        self.semantics = semantics;
        self
    }

    /// The same service with initial objects, as an import loads them.
    #[must_use]
    pub fn with(mut self, fixtures: &Fixtures) -> Self {
        let api = Arc::clone(&self.api);
        for resource in api.resources.iter().filter(|one| one.parent.is_none()) {
            let users = [("main", &fixtures.main), ("other", &fixtures.other_user)];
            for (user, objects) in users {
                for object in crate::fixtures::of(&api, resource, objects) {
                    self.load(resource, user, object);
                }
            }
        }
        self
    }

    /// The same service with a folder that mails are written to.
    #[must_use]
    pub fn with_mails(mut self, folder: Option<PathBuf>) -> Self {
        self.mails = folder;
        self
    }

    /// The API that is served.
    pub(crate) fn api(&self) -> &Arc<Api> {
        &self.api
    }

    /// The semantics that the service follows.
    pub(crate) fn semantics(&self) -> &Arc<dyn Semantics> {
        &self.semantics
    }

    /// Advances the clock: to the current time, but always past the last value.
    fn tick(&mut self) {
        let now = jiff::Timestamp::now().as_microsecond();
        self.clock = now.max(self.clock + 1);
    }

    /// Answers a request whose path includes the base.
    pub(crate) fn serve(&mut self, mut request: Request) -> Reply {
        match request.path.strip_prefix(&self.api.base) {
            Some(path) => {
                request.path = path.to_owned();
                self.answer(&request)
            }
            // Problem pages have the same path whatever the base is.
            None if request.path.starts_with("/problems/") => self.answer(&request),
            None => *problem(404, "not_found", &[]),
        }
    }

    /// Answers a request whose path is relative to the base.
    pub fn answer(&mut self, request: &Request) -> Reply {
        let request = &self.credited(request);
        let before = self.before(request);
        let mut reply = self.route(request).unwrap_or_else(|refusal| *refusal);
        self.publish(before, &reply);
        if request.method == "HEAD" {
            reply.body.clear();
        }
        reply
    }
}
