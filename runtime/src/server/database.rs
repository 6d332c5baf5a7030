//! Objects and tokens: in a folder, or in a database that servers share.

use std::sync::Arc;

use super::args::Data;
#[cfg(feature = "postgres")]
use super::args::tables;
use super::failure::Failure;
use crate::api::Api;
use crate::auth::{SqliteTokens, Tokens};
use crate::store::{Extent, Store};

impl Data {
    /// The URL of the database, if it is not in a folder.
    #[cfg(feature = "postgres")]
    fn url(&self) -> Option<&str> {
        self.database.as_deref()
    }

    /// Opens the store of `apis`; `extent` says how far tables of another version in a folder may
    /// be changed.
    ///
    /// # Errors
    /// The keys are malformed or missing, or something cannot be used.
    pub(super) fn open(
        &self,
        apis: &[&'static Api],
        extent: Extent,
    ) -> Result<Arc<dyn Store>, Failure> {
        #[cfg(feature = "postgres")]
        if let Some(url) = self.url() {
            let sealer = self.sealer()?.ok_or(
                "--database needs --secret-key-file, the same for every server over the \
                 database; `openssl rand -hex 32` makes a key",
            )?;
            let tables = tables(apis);
            return Ok(Arc::new(crate::store::Postgres::open(
                url, &tables, sealer,
            )?));
        }
        Ok(Arc::new(self.store(apis, extent)?))
    }

    /// Opens the tokens.
    ///
    /// # Errors
    /// Something cannot be used.
    pub(super) fn tokens(&self) -> Result<Arc<dyn Tokens>, Failure> {
        #[cfg(feature = "postgres")]
        if let Some(url) = self.url() {
            return Ok(Arc::new(crate::auth::PostgresTokens::open(url)?));
        }
        Ok(Arc::new(SqliteTokens::open(&self.data)?))
    }

    /// Whether nothing is kept in the folder.
    pub(super) fn is_shared(&self) -> bool {
        #[cfg(feature = "postgres")]
        return self.url().is_some();
        #[cfg(not(feature = "postgres"))]
        false
    }

    /// Refuses what only folders have.
    ///
    /// # Errors
    /// The objects are in a database.
    pub(super) fn refuse_shared(&self) -> Result<(), Failure> {
        match self.is_shared() {
            true => {
                Err("this is for data folders; PostgreSQL has `pg_dump` and `pg_restore`".into())
            }
            false => Ok(()),
        }
    }
}
