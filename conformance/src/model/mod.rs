//! The reference model: a small interpreter of specs, in memory. It shares no
//! code with the runtime, so that agreement of the two means something. What a
//! type accepts is said in `spec`, which judges the values of specs by it.

mod echo;
mod fold;
mod kept;
mod list;
mod mock;
mod mutation;
mod object;
mod partial;
mod room;
mod service;
mod template;

use fieldproof_spec::value::{self, time};

pub use fold::fold;
pub use list::{Question, compare, matches, ordered};
pub use mock::{Mock, serve, serve_at};
pub use mutation::{Kind, Mutation};
pub use object::{Violation, derive, filled, read};
pub(crate) use object::{merges, resets, stand_ins, takes_null};
pub(crate) use room::room;
pub use service::{Record, Reply, Request, Service};
pub(crate) use service::{fill, is_change, operations, path};
pub(crate) use time::zoned_moment;
pub use time::{instant, moment, print};
pub use value::{accept, below, external, nothing, sent, shown};
