//! A write under way: one transaction on behalf of a tenant, and what is noted
//! with it for those who are told of changes, call with tokens or are invited.

pub(crate) mod apart;
mod change;
mod conflict;
mod context;
mod invitation;
mod login;
mod outbox;
mod put;
mod relations;
mod unit;
mod unreadable;
mod viewers;

pub use change::{EVENTS, Event, WATCHERS, Watcher};
pub(crate) use conflict::values;
pub use context::CreateContext;
pub use invitation::{INVITATIONS, Invitation};
pub use login::LOGINS;
pub(crate) use login::log_in;
pub use relations::{Relations, SHARED};
pub use unit::UnitOfWork;
pub(crate) use unreadable::unreadable;
pub use viewers::VIEWERS;
