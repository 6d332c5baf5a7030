//! The reference model: a small in-memory interpreter of specs. It shares no code with the
//! runtime, so that agreement of the two means something. The values that a type accepts
//! are defined in the `spec` crate, which also checks the values in specs; `semantics`
//! defines the rest of the language, point by point.

mod fold;
mod list;
mod object;
mod paging;
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
    Ordering, Outcome, Paging, Part, Publishing, Repetition, Selecting, Semantics, Sharing, Turn,
    Watching, asked,
};
pub(crate) use service::{
    Attempt, Caller, Change, Grant, Key, Notification, RouteMatch, decode, fill, hex_hmac,
    is_change, match_route, operations, path, problem, refusal_kind, signature,
};
pub use service::{Record, Reply, Request, Service};
pub(crate) use template::{Data, plain, typed};
pub(crate) use time::zoned_instant;
pub use time::{instant, print, query_instant};
pub use value::{accept, below, external, nothing, sent, shown};
