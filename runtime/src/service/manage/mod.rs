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

/// A handler of a watch's table.
macro_rules! on {
    ($table:ident, $name:ident) => {
        move |State(service): State<Arc<Service>>, call: Call| async move {
            service.$name($table, call).await
        }
    };
}

/// A path below the base and its operations.
type Route = (String, MethodRouter<Arc<Service>>);

/// What every watch of `table` has beside its own operations.
fn routes(table: &'static Table) -> Vec<Route> {
    let Some(watch) = &table.watch else {
        return Vec::new();
    };
    let at = |rest: &str| format!("{}{rest}", watch.item);
    let read = |operation: MethodRouter<_>| allow(operation, "GET, HEAD, OPTIONS");
    let send = |operation: MethodRouter<_>| allow(operation, "OPTIONS, POST");
    let new = MethodRouter::new;
    let mut routes = vec![
        (at("/ping"), send(new().post(on!(table, ping)))),
        (at("/resume"), send(new().post(on!(table, resume)))),
        (at("/health"), read(new().get(on!(table, health)))),
        (at("/redeliver"), send(new().post(on!(table, redeliver)))),
        (at("/requests"), read(new().get(on!(table, requests)))),
        (
            at("/requests/{request}"),
            read(new().get(on!(table, request))),
        ),
        (
            at("/requests/{request}/redeliver"),
            send(new().post(on!(table, redeliver_one))),
        ),
    ];
    if let Some(keys) = watch.keys {
        let list = new().get(on!(table, keys)).post(on!(table, create_key));
        let key = new().get(on!(table, key)).delete(on!(table, disable_key));
        routes.push((keys.to_owned(), allow(list, "GET, HEAD, OPTIONS, POST")));
        routes.push((
            format!("{keys}/{{key}}"),
            allow(key, "DELETE, GET, HEAD, OPTIONS"),
        ));
    }
    routes
}

/// The paths below the base that a table of watches has beside its own.
pub(crate) fn paths(table: &'static Table) -> impl Iterator<Item = String> {
    routes(table).into_iter().map(|(path, _)| path)
}

/// The routes of what every watch of `table` has beside its own operations.
pub fn manage(table: &'static Table) -> Router<Arc<Service>> {
    let add = |router: Router<_>, (path, operations): Route| router.route(&path, operations);
    routes(table).into_iter().fold(Router::new(), add)
}

impl Service {
    /// The watch of the path, which may go on behind it.
    fn watcher(&self, table: &'static Table, call: &Call) -> Result<Watcher, Problem> {
        let id = call.ids.first().and_then(|id| table.id_kind.read(id));
        let id = id.ok_or_else(Problem::not_found)?;
        let tenant = &call.grant.tenant;
        let stored = self.find(table, tenant, &[id])?;
        Ok(Watcher::new(table.name, tenant, &stored.id))
    }

    /// The same for an operation without parameters.
    fn plain_watcher(&self, table: &'static Table, call: &Call) -> Result<Watcher, Problem> {
        query::refuse_all(call.query.as_deref())?;
        self.watcher(table, call)
    }
}

fn json(status: StatusCode, body: &Value) -> Response {
    let label = [(CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (status, label, body.to_string()).into_response()
}
