//! Building blocks of JSON Schema for field types and documents.

mod moment;
mod open;
mod part;
mod pattern;

pub(crate) use moment::{ASKED, CIVIL, DATE, MOMENT};
pub(crate) use open::{ANY, any, map};
pub(crate) use part::{but, either, nullable, reference, shaped, text};
pub(crate) use pattern::{BLANK, TEXT, caseless, folded, listed, split};
