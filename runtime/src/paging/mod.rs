//! Paging styles, one file each.

mod cursor;
mod digits;
mod id_after;
mod limit_offset;
mod page_number;
mod position;
mod style;

pub use cursor::Cursor;
pub use id_after::IdAfter;
pub use limit_offset::LimitOffset;
pub use page_number::PageNumber;
pub use position::Position;
pub use style::{Link, Shown, Style, Turn};
