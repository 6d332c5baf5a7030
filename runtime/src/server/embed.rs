//! The server without a process of its own.

use std::error::Error;
use std::sync::Arc;

use axum::Router;

use super::args::tables;
use super::program::Server;
use super::speech::Speech;
use super::{layer, mount};
use crate::api::Api;
use crate::auth::Tokens;
use crate::metrics::Metrics;
use crate::service::Service;
use crate::store::Store;
use crate::table::Table;

impl Server {
    /// The tables of the APIs, with which a store is opened.
    #[must_use]
    pub fn tables(&self) -> Vec<&'static Table> {
        tables(&self.apis)
    }

    /// The routes of the server over a given store, for tests of own logic and for programs that
    /// serve them beside others. Bases and switches are those of the specs. Nothing runs beside
    /// requests: no jobs, no notifications and no mails, and what is kept for a time is never
    /// forgotten. Connections are bounded by whoever accepts them.
    ///
    /// # Errors
    /// Two routes match the same request.
    pub fn router(
        self,
        store: Arc<dyn Store>,
        tokens: Arc<dyn Tokens>,
    ) -> Result<Router, Box<dyn Error + Send + Sync>> {
        let bases: Vec<String> = self.apis.iter().map(|api| api.base.to_owned()).collect();
        mount::refuse_collisions(&self.apis, &bases)?;
        let hooks = Arc::new(self.hooks);
        let service = |api: &&'static Api| {
            let (store, tokens) = (Arc::clone(&store), Arc::clone(&tokens));
            Arc::new(Service::new(api, Arc::clone(&hooks), store, tokens))
        };
        let services: Vec<_> = self.apis.iter().map(service).collect();
        let metrics = Arc::new(Metrics::new());
        let (pages, routes) = (self.pages, self.routes);
        let router = mount::router(&services, pages, routes, store, Arc::clone(&metrics));
        Ok(layer::around(router, metrics, Speech::of(&services)))
    }
}
