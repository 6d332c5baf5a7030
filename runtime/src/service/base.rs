//! The service of one API; the operations are its methods.

use std::sync::Arc;

use axum::response::Response;

use super::InFlight;
use crate::api::Api;
use crate::auth::Tokens;
use crate::hooks::Registry;
use crate::problem::Problem;
use crate::store::Store;
use crate::switches::Switches;
use crate::watch::guard::Guard;

/// The result of a handler.
pub type Answer = Result<Response, Problem>;

/// The service of one API.
pub struct Service {
    /// The API.
    pub api: &'static Api,
    /// Path before every other path; empty or begins with `/`.
    pub base: String,
    /// The public name of the host.
    pub host: Option<String>,
    /// The settings that can be changed at run time.
    pub switches: Switches,
    /// The own logic of the deployment.
    pub hooks: Arc<Registry>,
    /// Whether mails are sent.
    pub mails: bool,
    /// Checks the addresses that watches name, if deliveries are made.
    pub guard: Option<Arc<Guard>>,
    /// The store of objects.
    pub store: Arc<dyn Store>,
    /// The store of tokens.
    pub tokens: Arc<dyn Tokens>,
    /// Requests with an idempotency key that are being worked on.
    pub in_flight: InFlight,
}

impl Service {
    /// The service of an API with the base and the switches of its spec. It makes no deliveries
    /// and sends no mails.
    #[must_use]
    pub fn new(
        api: &'static Api,
        hooks: Arc<Registry>,
        store: Arc<dyn Store>,
        tokens: Arc<dyn Tokens>,
    ) -> Self {
        Self {
            api,
            base: api.base.to_owned(),
            host: None,
            switches: api.switches,
            hooks,
            mails: false,
            guard: None,
            store,
            tokens,
            in_flight: InFlight::default(),
        }
    }
}
