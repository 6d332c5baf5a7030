//! Rules: what a member may be, one per documented type.

mod key;
mod list;
mod number;
mod object;
mod text;
mod time;

pub use key::Key;
pub use list::List;
pub use number::{Flag, Integer, Number};
pub use object::{Children, Map, Nested};
pub use text::{Closed, Email, ExternalId, Phone, Text, Values};
pub use time::Time;

use serde_json::Value;

use super::Reading;

/// What a member may be.
pub trait Rule {
    /// What it becomes.
    type Value;

    /// Reads `value`, which stands at `pointer`; notes what is wrong with it.
    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Self::Value>;
}
