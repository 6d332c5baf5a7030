//! Histories: random requests to the same server over memory, SQLite and PostgreSQL, which have
//! to be answered alike to the byte.
//!
//! Requests are drawn from the OpenAPI documents alone and from what was answered before, legal
//! ones and others; nothing here knows what an answer should be.

mod answer;
#[path = "../../../runtime/tests/stores/cluster.rs"]
#[allow(dead_code)]
mod cluster;
mod document;
mod draw;
mod history;
mod known;
mod place;
#[path = "../../random/src/source.rs"]
#[allow(dead_code)]
mod source;
mod world;

pub use history::{Tally, walk};
pub use world::World;
