//! The operations: what each of them does, once for every resource.

mod apart;
mod append;
mod birth;
mod call;
mod change;
mod condition;
mod create;
mod delete;
mod echo;
mod get;
mod import;
mod inside;
mod invite;
mod link;
mod list;
mod login;
mod manage;
mod outbox;
mod partial;
mod passwords;
mod place;
mod presets;
mod renew;
mod response;
mod route;
mod update;
mod user;
mod watched;
mod work;

pub(crate) use apart::whole;
pub use birth::Birth;
pub use call::Call;
pub use change::refresh;
pub use import::load;
pub use invite::{INVITATIONS, Invitation, redeem};
pub use link::{Link, SHARED};
pub use login::LOGINS;
pub use manage::{manage, managed};
pub use outbox::{EVENTS, Event, WATCHERS, Watcher};
pub use renew::renew;
pub use route::{allow, appending};
pub use user::VIEWERS;
pub use work::Work;

use std::sync::Arc;

use axum::response::Response;

use crate::api::{Api, Switches};
use crate::auth::Tokens;
use crate::problem::Problem;
use crate::store::Store;
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
    /// Where objects are kept.
    pub store: Arc<dyn Store>,
    /// Who may call.
    pub tokens: Arc<dyn Tokens>,
}
