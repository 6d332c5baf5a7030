//! Random specs over the whole language, and what has to hold for each of them.
//!
//! A spec is made wild ([`spec`]), cut down to what `check` accepts
//! ([`sound`]), and then everything that follows has to work: its OpenAPI document
//! is valid ([`document`]), its mock passes its own suite ([`mock`]), and the emitted
//! server compiles without warnings, starts, and passes too ([`project`]). What fails
//! is made small ([`shrink`]). Whatever things are called, what is emitted compiles
//! ([`names`]).

pub mod document;
mod field;
pub mod mock;
mod name;
pub mod names;
mod object;
mod operation;
pub mod project;
mod resource;
pub mod shrink;
mod sound;
mod source;
mod spec;
mod typed;
mod watch;

pub use sound::{Sound, check, sound};
pub use spec::spec;
