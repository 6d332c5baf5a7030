//! The reference model: a small interpreter of specs, in memory. It shares no
//! code with the runtime, so that agreement of the two means something. What a
//! type accepts is said in `spec`, which judges the values of specs by it; what
//! the rest of the language means is said in `semantics`, point by point.

mod fold;
mod list;
mod object;
mod partial;
mod room;
mod semantics;
mod sent_back;
mod server_set;
mod service;
mod template;
mod unique;

use fieldproof_spec::value::{self, time};

pub use fold::fold;
pub(crate) use list::key as sort_key;
pub use list::{Question, compare, matches, ordered};
pub use object::{Violation, derive, filled, read};
pub(crate) use object::{merges, resets, stand_ins, takes_null};
pub(crate) use room::room;
pub(crate) use semantics::{
    Access, Act, Changing, Computing, Content, Creating, Delivery, Documented, Effects, Member,
    Ordering, Outcome, Paging, Part, Publishing, Selecting, Semantics, Sharing, Turn, Watching,
    asked,
};
pub(crate) use service::{
    Attempt, Caller, Change, Grant, Key, Notification, RouteMatch, decode, fill, is_change,
    match_route, operations, path, problem, refusal_kind, signature,
};
pub use service::{Record, Reply, Request, Service};
pub(crate) use template::{Data, plain, typed};
pub(crate) use time::zoned_instant;
pub use time::{instant, print, query_instant};
pub use value::{accept, below, external, nothing, sent, shown};
