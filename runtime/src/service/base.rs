//! The service of one API, which the operations are methods of.

use std::sync::Arc;

use axum::response::Response;

use crate::api::Api;
use crate::auth::Tokens;
use crate::problem::Problem;
use crate::store::Store;
use crate::switches::Switches;
use crate::watch::guard::Guard;

/// What a handler answers.
pub type Answer = Result<Response, Problem>;

/// One API in service.
pub struct Service {
    /// The API.
    pub api: &'static Api,
    /// Path before every other path; empty or begins with `/`.
    pub base: String,
    /// The public name of the host.
    pub host: Option<String>,
    /// Settings.
    pub switches: Switches,
    /// Mails are sent where objects ask for them.
    pub mails: bool,
    /// Judges addresses that watches name, where deliveries are made.
    pub guard: Option<Arc<Guard>>,
    /// Where objects are stored.
    pub store: Arc<dyn Store>,
    /// Who may call.
    pub tokens: Arc<dyn Tokens>,
}
