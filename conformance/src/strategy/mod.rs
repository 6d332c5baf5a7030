//! Proptest strategies from the spec: valid values, values at bounds, and invalid values.
//! The values of types are defined in `kind`; here they are combined to members, objects
//! and siblings.

mod choice;
mod member;
mod object;
mod spelling;
mod text;
mod wrong;

pub(crate) use self::member::within;
pub use self::member::{of_type, valid};
pub use self::spelling::spellings;
pub use self::text::text;
pub use self::wrong::wrong_types;
