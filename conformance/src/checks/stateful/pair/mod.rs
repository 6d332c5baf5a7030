//! The service and the model, which receive the same requests.

mod list;
mod same;
mod write;

use std::collections::HashMap;

use fieldproof_spec::model::{IfMatch, Resource};
use serde_json::{Map, Value};

use crate::harness::{CheckError, Exchange, Harness, Request};
use crate::model::{self, Reply, Service, path};

struct Counterparts<'a> {
    resource: &'a Resource,
    service: Vec<String>,
    model: Vec<String>,
    shown: Map<String, Value>,
}

/// The service and the model, which receive the same requests.
pub(super) struct Pair<'a, 'b> {
    harness: &'a Harness<'b>,
    root: &'a Resource,
    model: Service,
    counterparts: Vec<Counterparts<'a>>,
}

impl<'a, 'b> Pair<'a, 'b> {
    pub(super) fn new(harness: &'a Harness<'b>, root: &'a Resource) -> Self {
        // A single page of the model is compared with all pages of the service.
        let mut api = harness.api.clone();
        api.switches.list_cap = None;
        // The harness adds required versions for the service; the model does without.
        api.switches.if_match = IfMatch::Optional;
        Self {
            harness,
            root,
            model: Service::new(api),
            counterparts: Vec::new(),
        }
    }

    pub(super) fn step(&mut self, (kind, pick, draw): (u8, u8, u8)) -> Result<(), CheckError> {
        let count = self.counterparts.len();
        if count == 0 || kind % 8 < 2 {
            return self.create(self.root, None, draw);
        }
        let at = usize::from(pick) % count;
        match kind % 8 {
            2 => match self
                .harness
                .api
                .children(&self.counterparts[at].resource.name)
                .find(|child| child.create.is_some())
            {
                Some(child) => self.create(child, Some(at), draw),
                None => self.get(at),
            },
            3 | 4 => self.update(at, draw),
            5 => self.delete(at),
            6 => self.list(at, draw),
            _ => self.get(at),
        }
    }

    fn get(&mut self, at: usize) -> Result<(), CheckError> {
        let resource = self.counterparts[at].resource;
        if resource.get.is_none() {
            return Ok(());
        }
        let (service, model) = self.paths(at);
        let (exchange, reply) = self.both("GET", &service, &model, None)?;
        self.same(resource, &exchange, &reply)
    }

    fn paths(&self, at: usize) -> (String, String) {
        let counterpart = &self.counterparts[at];
        (
            path(counterpart.resource, &counterpart.service),
            path(counterpart.resource, &counterpart.model),
        )
    }

    fn both(
        &mut self,
        method: &str,
        service: &str,
        model: &str,
        body: Option<&Value>,
    ) -> Result<(Exchange, Reply), CheckError> {
        let mut request = Request::new(method, service);
        if let Some(body) = body {
            request = request.json(body);
        }
        let exchange = self.harness.send(&request)?;
        Ok((exchange, self.ask_model(method, model, body)))
    }

    fn ask_model(&mut self, method: &str, target: &str, body: Option<&Value>) -> Reply {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers = HashMap::new();
        headers.insert("authorization".to_owned(), "Bearer main".to_owned());
        headers.insert("content-type".to_owned(), "application/json".to_owned());
        self.model.answer(&model::Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: body
                .map(|body| body.to_string().into_bytes())
                .unwrap_or_default(),
        })
    }
}
