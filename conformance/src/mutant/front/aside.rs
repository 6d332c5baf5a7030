//! Other answers beside those of operations: of the deployment, and about watches.

use std::sync::PoisonError;

use fieldproof_spec::model::Api;
use serde_json::{Value, json};

use super::Bent;
use super::answer::{drop_header, edit};
use super::place::Place;
use crate::model::{Reply, Request, meant, problem};
use crate::mutant::mutation::Kind;

impl Bent {
    /// Answers that belong to no operation.
    pub(super) fn of_deployment(&self, api: &Api, place: &Place<'_>, reply: &mut Reply) {
        let mut tables = api.tables.iter();
        let table = tables.find(|table| table.path.as_ref() == Some(&place.path));
        let presets = api.presets.as_ref();
        let presets = presets.is_some_and(|presets| presets.path == place.path);
        match self.mutation.kind {
            Kind::AllowMissing if reply.status == 405 && self.stands_at(api, &place.path) => {
                drop_header(reply, "allow");
            }
            Kind::ProblemUnexplained if place.path.starts_with("/problems/") => {
                *reply = *problem(404, "not_found", &[]);
            }
            Kind::PresetHidden if presets && reply.status == 200 => edit(reply, |body| {
                let lists = body.as_object_mut().into_iter();
                lists
                    .for_each(|lists| *lists = std::mem::take(lists).into_iter().skip(1).collect());
            }),
            Kind::PresetHidden if table.is_some() && reply.status == 200 => edit(reply, |body| {
                let rows = body["items"].as_array_mut();
                rows.into_iter().for_each(|rows| rows.truncate(1));
            }),
            Kind::RowCut => {
                let own = table.filter(|table| table.name == self.mutation.member);
                if let Some(last) = own.and_then(|table| table.columns.last()) {
                    edit(reply, |body| cut(body, &last.name));
                }
            }
            _ => {}
        }
    }

    /// Whether the resource of the broken promise is the first that has something at a path.
    fn stands_at(&self, api: &Api, path: &str) -> bool {
        let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
        let mut found = methods.iter().filter_map(|one| meant(api, one, path));
        found.any(|one| one.resource.name == self.mutation.resource)
    }

    /// Answers about what was sent, and about keys.
    pub(super) fn of_watch(
        &self,
        api: &Api,
        place: &Place<'_>,
        request: &Request,
        reply: &mut Reply,
    ) {
        let watch = api.resource(&self.mutation.resource);
        let Some(watch) = watch.and_then(|one| Some((one, one.watch.as_ref()?))) else {
            return;
        };
        let below = |path: &str| place.path.starts_with(&format!("{path}/"));
        match (self.mutation.kind, &watch.1.keys) {
            (Kind::RequestsMissing, _)
                if request.method == "GET"
                    && below(&watch.0.path)
                    && place.path.ends_with("/requests") =>
            {
                edit(reply, |body| body["items"] = json!([]));
            }
            (Kind::KeyShown, Some(keys)) if place.path == *keys => {
                let body: Value = serde_json::from_str(&reply.body).unwrap_or_default();
                if let (Some(id), Some(secret)) = (body["id"].as_str(), body.get("secret")) {
                    let mut known = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
                    known.insert(id.to_owned(), secret.clone());
                }
            }
            (Kind::KeyShown, Some(keys)) if below(keys) => {
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

/// Takes a column out of every row.
fn cut(body: &mut Value, column: &str) {
    let rows = body["items"].as_array_mut().into_iter().flatten();
    for row in rows.filter_map(Value::as_object_mut) {
        row.shift_remove(column);
    }
}
