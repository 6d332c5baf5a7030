//! Paging: the styles of pages, as data, and what follows from them for a list.
//!
//! A style is a set of query parameters, each with a role, and what it needs of a list. All
//! of it stands in `style.rs`, and nobody else tells styles apart: lints, generator, suite and
//! reference model ask which roles there are, so that another style of known roles is a
//! variant there with its facts, and nothing more.

mod facts;
mod page;
mod style;

pub use self::facts::{Facts, Key, Name, PageOrder, PageRole, Takes};
pub use self::page::{Parameter, Values};
pub use self::style::PageStyle;
