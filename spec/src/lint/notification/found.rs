//! A contradiction between points of notifications.

/// A contradiction: keys that lead to it, what it is and what to do.
pub(super) type Found = (Vec<&'static str>, String, &'static str);
