//! Mutations that do more than was asked for, or judge less than they should.

use std::sync::PoisonError;

use fieldproof_spec::model::{Operation, Resource};
use serde_json::Value;

use super::MutatedFront;
use super::answer::edit;
use super::context::RequestContext;
use super::list::{is_selected, items};
use crate::model::{Reply, Request, Service};
use crate::mutant::mutation::Operator;

impl MutatedFront {
    /// Keeps an object that is about to be removed, to list it afterwards.
    pub(super) fn keep_ghost(
        &self,
        model: &Service,
        context: &RequestContext<'_>,
        request: &Request,
    ) {
        if context.operator != Some(Operator::RemovedListed) || !context.is(Operation::Delete) {
            return;
        }
        let read = asked(request, "GET", &request.path);
        let shown = model.clone().serve(read);
        if let (200, Ok(object)) = (shown.status, serde_json::from_str(&shown.body)) {
            let mut removed = self.removed.lock().unwrap_or_else(PoisonError::into_inner);
            removed.insert(request.path.clone(), object);
        }
    }

    /// The answer after what was overdone, or left out.
    pub(super) fn overdone(
        &self,
        model: &mut Service,
        context: &RequestContext<'_>,
        request: &Request,
        mut reply: Reply,
    ) -> Reply {
        let Some(resource) = context.resource else {
            return reply;
        };
        let done = reply.status < 300;
        match context.operator {
            Some(Operator::SiblingsRemoved) if done && context.is(Operation::Delete) => {
                remove_siblings(model, resource, request);
            }
            Some(Operator::RemovedListed) if done && context.is(Operation::List) => {
                let removed = self.removed.lock().unwrap_or_else(PoisonError::into_inner);
                let list = request.path.trim_end_matches('/');
                let here = removed.iter().filter(|(path, _)| {
                    let collection = path.rsplit_once('/').map_or("", |(front, _)| front);
                    collection.trim_end_matches('/') == list
                });
                let ghosts: Vec<Value> = here.map(|(_, object)| object.clone()).collect();
                items(resource, &mut reply, |all| all.extend(ghosts));
            }
            Some(Operator::RulesOfFirst) if context.is_alias && reply.status == 422 => {
                return model.serve(asked(request, "GET", &request.path));
            }
            Some(Operator::TotalOfAll) if done && is_selected(resource, request) => {
                let all = model.serve(asked(request, "GET", &request.path));
                total_of(resource, &mut reply, &all);
            }
            _ => {}
        }
        reply
    }
}

/// A request of the same caller without a body and a query.
fn asked(request: &Request, method: &str, path: &str) -> Request {
    Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: String::new(),
        body: Vec::new(),
        headers: request.headers.clone(),
    }
}

/// Removes all objects beside the one that was removed.
fn remove_siblings(model: &mut Service, resource: &Resource, request: &Request) {
    let Some((collection, _)) = request.path.rsplit_once('/') else {
        return;
    };
    let mut list = model.serve(asked(request, "GET", collection));
    let mut ids = Vec::new();
    items(resource, &mut list, |all| {
        ids.extend(all.iter().filter_map(|one| resource.id_of(one)));
    });
    for id in ids {
        model.serve(asked(request, "DELETE", &format!("{collection}/{id}")));
    }
}

/// Gives an answer the counts of another one.
fn total_of(resource: &Resource, reply: &mut Reply, other: &Reply) {
    const TOTAL: &str = "x-total-count";
    let count = other.headers.iter().find(|(name, _)| name == TOTAL);
    if let Some(count) = count {
        reply.headers.retain(|(name, _)| name != TOTAL);
        reply.headers.push(count.clone());
    }
    let list = resource.list.as_ref();
    let name = list.and_then(|list| list.envelope.as_ref()?.total.as_ref());
    let body: Value = serde_json::from_str(&other.body).unwrap_or_default();
    if let Some((name, total)) = name.and_then(|name| Some((name, body.get(name)?))) {
        edit(reply, |own| own[name] = total.clone());
    }
}
