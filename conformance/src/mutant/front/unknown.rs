//! Members that no document names, kept behind the model and shown when they are read.

use std::sync::PoisonError;

use serde_json::{Map, Value};

use super::MutatedFront;
use super::answer::edit;
use super::context::RequestContext;
use crate::model::{Reply, Request};
use crate::mutant::mutation::Operator;

impl MutatedFront {
    /// Keeps what the operation of the broken promise was sent and does not show, and adds
    /// it to what is read.
    pub(super) fn of_unknown(
        &self,
        context: &RequestContext<'_>,
        request: &Request,
        reply: &mut Reply,
    ) {
        let near = context.near == Some(Operator::UnknownKept) && reply.status < 300;
        let Some(resource) = context.resource.filter(|_| near) else {
            return;
        };
        let mut kept = self.unknown.lock().unwrap_or_else(PoisonError::into_inner);
        if context.operator == Some(Operator::UnknownKept) {
            let shown = serde_json::from_str(&reply.body).unwrap_or_default();
            let sent = serde_json::from_slice(&request.body).unwrap_or_default();
            if let Some(id) = resource.id_of(&shown) {
                kept.insert(id, beyond(&sent, &shown));
            }
        } else if request.method == "GET" {
            edit(reply, |body| {
                let id_of = |one: &Value| resource.id_of(one);
                add(body, &|one| kept.get(&id_of(one)?).cloned());
            });
        }
    }
}

/// The members that one object has more than another.
fn beyond(sent: &Value, shown: &Value) -> Map<String, Value> {
    let sent = sent.as_object().into_iter().flatten();
    let more = sent.filter_map(|(name, value)| match shown.get(name) {
        None => Some((name.clone(), value.clone())),
        Some(own) => {
            let inner = beyond(value, own);
            (own.is_object() && !inner.is_empty()).then(|| (name.clone(), inner.into()))
        }
    });
    more.collect()
}

/// Adds members to each object that has some.
fn add(value: &mut Value, more: &dyn Fn(&Value) -> Option<Map<String, Value>>) {
    if let Some(own) = more(value) {
        put(value, own);
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| add(item, more)),
        Value::Object(map) => map.values_mut().for_each(|value| add(value, more)),
        _ => {}
    }
}

fn put(value: &mut Value, more: Map<String, Value>) {
    let Some(map) = value.as_object_mut() else {
        return;
    };
    for (name, value) in more {
        match (map.get_mut(&name), value) {
            (Some(own), Value::Object(inner)) => put(own, inner),
            (Some(_), _) => {}
            (None, value) => {
                map.insert(name, value);
            }
        }
    }
}
