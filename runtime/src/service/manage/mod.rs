//! Operations that every watch has in addition to its own: ping, health, request log and
//! redelivery, and the signing keys.

mod keys;
mod requests;
mod send;

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue};
use serde_json::Value;

use super::{Call, Routes, Service, get, post};
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

impl Routes {
    /// Adds the operations that every watch of `table` has in addition to its own.
    #[must_use]
    pub fn watches(self, table: &'static Table) -> Self {
        let Some(watch) = &table.watch else {
            return self;
        };
        let at = |rest: &str| format!("{}{rest}", watch.item);
        let routes = self
            .at(at("/ping"), post(on!(table, ping)))
            .at(at("/resume"), post(on!(table, resume)))
            .at(at("/health"), get(on!(table, health)))
            .at(at("/redeliver"), post(on!(table, redeliver)))
            .at(at("/requests"), get(on!(table, requests)))
            .at(at("/requests/{request}"), get(on!(table, request)))
            .at(
                at("/requests/{request}/redeliver"),
                post(on!(table, redeliver_one)),
            );
        let Some(keys) = watch.keys else {
            return routes;
        };
        let list = get(on!(table, keys)).post(on!(table, create_key));
        let key = get(on!(table, key)).delete(on!(table, disable_key));
        routes.at(keys, list).at(format!("{keys}/{{key}}"), key)
    }
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
