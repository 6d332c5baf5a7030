//! A proxy that rewrites the requests and answers of a service at random places.
//!
//! It knows HTTP, JSON and the paths of a spec, but neither the model nor any check, so
//! that it finds faults that their authors did not think of. A rewrite treats all exchanges
//! that it matches alike: an intermittent fault would prove nothing.

mod apply;
mod body;
mod draw;
mod example;
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
