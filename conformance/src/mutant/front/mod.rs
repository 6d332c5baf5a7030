//! Mutations between the wire and the model: of requests, answers and notifications.

mod again;
mod answer;
mod aside;
mod body;
mod condition;
mod context;
mod link;
mod list;
mod overdone;
mod request;
mod torn;
mod unknown;
mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex};

use serde_json::{Map, Value};

use self::context::RequestContext;
use super::mutation::{Mutation, Operator};
use crate::mock::{Front, Headers, lock};
use crate::model::{Notification, Reply, Request, Service};

/// The layer before the model that applies a mutation.
#[derive(Debug)]
pub(super) struct MutatedFront {
    mutation: Mutation,
    /// The number of requests that currently work on an outdated state.
    torn: AtomicUsize,
    /// The identifiers of notifications that were sent.
    sent: Mutex<BTreeSet<String>>,
    /// The secrets of keys by identifier.
    secrets: Mutex<BTreeMap<String, Value>>,
    /// Objects that were removed, by path.
    removed: Mutex<BTreeMap<String, Value>>,
    /// Members that no document names, by the identifiers of the objects they were sent for.
    unknown: Mutex<BTreeMap<String, Map<String, Value>>>,
}

impl MutatedFront {
    pub(super) fn new(mutation: Mutation) -> Self {
        Self {
            mutation,
            torn: AtomicUsize::new(0),
            sent: Mutex::default(),
            secrets: Mutex::default(),
            removed: Mutex::default(),
            unknown: Mutex::default(),
        }
    }

    /// The operator, if the broken promise is about notifications of this watch.
    fn of(&self, one: &Notification) -> Option<Operator> {
        (self.mutation.resource == one.resource).then_some(self.mutation.operator)
    }
}

impl Front for MutatedFront {
    fn answer(&self, model: &mut Service, request: Request) -> Reply {
        let api = Arc::clone(model.api());
        let context = RequestContext::of(&api, &request, &self.mutation);
        let request = self.other_request(&context, request);
        if let Some(reply) = self.unasked(model, &context, &request) {
            return reply;
        }
        self.keep_ghost(model, &context, &request);
        let reply = model.serve(request.clone());
        let reply = self.asked_again(model, &context, &request, reply);
        let reply = self.overdone(model, &context, &request, reply);
        self.other_answer(&api, &context, &request, reply)
    }

    fn serve(&self, shared: &Mutex<Service>, request: Request) -> Reply {
        match self.tears(&request.method) {
            true => self.torn(shared, request),
            false => self.answer(&mut lock(shared), request),
        }
    }

    fn outgoing(&self, waiting: Vec<Notification>) -> Vec<Notification> {
        self.other_notifications(waiting)
    }

    fn headers(&self, one: &Notification, headers: Headers) -> Headers {
        self.other_headers(one, headers)
    }
}
