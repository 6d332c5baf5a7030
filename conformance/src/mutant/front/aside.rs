//! Mutations of answers that belong to no operation: of the deployment, and about watches.

use std::sync::PoisonError;

use fieldproof_spec::model::Api;
use serde_json::{Value, json};

use super::MutatedFront;
use super::answer::{drop_header, edit};
use super::context::RequestContext;
use crate::model::{Reply, Request, match_route, problem};
use crate::mutant::mutation::Operator;

impl MutatedFront {
    /// Changes answers of the deployment.
    pub(super) fn of_deployment(
        &self,
        api: &Api,
        context: &RequestContext<'_>,
        request: &Request,
        reply: &mut Reply,
    ) {
        let mut tables = api.tables.iter();
        let table = tables.find(|table| table.path.as_ref() == Some(&context.path));
        let presets = api.presets.as_ref();
        let presets = presets.is_some_and(|presets| presets.path == context.path);
        match self.mutation.operator {
            Operator::AllowMissing if reply.status == 405 && self.stands_at(api, &context.path) => {
                drop_header(reply, "allow");
            }
            Operator::AllowRefused if reply.status == 405 && self.stands_at(api, &context.path) => {
                let named = reply.headers.iter_mut();
                let named = named.filter(|(name, _)| name == "allow");
                named.for_each(|(_, value)| value.push_str(&format!(", {}", request.method)));
            }
            Operator::ProblemWordless
                if context.path.starts_with("/problems/") && reply.status == 404 =>
            {
                reply.body.clear();
            }
            Operator::ProblemUnexplained if context.path.starts_with("/problems/") => {
                *reply = *problem(404, "not_found", &[]);
            }
            Operator::PresetHidden if presets && reply.status == 200 => edit(reply, |body| {
                let lists = body.as_object_mut().into_iter();
                lists
                    .for_each(|lists| *lists = std::mem::take(lists).into_iter().skip(1).collect());
            }),
            Operator::PresetHidden if table.is_some() && reply.status == 200 => {
                edit(reply, |body| {
                    let rows = body["items"].as_array_mut();
                    rows.into_iter().for_each(|rows| rows.truncate(1));
                })
            }
            Operator::RowCut => {
                let own = table.filter(|table| table.name == self.mutation.member);
                if let Some(last) = own.and_then(|table| table.columns.last()) {
                    edit(reply, |body| cut(body, &last.name));
                }
            }
            _ => {}
        }
    }

    /// Whether the resource of the broken promise has an operation at a path.
    fn stands_at(&self, api: &Api, path: &str) -> bool {
        let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
        let mut found = methods.iter().filter_map(|one| match_route(api, one, path));
        found.any(|one| one.resource.name == self.mutation.resource)
    }

    /// Changes answers about sent notifications and about keys.
    pub(super) fn of_watch(
        &self,
        api: &Api,
        context: &RequestContext<'_>,
        request: &Request,
        reply: &mut Reply,
    ) {
        let watch = api.resource(&self.mutation.resource);
        let Some(watch) = watch.and_then(|one| Some((one, one.watch.as_ref()?))) else {
            return;
        };
        let below = |path: &str| context.path.starts_with(&format!("{path}/"));
        match (self.mutation.operator, &watch.1.keys) {
            (Operator::RequestsMissing, _)
                if request.method == "GET"
                    && below(&watch.0.path)
                    && context.path.ends_with("/requests") =>
            {
                edit(reply, |body| body["items"] = json!([]));
            }
            (Operator::RequestShort, _) if below(&watch.0.path) => edit(reply, |body| {
                let items = body["items"].as_array_mut().into_iter().flatten();
                for one in items.filter_map(Value::as_object_mut) {
                    one.shift_remove("duration");
                }
            }),
            (Operator::CommandCounts, _) if below(&watch.0.path) && reply.status == 202 => {
                edit(reply, |body| {
                    let counts = body.as_object_mut().into_iter().flatten();
                    for (_, count) in counts {
                        if let Some(number) = count.as_u64() {
                            *count = (number + 1).into();
                        }
                    }
                });
            }
            (Operator::KeyUnnamed, Some(keys)) if context.path == *keys || below(keys) => {
                edit(reply, unname);
            }
            (Operator::KeyShown, Some(keys)) if context.path == *keys => {
                let body: Value = serde_json::from_str(&reply.body).unwrap_or_default();
                if let (Some(id), Some(secret)) = (body["id"].as_str(), body.get("secret")) {
                    let mut known = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
                    known.insert(id.to_owned(), secret.clone());
                }
            }
            (Operator::KeyShown, Some(keys)) if below(keys) => {
                let known = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
                edit(reply, |body| {
                    let secret = body["id"].as_str().and_then(|id| known.get(id));
                    if let Some(secret) = secret.cloned() {
                        body["secret"] = secret;
                    }
                });
            }
            _ => {}
        }
    }
}

/// Takes the name out of a key, or of every key of a list.
fn unname(body: &mut Value) {
    if let Some(items) = body["items"].as_array_mut() {
        items.iter_mut().for_each(unname);
    } else if let Some(key) = body.as_object_mut() {
        key.shift_remove("name");
    }
}

/// Removes a column from every row.
fn cut(body: &mut Value, column: &str) {
    let rows = body["items"].as_array_mut().into_iter().flatten();
    for row in rows.filter_map(Value::as_object_mut) {
        row.shift_remove(column);
    }
}
