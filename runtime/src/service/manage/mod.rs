//! Operations that every watch has in addition to its own: ping, health, request log and
//! redelivery, and the signing keys.

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

use super::route::allow;
use super::{Call, Service};
use crate::body::{Reading, token};
use crate::problem::Problem;
use crate::table::Table;
use crate::write::Watcher;

/// A handler for a table of watches.
macro_rules! on {
    ($table:ident, $name:ident) => {
        move |State(service): State<Arc<Service>>, call: Call| async move {
            service.$name($table, call).await
        }
    };
}

/// A path below the base, its methods as the value of `Allow`, and its operations.
type Route = (String, &'static str, MethodRouter<Arc<Service>>);

const READ: &str = "GET, HEAD, OPTIONS";
const SEND: &str = "OPTIONS, POST";

/// The additional routes for the watches of `table`.
fn routes(table: &'static Table) -> Vec<Route> {
    let Some(watch) = &table.watch else {
        return Vec::new();
    };
    let at = |rest: &str| format!("{}{rest}", watch.item);
    let new = MethodRouter::new;
    let mut routes = vec![
        (at("/ping"), SEND, new().post(on!(table, ping))),
        (at("/resume"), SEND, new().post(on!(table, resume))),
        (at("/health"), READ, new().get(on!(table, health))),
        (at("/redeliver"), SEND, new().post(on!(table, redeliver))),
        (at("/requests"), READ, new().get(on!(table, requests))),
        (
            at("/requests/{request}"),
            READ,
            new().get(on!(table, request)),
        ),
        (
            at("/requests/{request}/redeliver"),
            SEND,
            new().post(on!(table, redeliver_one)),
        ),
    ];
    if let Some(keys) = watch.keys {
        let list = new().get(on!(table, keys)).post(on!(table, create_key));
        let key = new().get(on!(table, key)).delete(on!(table, disable_key));
        routes.push((keys.to_owned(), "GET, HEAD, OPTIONS, POST", list));
        routes.push((format!("{keys}/{{key}}"), "DELETE, GET, HEAD, OPTIONS", key));
    }
    routes
}

/// The additional paths for the watches of a table, each with its methods as the value of
/// `Allow`.
pub fn managed(table: &'static Table) -> impl Iterator<Item = (String, &'static str)> {
    let route = |(path, methods, _): Route| (path, methods);
    routes(table).into_iter().map(route)
}

/// A router for these paths.
pub fn manage(table: &'static Table) -> Router<Arc<Service>> {
    let add = |router: Router<_>, (path, methods, operations): Route| {
        router.route(&path, allow(operations, methods))
    };
    routes(table).into_iter().fold(Router::new(), add)
}

impl Service {
    /// The watch at the start of the path.
    async fn watcher(&self, table: &'static Table, call: &Call) -> Result<Watcher, Problem> {
        let id = call.ids.first().and_then(|id| table.id_kind.read(id));
        let id = id.ok_or_else(Problem::not_found)?;
        let tenant = &call.grant.tenant;
        let stored = self.find(table, tenant, &[id]).await?;
        Ok(Watcher::new(table.name, tenant, &stored.id))
    }

    /// The members of a body that its operation does not know, as JSON Pointers; none if the
    /// service refuses them.
    fn left_out(&self, body: &Value, known: &[&str], reading: &mut Reading) -> Vec<String> {
        let names = body.as_object().into_iter().flat_map(|body| body.keys());
        for name in names.filter(|name| !known.contains(&name.as_str())) {
            reading.ignore(|| format!("/{}", token(name)));
        }
        reading.take_unknown(self.switches.reject_unknown_members)
    }

    /// Like [`Self::watcher`], for an operation without parameters.
    async fn plain_watcher(&self, table: &'static Table, call: &Call) -> Result<Watcher, Problem> {
        self.refuse_parameters(call)?;
        self.watcher(table, call).await
    }
}

fn json(status: StatusCode, body: &Value) -> Response {
    let label = [(CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (status, label, body.to_string()).into_response()
}
