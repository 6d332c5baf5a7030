//! Random specs over the whole language, and the properties that each of them must have.
//!
//! A spec is generated without restraint ([`spec`]) and reduced to what `check` accepts
//! ([`sound`]). Then everything derived from it has to work: its OpenAPI document is valid
//! ([`document`]), its mock passes its own suite ([`mock`]), and the generated server compiles
//! without warnings, starts, and passes as well ([`project`]). Failing specs are shrunk
//! ([`shrink`]). The generated code has to compile whatever names a spec uses ([`names`]).

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
