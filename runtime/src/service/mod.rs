//! The operations, each implemented once for all resources.

mod accept;
mod append;
mod base;
mod call;
mod change;
mod condition;
mod create;
mod delete;
mod get;
mod import;
mod inside;
mod list;
mod make;
mod manage;
mod partial;
mod passwords;
mod paths;
mod presets;
mod relations;
mod response;
mod rotate;
mod route;
mod sent_back;
mod stored;
mod update;
mod user;
mod watched;

pub use accept::accept_invitation;
pub use base::{Answer, Service};
pub use call::Call;
pub(crate) use call::TENANT;
pub use import::load;
pub use manage::{manage, managed};
pub use rotate::rotate_token;
pub use route::{allow, appending};
pub use stored::refresh;
