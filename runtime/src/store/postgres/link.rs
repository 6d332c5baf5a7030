//! A connection that code uses that is not asynchronous.

use tokio::runtime::Handle;
use tokio_postgres::{Client, Row};

use super::statement::{Statement, run_all};
use crate::store::Error;

/// A connection, and the threads that it needs.
pub(super) struct Link<'a> {
    pub(super) client: &'a Client,
    pub(super) runtime: &'a Handle,
}

impl Link<'_> {
    /// Sends statements, and waits for the rows of the last one.
    ///
    /// # Errors
    /// One of them failed.
    pub(super) fn run(
        &self,
        what: &'static str,
        statements: &[Statement],
    ) -> Result<Vec<Row>, Error> {
        let sent = self.runtime.block_on(run_all(self.client, statements));
        sent.map_err(|why| Error::new(what, why))
    }
}
