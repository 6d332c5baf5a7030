//! Values of documented types: parsing, comparing and printing.

mod decimal;
mod email;
mod external_id;
mod fold;
mod id;
mod instant;
mod join;
mod notation;
mod number;
mod parse;
mod phone;
mod rfc3339;
mod sealed;
mod secret;
mod token;
mod values;
mod whole;
mod zoned;

pub use decimal::Decimal;
pub use email::is_email;
pub use external_id::{external_key, is_uuid};
pub use fold::fold;
pub use id::IdKind;
pub use instant::{Form, Instant, Local, MillisZ, Printed, SecondsOffset, SecondsZ};
pub use join::{Part, join};
pub use notation::Notation;
pub use number::Number;
pub use parse::parse_instant;
pub use phone::normalise_phone;
pub use rfc3339::is_date;
pub use sealed::Sealed;
pub use secret::Secret;
pub use token::Token;
pub use values::{Values, names, read_name, serde_by_name, write_name};
pub use whole::{same, whole};
pub use zoned::is_time_zone;
