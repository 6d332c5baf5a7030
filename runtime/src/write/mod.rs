//! A write under way: one transaction on behalf of a tenant, and what is noted
//! with it for those who are told of changes, call with tokens or are invited.

mod change;
mod conflict;
mod context;
mod invitation;
mod login;
mod outbox;
mod put;
mod relations;
pub(crate) mod secrets;
mod unit;
mod unreadable;

pub use change::{Event, Watcher};
pub(crate) use conflict::values;
pub use context::CreateContext;
pub use invitation::Invitation;
pub(crate) use login::log_in;
pub use relations::Relations;
pub use unit::UnitOfWork;
pub(crate) use unreadable::unreadable;
