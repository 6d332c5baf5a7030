//! Pages of lists: the parameters that ask for one, by what each of them means, and the links
//! from one page to others (RFC 8288).

mod digits;
mod link;
mod pages;
mod position;
mod turn;

pub use link::Link;
pub use pages::{Pages, Role};
pub use position::{Behind, Position};
pub use turn::{Shown, Turn};
