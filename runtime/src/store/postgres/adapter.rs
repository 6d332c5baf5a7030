//! The port that callers know.

use std::future::Future;
use std::sync::Arc;

use tokio::sync::Notify;
use tokio::time::timeout;

use super::access::lent;
use super::pool::Pool;
use super::{Postgres, Shared, ledger, ready, row, select};
use crate::store::error::Trouble;
use crate::store::{Error, Page, Queued, Select, Store, Stored};
use crate::table::Table;
use crate::value::Instant;
use crate::watch::machine::Backlog;

impl Postgres {
    fn ask<T: Send + 'static, W>(
        &self,
        work: impl FnOnce(Arc<Pool>, Arc<Shared>) -> W,
    ) -> Result<T, Error>
    where
        W: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let shared = Arc::clone(&self.shared);
        self.access.ask(|pool| work(pool, shared))
    }
}

impl Store for Postgres {
    fn submit(&self, queued: Queued) {
        self.writers.send(queued);
    }

    fn get(&self, table: &'static Table, tenant: &str, id: &str) -> Result<Option<Stored>, Error> {
        let (tenant, id) = (tenant.to_owned(), id.to_owned());
        self.ask(|pool, shared| async move {
            let client = lent(&pool).await?;
            row::get(&client, &shared.catalog, table, &tenant, &id).await
        })
    }

    fn list(&self, select: &Select) -> Result<Page, Error> {
        let select = select.clone();
        self.ask(|pool, _| async move { select::list(&mut lent(&pool).await?, &select).await })
    }

    fn wake(&self) -> &Notify {
        &self.wake
    }

    fn next_due(&self, after: Instant) -> Result<Option<Instant>, Error> {
        self.ask(|pool, _| async move { ledger::next_due(&*lent(&pool).await?, after).await })
    }

    fn backlog(&self) -> Result<Backlog, Error> {
        self.ask(|pool, _| async move { ledger::backlog(&*lent(&pool).await?).await })
    }

    fn ready(&self) -> Result<(), Error> {
        self.ask(|pool, shared| async move {
            if let Some(known) = shared.last.known() {
                return known.map_err(Error::from);
            }
            let asked = timeout(ready::PATIENCE, async {
                ready::ask(&*lent(&pool).await?).await
            });
            let found = asked.await.unwrap_or(Err(Trouble::Unreachable.into()));
            shared.last.note(&found);
            found
        })
    }

    fn risks(&self) -> &[String] {
        &self.shared.risks
    }
}
