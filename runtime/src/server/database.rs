//! Objects and tokens: in a folder, or in a database that servers share.

use std::fs::File;
use std::sync::Arc;

use super::args::{Data, models, tables};
use super::failure::Failure;
use crate::api::Api;
use crate::auth::{SqliteTokens, Tokens};
#[cfg(feature = "postgres")]
use crate::store::Postgres;
use crate::store::{Extent, Migration, Sqlite, Store, Witness, sqlite};
#[cfg(feature = "postgres")]
use crate::watch::seal::Sealer;

impl Data {
    /// The URL of the database, if it is not in a folder.
    #[cfg(feature = "postgres")]
    pub(super) fn url(&self) -> Option<&str> {
        self.database.as_deref()
    }

    /// Reserves the folder for this process, until what is returned is dropped; a database is for
    /// any number.
    ///
    /// # Errors
    /// A server runs over the folder, or it cannot be used.
    pub(super) fn reserve(&self) -> Result<Option<File>, Failure> {
        match self.is_shared() {
            true => Ok(None),
            false => Ok(Some(sqlite::reserve(&self.data)?)),
        }
    }

    /// Opens the store of `apis`; `extent` says how far tables of another version may be
    /// changed.
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
            let (tables, models, keys) = (tables(apis), models(apis), self.keys()?);
            let opened = Postgres::open_models(url, &tables, &models, keys, extent);
            return Ok(Arc::new(opened?));
        }
        Ok(Arc::new(self.store(apis, extent)?))
    }

    /// Makes the database that of `apis` as far as `extent` allows, or only plans to.
    ///
    /// # Errors
    /// There is no database in the folder, the keys are malformed or missing, or something cannot
    /// be used.
    pub(super) fn migrate(
        &self,
        apis: &[&'static Api],
        how: (Extent, bool),
    ) -> Result<Migration, Failure> {
        let (tables, models) = (tables(apis), models(apis));
        let unseen: Witness<'_> = &mut |_| Ok(());
        #[cfg(feature = "postgres")]
        if let Some(url) = self.url() {
            let keys = self.keys()?;
            return Ok(Postgres::migrate(
                url, &tables, &models, &keys, how, unseen,
            )?);
        }
        let file = self.data.join(sqlite::FILE);
        if !file.exists() {
            return Err(format!("there is no database at {}", file.display()).into());
        }
        let _alone = match how {
            (_, true) => None,
            (_, false) => self.reserve()?,
        };
        let sealer = self.sealer()?;
        let done = Sqlite::migrate(&self.data, &tables, &models, sealer, how, unseen);
        Ok(done?)
    }

    /// The keys of a database that servers share.
    #[cfg(feature = "postgres")]
    pub(super) fn keys(&self) -> Result<Sealer, Failure> {
        let keys = self.sealer()?.ok_or(
            "--database needs --secret-key-file, the same for every server over the \
             database; `openssl rand -hex 32` makes a key",
        )?;
        Ok(keys)
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
