//! Which failures of PostgreSQL pass, and what a writer does about them.

use std::error::Error;

use tokio_postgres::error::{Severity, SqlState};

use crate::store::error::Trouble;

/// What a failure means for the transaction in which it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// It lost against another transaction, and may win when it is made again.
    Again,
    /// The connection is gone, or the database is about to end it.
    Lost,
    /// The statement fails whenever it is made.
    Statement,
}

impl Failure {
    pub(super) fn of(why: &tokio_postgres::Error) -> Self {
        let Some(database) = why.as_db_error() else {
            return Self::Lost;
        };
        let code = database.code();
        if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED
        {
            return Self::Again;
        }
        match database.parsed_severity() {
            Some(Severity::Fatal | Severity::Panic) => Self::Lost,
            _ => Self::Statement,
        }
    }
}

/// The trouble behind an error of PostgreSQL, if it is one that passes.
pub(in crate::store) fn of(why: &(dyn Error + 'static)) -> Option<Trouble> {
    let why: &tokio_postgres::Error = why.downcast_ref()?;
    let Some(code) = why.code() else {
        return Some(Trouble::Unreachable);
    };
    let class = |class: &str| code.code().starts_with(class);
    let locked = [
        SqlState::LOCK_NOT_AVAILABLE,
        SqlState::QUERY_CANCELED,
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
    ];
    if *code == SqlState::DISK_FULL {
        Some(Trouble::Full)
    } else if *code == SqlState::READ_ONLY_SQL_TRANSACTION {
        Some(Trouble::ReadOnly)
    } else if locked.contains(code) {
        Some(Trouble::Locked)
    } else if class("58") {
        Some(Trouble::Disk)
    // Refused or ended connections, too many of them, a shutdown or start of the database.
    } else if class("08") || class("53") || class("57") || class("25") {
        Some(Trouble::Unreachable)
    } else {
        None
    }
}
