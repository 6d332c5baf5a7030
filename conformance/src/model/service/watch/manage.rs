//! Endpoints of watches beside their operations.

use std::sync::Arc;

use fieldproof_spec::model::{Operation, Resource};
use serde_json::json;

use super::outbox::{Attempt, Notification};
use crate::model::service::paths::fits;
use crate::model::service::refusal::{json as reply, problem, refuse_query};
use crate::model::service::{Refusal, Reply, Request, Service};

/// The paths below a watch, with their methods.
const ROUTES: &[(&str, &str)] = &[
    ("/ping", "POST"),
    ("/resume", "POST"),
    ("/health", "GET"),
    ("/redeliver", "POST"),
    ("/requests", "GET"),
    ("/requests/{request}", "GET"),
    ("/requests/{request}/redeliver", "POST"),
];

impl Service {
    /// The answer at a path of a watch or of its keys; `None` for any other path.
    pub(in crate::model::service) fn manage(
        &mut self,
        request: &Request,
    ) -> Option<Result<Reply, Refusal>> {
        let api = Arc::clone(&self.api);
        for resource in &api.resources {
            let Some(watch) = &resource.watch else {
                continue;
            };
            for (rest, method) in ROUTES {
                let path = format!("{}{rest}", resource.item_path());
                if let Some(ids) = fits(&path, &request.path) {
                    return Some(
                        self.allowed(request, &[method])
                            .unwrap_or_else(|| self.manage_one(resource, rest, &ids, request)),
                    );
                }
            }
            let Some(keys) = &watch.keys else { continue };
            if request.path == *keys {
                return Some(self.allowed(request, &["GET", "POST"]).unwrap_or_else(|| {
                    let writes = request.method == "POST";
                    let caller = self.admit(request, writes)?;
                    match writes {
                        true => self.create_key(watch, &caller, request),
                        false => self.keys(&caller, request),
                    }
                }));
            }
            if let Some(ids) = fits(&format!("{keys}/{{key}}"), &request.path) {
                return Some(
                    self.allowed(request, &["DELETE", "GET"])
                        .unwrap_or_else(|| {
                            let caller = self.admit(request, request.method == "DELETE")?;
                            self.key(&caller, &ids[0], request)
                        }),
                );
            }
        }
        None
    }

    /// The answer to OPTIONS and to methods that the path does not support.
    fn allowed(&self, request: &Request, methods: &[&str]) -> Option<Result<Reply, Refusal>> {
        let mut all = methods.to_vec();
        if methods.contains(&"GET") {
            all.push("HEAD");
        }
        all.push("OPTIONS");
        all.sort_unstable();
        let allow = ("allow".to_owned(), all.join(", "));
        if request.method == "OPTIONS" {
            return Some(Ok(Reply {
                status: 204,
                headers: vec![allow],
                body: String::new(),
            }));
        }
        (!all.contains(&request.method.as_str())).then(|| {
            let mut refusal = problem(405, "method_not_allowed", &[]);
            refusal.headers.push(allow);
            Err(refusal)
        })
    }

    fn manage_one(
        &mut self,
        resource: &Resource,
        rest: &str,
        ids: &[String],
        request: &Request,
    ) -> Result<Reply, Refusal> {
        let caller = self.admit(request, request.method == "POST")?;
        let own = self.ids(resource, Operation::Get, &ids[..1])?;
        let watch = self.find(resource, &caller, &own)?;
        if rest != "/requests" {
            refuse_query(request)?;
        }
        match rest {
            "/ping" => Ok(self.ping(resource, &watch)),
            "/resume" => Ok(reply(202, &json!({ "open": self.open(&watch) }))),
            "/health" => Ok(reply(
                200,
                &json!({
                    "state": "served",
                    "reason": null,
                    "since": null,
                    "failingSince": null,
                    "open": self.open(&watch),
                }),
            )),
            "/requests" => self.requests(&watch, request),
            "/redeliver" => self.redeliver(&watch, request),
            _ => {
                let attempts = self.outbox.attempts.iter();
                let mut own = attempts.filter(|one| one.watch == watch.id);
                let found = own.find(|one| one.number.to_string() == ids[1]).cloned();
                let attempt = found.ok_or_else(|| problem(404, "not_found", &[]))?;
                match rest {
                    "/requests/{request}" => Ok(reply(200, &attempt.shown())),
                    _ => Ok(self.again(|one| one.id == attempt.webhook_id)),
                }
            }
        }
    }

    /// Takes the notifications that wait to be sent.
    pub(crate) fn hand_out(&mut self) -> Vec<Notification> {
        let waiting = std::mem::take(&mut self.outbox.waiting);
        for one in &waiting {
            if !self.outbox.sent.iter().any(|known| known.id == one.id) {
                self.outbox.sent.push(one.clone());
            }
        }
        waiting
    }

    /// Stores the record of an attempt.
    pub(crate) fn record(&mut self, mut attempt: Attempt) {
        self.number += 1;
        attempt.number = self.number;
        self.outbox.attempts.push(attempt);
    }
}
