//! The unit of work: one transaction on behalf of a tenant, with the records for
//! watches, logins and invitations that belong to it.

mod author;
mod change;
mod conflict;
mod context;
mod invitation;
mod login;
mod observer;
mod outbox;
mod put;
mod relations;
pub(crate) mod secrets;
mod unit;
mod unreadable;
mod watcher;
mod watchers;

pub(crate) use author::Author;
pub use change::Event;
pub(crate) use conflict::values;
pub use context::CreateContext;
pub use invitation::Invitation;
pub(crate) use login::log_in;
pub use relations::Relations;
pub use unit::UnitOfWork;
pub(crate) use unreadable::unreadable;
pub use watcher::Watcher;
