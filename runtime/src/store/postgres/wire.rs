//! A transaction of a writer on its connection.
//!
//! Statements that only write wait until something is read, or the end: then they are sent at
//! once, so that a write costs one round trip to begin, one for each of its reads, and one to
//! commit, whatever the number of its statements. A savepoint is needed only for a write that
//! reads after it wrote, since nothing else of a refused one was ever sent.

use tokio::runtime::Handle;
use tokio_postgres::{Client, Row};

use super::statement::{Statement, run_all};
use super::trouble::Failure;
use crate::store::Error;

/// How a transaction failed.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) how: Failure,
    pub(super) why: Error,
}

impl Failed {
    /// Whether one write may be the reason, and others of its group be made without it.
    pub(super) fn is_of_one(&self) -> bool {
        self.how == Failure::Statement && self.why.trouble().is_none()
    }
}

/// A transaction on a connection.
pub(super) struct Wire<'a> {
    client: &'a Client,
    runtime: &'a Handle,
    /// Statements of earlier writes of the group that are not sent.
    kept: Vec<Statement>,
    /// Statements of the write in progress that are not sent.
    own: Vec<Statement>,
    /// Whether the write in progress has a savepoint.
    saved: bool,
    /// The first failure, after which nothing is sent but `ROLLBACK`.
    failed: Option<Failed>,
}

impl<'a> Wire<'a> {
    pub(super) fn new(client: &'a Client, runtime: &'a Handle) -> Self {
        Self {
            client,
            runtime,
            kept: Vec::new(),
            own: Vec::new(),
            saved: false,
            failed: None,
        }
    }

    /// Adds a statement whose answer does not matter.
    pub(super) fn write(&mut self, statement: Statement) {
        self.own.push(statement);
    }

    /// Sends what waits and then this statement, and returns the rows of its answer.
    ///
    /// # Errors
    /// A statement fails, or one did before.
    pub(super) fn read(
        &mut self,
        what: &'static str,
        statement: Statement,
    ) -> Result<Vec<Row>, Error> {
        if !self.own.is_empty() {
            self.save();
        }
        let mut all = std::mem::take(&mut self.kept);
        all.append(&mut self.own);
        all.push(statement);
        self.send(what, &all)
    }

    /// Like [`Self::read`], with a statement that also changes something.
    ///
    /// # Errors
    /// As for [`Self::read`].
    pub(super) fn change(
        &mut self,
        what: &'static str,
        statement: Statement,
    ) -> Result<Vec<Row>, Error> {
        self.save();
        self.read(what, statement)
    }

    /// Sets a savepoint before the first change of the write in progress that is sent.
    fn save(&mut self) {
        if !self.saved {
            self.kept.push(Statement::plain("SAVEPOINT decision"));
            self.saved = true;
        }
    }

    /// Sends a statement ahead of what the write in progress has written; the rows of its
    /// answer, and whether it lasts when that write is undone.
    ///
    /// # Errors
    /// As for [`Self::read`].
    pub(super) fn read_ahead(
        &mut self,
        what: &'static str,
        statement: Statement,
    ) -> Result<(Vec<Row>, bool), Error> {
        let mut all = std::mem::take(&mut self.kept);
        all.push(statement);
        Ok((self.send(what, &all)?, !self.saved))
    }

    fn send(&mut self, what: &'static str, statements: &[Statement]) -> Result<Vec<Row>, Error> {
        if self.failed.is_some() {
            return Err(Error::new(what, "the transaction failed before"));
        }
        let sent = self.runtime.block_on(run_all(self.client, statements));
        sent.map_err(|why| {
            self.failed = Some(Failed {
                how: Failure::of(&why),
                why: Error::new(what, why),
            });
            Error::new(what, "the transaction fails")
        })
    }

    /// Notes a failure that no statement reports.
    pub(super) fn fail(&mut self, why: Error) {
        let how = Failure::Statement;
        self.failed.get_or_insert(Failed { how, why });
    }

    /// Keeps what the write in progress did.
    pub(super) fn keep(&mut self) {
        self.kept.append(&mut self.own);
        if std::mem::take(&mut self.saved) {
            self.kept.push(Statement::plain("RELEASE decision"));
        }
    }

    /// Undoes what the write in progress did.
    pub(super) fn undo(&mut self) {
        self.own.clear();
        if std::mem::take(&mut self.saved) {
            let undo = "ROLLBACK TO decision; RELEASE decision";
            self.kept.push(Statement::plain(undo));
        }
    }

    /// Whether a statement failed.
    pub(super) fn has_failed(&self) -> bool {
        self.failed.is_some()
    }

    /// Commits what was kept.
    ///
    /// # Errors
    /// How it failed; [`Failure::Lost`] if it may have been committed all the same.
    pub(super) fn commit(mut self, last: Option<Statement>) -> Result<(), Failed> {
        let mut all = std::mem::take(&mut self.kept);
        all.extend(last);
        all.push(Statement::plain("COMMIT"));
        let done = self.send("commit writes", &all);
        match (self.failed, done) {
            (Some(failed), _) => Err(failed),
            (None, _) => Ok(()),
        }
    }

    /// Ends the transaction without any change; how it failed, if it did.
    pub(super) fn roll_back(self) -> Option<Failed> {
        let lost = |failed: &Failed| failed.how == Failure::Lost;
        if !self.failed.as_ref().is_some_and(lost) {
            let _ = self.runtime.block_on(self.client.batch_execute("ROLLBACK"));
        }
        self.failed
    }
}
