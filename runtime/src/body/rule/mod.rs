//! Rules for values of members, one per documented type, and one for all notations of
//! texts.

mod blank;
mod boxed;
mod closed;
mod date;
mod decimal;
mod email;
mod entry;
mod external_id;
mod flag;
mod headers;
mod host;
mod integer;
mod json;
mod key;
mod lenient;
mod list;
mod notation;
mod number;
mod object;
mod once;
mod password;
mod pattern;
mod phone;
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
pub use closed::{Closed, Folded};
pub use date::Date;
pub use decimal::Decimal;
pub use email::Email;
pub use entry::Entry;
pub use external_id::ExternalId;
pub use flag::Flag;
pub use headers::{Headers, header_in};
pub use host::Host;
pub use integer::Integer;
pub use json::{Any, Json};
pub use key::Key;
pub use lenient::{Lenient, Loose};
pub use list::{Distinct, Elements, List, MOST, ScalarAsList};
pub use number::Number;
pub use object::{Children, Map, Nested};
pub(crate) use once::add;
pub use password::Password;
pub use pattern::{Pattern, Regular};
pub use phone::Phone;
pub use preset::Preset;
pub use secret::Secret;
pub use shared::{ByReference, Reference};
pub use split::Delimited;
pub use template::Template;
pub use text::Text;
pub use time::Time;
pub use unwrap::{Enveloped, Excusable, Reserved};
pub use url::Url;
pub use watch::{Reachable, SigningKey, Username};

use serde_json::Value;

use super::{Presence, Reading};

/// A rule that a member's value has to keep.
pub trait Rule {
    /// The type of the value that was read.
    type Value;

    /// Reads `value`, which is at `pointer` in the body, and records its violations.
    fn read(&self, value: Value, pointer: &str, reading: &mut Reading) -> Option<Self::Value>;

    /// The meaning of a value that counts as none: `null`, and for some rules other values.
    fn nothing(&self, value: &Value) -> Option<Presence<Self::Value>> {
        value.is_null().then_some(Presence::Null)
    }

    /// The position of a value in its closed list, if it has one.
    fn rank(&self, _value: &Self::Value, _reading: &Reading) -> Option<usize> {
        None
    }
}
