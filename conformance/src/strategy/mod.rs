//! Strategies of proptest from the spec: legal values, values at a bound, and
//! values that are not legal. What the values of a type are is said in `kind`; here
//! stands what members, objects and siblings make of them.

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
