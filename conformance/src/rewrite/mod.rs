//! A proxy that rewrites what a service is asked and what it answers, at random places.
//!
//! It knows HTTP, JSON, and of a spec which paths there are: neither the model nor a check,
//! so that what it breaks was not thought of by those who wrote them. A rewrite is the same
//! for each exchange that it is about: one that comes and goes would prove nothing.

mod apply;
mod body;
mod draw;
mod learn;
mod memory;
mod message;
mod operator;
mod place;
mod proxy;
mod route;
mod rule;
mod shrink;
mod upstream;
mod value;
mod wire;
mod write;

pub use draw::draw;
pub use learn::Traffic;
pub use message::{Request, Response, Seen};
pub use operator::{Operator, Scope};
pub use place::{Place, Step};
pub use proxy::Proxy;
pub use route::Routes;
pub use rule::{Rewrite, Side, When};
pub use shrink::{larger, smaller, touches};
pub use upstream::Target;
