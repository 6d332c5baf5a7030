//! Which failures of SQLite pass by themselves or with what an operator does.

use std::error::Error;

use rusqlite::ErrorCode;

use crate::problem::Problem;
use crate::store::error::{self, Trouble};

/// The trouble behind an error of SQLite, if it is one that passes.
pub(in crate::store) fn of(why: &(dyn Error + 'static)) -> Option<Trouble> {
    let why: &rusqlite::Error = why.downcast_ref()?;
    match why.sqlite_error_code()? {
        ErrorCode::DiskFull => Some(Trouble::Full),
        ErrorCode::ReadOnly => Some(Trouble::ReadOnly),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Some(Trouble::Locked),
        // Quotas and limits of files are among them.
        ErrorCode::SystemIoFailure | ErrorCode::CannotOpen => Some(Trouble::Disk),
        _ => None,
    }
}

/// A group of writes that could not be committed.
impl From<rusqlite::Error> for Problem {
    fn from(why: rusqlite::Error) -> Self {
        error::Error::new("commit writes", why).into()
    }
}
