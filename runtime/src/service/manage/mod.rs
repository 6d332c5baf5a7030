//! What every watch has beside its own operations: a ping, its health, the
//! record of its requests, and sending again; and the keys that sign.

mod keys;
mod requests;
mod send;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue};
use serde_json::Value;

use super::outbox::Watcher;
use super::route::allow;
use super::{Call, Service};
use crate::problem::Problem;
use crate::query;
use crate::table::Table;

const READ: &str = "GET, HEAD, OPTIONS";
const SEND: &str = "OPTIONS, POST";

/// A handler of a watch's table.
macro_rules! on {
    ($table:ident, $name:ident) => {
        move |State(service): State<Arc<Service>>, call: Call| async move {
            service.$name($table, call).await
        }
    };
}

/// Paths below a watch.
const BELOW: &[&str] = &[
    "/ping",
    "/resume",
    "/health",
    "/redeliver",
    "/requests",
    "/requests/{request}",
    "/requests/{request}/redeliver",
];

/// The paths below the base that a table of watches has beside its own.
pub(crate) fn paths(table: &Table) -> Vec<String> {
    let Some(watch) = &table.watch else {
        return Vec::new();
    };
    let below = BELOW.iter().map(|rest| format!("{}{rest}", watch.item));
    let keys = watch
        .keys
        .map(|keys| [keys.to_owned(), format!("{keys}/{{key}}")]);
    below.chain(keys.into_iter().flatten()).collect()
}

/// The routes of what every watch of `table` has beside its own operations.
pub fn manage(table: &'static Table) -> Router<Arc<Service>> {
    let item = table.watch.map_or("", |watch| watch.item);
    let at = |rest: &str| format!("{item}{rest}");
    let new = MethodRouter::new;
    let mut router = Router::new()
        .route(&at("/ping"), allow(new().post(on!(table, ping)), SEND))
        .route(&at("/resume"), allow(new().post(on!(table, resume)), SEND))
        .route(&at("/health"), allow(new().get(on!(table, health)), READ))
        .route(
            &at("/redeliver"),
            allow(new().post(on!(table, redeliver)), SEND),
        )
        .route(
            &at("/requests"),
            allow(new().get(on!(table, requests)), READ),
        )
        .route(
            &at("/requests/{request}"),
            allow(new().get(on!(table, request)), READ),
        )
        .route(
            &at("/requests/{request}/redeliver"),
            allow(new().post(on!(table, redeliver_one)), SEND),
        );
    if let Some(keys) = table.watch.and_then(|watch| watch.keys) {
        let one = format!("{keys}/{{key}}");
        let list = new().get(on!(table, keys)).post(on!(table, create_key));
        let key = new().get(on!(table, key)).delete(on!(table, disable_key));
        router = router
            .route(keys, allow(list, "GET, HEAD, OPTIONS, POST"))
            .route(&one, allow(key, "DELETE, GET, HEAD, OPTIONS"));
    }
    router
}

impl Service {
    /// The watch of the path, which may go on behind it.
    fn watcher(&self, table: &'static Table, call: &Call) -> Result<Watcher, Problem> {
        let id = call.ids.first().and_then(|id| table.id_kind.read(id));
        let id = id.ok_or_else(Problem::not_found)?;
        let ids = [id];
        let stored = self.find(table, &call.grant.tenant, &ids)?;
        Ok(Watcher {
            table: table.name.to_owned(),
            tenant: call.grant.tenant.clone(),
            id: stored.id,
            events: None,
        })
    }

    /// The same for an operation without parameters.
    fn plain_watcher(&self, table: &'static Table, call: &Call) -> Result<Watcher, Problem> {
        query::refuse_all(call.query.as_deref())?;
        self.watcher(table, call)
    }

    /// The path that a link to another page has.
    fn here(&self, call: &Call) -> String {
        let path = call.path.strip_prefix(&self.base).unwrap_or(&call.path);
        format!("{}{path}", self.base)
    }
}

fn json(status: StatusCode, body: &Value) -> Response {
    let label = [(CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (status, label, body.to_string()).into_response()
}
