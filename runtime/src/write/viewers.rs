//! Who sees an object of which each user has values of their own.

use crate::table::Table;

/// Who sees an object: a JSON array of users.
pub static VIEWERS: Table = Table::own("viewers");
