//! Field types: everything that the generator knows about each, one file per type.
//!
//! [`Kind`] is the interface of a type, and [`kind`] returns it. A new type is a file here, or
//! a constant in `syntax.rs` if a rule and a pattern describe it completely, and a line in
//! `registry.rs`; nothing else in the generator distinguishes types.

mod body;
mod boolean;
mod child;
mod choice;
mod contract;
mod date;
mod date_time;
mod decimal;
mod email;
mod entry;
mod external_id;
mod headers;
mod host;
mod id;
mod integer;
mod json;
mod key;
mod map;
mod matching;
mod number;
mod object;
mod password;
mod phone;
mod plain;
mod preset;
mod registry;
mod rule;
mod secret;
mod shared;
mod signing_key;
mod stored;
mod syntax;
mod table_row;
mod template;
mod text;
mod token;
mod url;
mod uuid;
mod values;
mod zoned_time;

pub(crate) use body::Body;
pub(crate) use contract::{At, Choice, Kind, Origin};
pub(crate) use key::{keys, numbered};
pub(crate) use registry::kind;
pub(crate) use stored::{ColumnKind, Reading, id_kind};
