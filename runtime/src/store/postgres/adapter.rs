//! The port that callers know.

use std::future::Future;
use std::sync::Arc;

use tokio::sync::Notify;
use tokio::time::timeout;

use super::access::lent;
use super::pool::Pool;
use super::{Postgres, Shared, ledger, ready, row, select};
use crate::store::error::Trouble;
use crate::store::{Error, Page, Queued, Read, Select, Store, Stored};
use crate::table::Table;
use crate::value::Instant;
use crate::watch::machine::Backlog;

impl Postgres {
    fn read<T: Send + 'static, W>(
        &self,
        work: impl FnOnce(Arc<Pool>, Arc<Shared>) -> W,
    ) -> Read<'_, T>
    where
        W: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let shared = Arc::clone(&self.shared);
        self.access.read(|pool| work(pool, shared))
    }
}

impl Store for Postgres {
    fn submit(&self, queued: Queued) {
        self.writers.send(queued);
    }

    fn get<'s>(
        &'s self,
        table: &'static Table,
        tenant: &'s str,
        id: &'s str,
    ) -> Read<'s, Option<Stored>> {
        let (tenant, id) = (tenant.to_owned(), id.to_owned());
        self.read(|pool, shared| async move {
            let client = lent(&pool).await?;
            row::get(&client, &shared.catalog, table, &tenant, &id).await
        })
    }

    fn list(&self, select: Select) -> Read<'_, Page> {
        self.read(|pool, shared| async move {
            let sealer = &shared.catalog.sealer;
            select::list(&mut lent(&pool).await?, sealer, &select).await
        })
    }

    fn wake(&self) -> &Notify {
        &self.wake
    }

    fn next_due(&self, after: Instant) -> Read<'_, Option<Instant>> {
        self.read(|pool, _| async move { ledger::next_due(&*lent(&pool).await?, after).await })
    }

    fn backlog(&self) -> Read<'_, Backlog> {
        self.read(|pool, _| async move { ledger::backlog(&*lent(&pool).await?).await })
    }

    fn ready(&self) -> Read<'_, ()> {
        self.read(|pool, shared| async move {
            if let Some(known) = shared.last.known() {
                return known.map_err(Error::from);
            }
            let asked = timeout(ready::PATIENCE, async {
                ready::ask(&*lent(&pool).await?, shared.schema).await
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
