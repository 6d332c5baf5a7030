//! Rules: what a member may be, one per documented type.

mod blank;
mod boxed;
mod entry;
mod headers;
mod host;
mod json;
mod key;
mod known;
mod lenient;
mod list;
mod number;
mod object;
mod once;
mod password;
mod preset;
mod secret;
mod shared;
mod split;
mod template;
mod text;
mod time;
mod unwrap;
mod url;
mod watch;

pub use blank::{BlankEmpty, BlankNull, NotBlank};
pub use boxed::Boxed;
pub use entry::Entry;
pub use headers::{Headers, header_in};
pub use host::Host;
pub use json::{Any, Json};
pub use key::Key;
pub use known::{Color, Language, TimeZone};
pub use lenient::{Folded, Lenient, Loose};
pub use list::{Elements, List, Lone, Set};
pub use number::{Flag, Integer, Number};
pub use object::{Children, Map, Nested};
pub(crate) use once::add;
pub use password::Password;
pub use preset::Preset;
pub use secret::Secret;
pub use shared::{Mention, Mentioned};
pub use split::Split;
pub use template::Template;
pub use text::{Closed, Email, ExternalId, Name, Phone, Text, Values};
pub use time::Time;
pub use unwrap::{Excusable, Reserved, Unwrap};
pub use url::Url;
pub use watch::{Reachable, SigningKey, Username};

use serde_json::Value;

use super::{Presence, Reading};

/// What a member may be.
pub trait Rule {
    /// What it becomes.
    type Value;

    /// Reads `value`, which stands at `pointer`; notes what is wrong with it.
    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Self::Value>;

    /// What stands in for a value that is nothing: `null`, and for some rules more.
    fn nothing(&self, value: &Value) -> Option<Presence<Self::Value>> {
        value.is_null().then_some(Presence::Null)
    }

    /// The place of a value in its closed list, where it has one.
    fn rank(&self, _value: &Self::Value, _reading: &Reading) -> Option<usize> {
        None
    }
}
