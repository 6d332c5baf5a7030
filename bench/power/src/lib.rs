//! Power cuts: the server writes, everything it asks of the disk is noted, and the power is cut
//! at many places, each time with another choice of what the disk had not yet been asked to keep.
//!
//! The server is the emitted one as it is. A small library in C, loaded before it, notes its
//! calls; what is acknowledged is what its clients were answered over HTTP.

mod base;
mod campaign;
mod control;
mod cut;
mod disk;
mod history;
mod http;
mod judge;
mod load;
mod node;
mod note;
mod receiver;
mod run;
mod scene;
mod serve;
mod server;
mod shim;
#[path = "../../random/src/source.rs"]
#[allow(dead_code)]
mod source;
mod tally;
mod told;

pub use campaign::Campaign;
pub use control::Control;
pub use shim::missing;
pub use tally::Tally;
