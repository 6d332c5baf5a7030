//! Whether writes can be kept: what `/readyz` asks.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio_postgres::Client;

use super::settings::SCHEMA;
use super::statement::{Statement, values};
use crate::store::Error;
use crate::store::error::Trouble;
use crate::table::GLOBAL;

/// How long the database may take to answer; a load balancer commonly waits a second.
pub(super) const PATIENCE: Duration = Duration::from_millis(750);

/// How long an answer is valid, so that who asks all the time does not write all the time.
const VALID: Duration = Duration::from_millis(500);

/// Writes something that stays as it is: the database has to be able to.
pub(super) const TOUCH: &str =
    "UPDATE settings SET value = value WHERE tenant = $1 AND name = $2 RETURNING value";

/// The last answer, and when it was given.
#[derive(Debug, Default)]
pub(super) struct Last(Mutex<Option<(Instant, Result<(), Trouble>)>>);

impl Last {
    /// The last answer, if it is valid.
    pub(super) fn known(&self) -> Option<Result<(), Trouble>> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let valid = last.filter(|(at, _)| at.elapsed() < VALID);
        valid.map(|(_, answer)| answer)
    }

    /// Notes an answer.
    pub(super) fn note(&self, found: &Result<(), Error>) {
        let known = match found {
            Ok(()) => Some(Ok(())),
            Err(why) => why.trouble().map(Err),
        };
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *last = known.map(|known| (Instant::now(), known));
    }
}

/// Writes to the database, in which a migration of this number changed the tables last when it
/// was opened.
///
/// # Errors
/// A write would fail now.
pub(super) async fn ask(client: &Client, schema: i64) -> Result<(), Error> {
    let what = "write to the database";
    let failed = |why| Error::new(what, why);
    let touch = Statement::new(TOUCH, values([&GLOBAL, &SCHEMA]));
    let rows = touch.run(client).await.map_err(failed)?;
    let Some(row) = rows.first() else {
        return Err(Error::new(what, "its settings are gone"));
    };
    let noted: String = row.try_get(0).map_err(failed)?;
    match noted == schema.to_string() {
        true => Ok(()),
        false => Err(Trouble::Outdated.into()),
    }
}

/// Settings of the database with which a power failure undoes writes that were answered, or
/// damages it.
///
/// # Errors
/// They cannot be read.
pub(super) async fn risks(client: &Client) -> Result<Vec<String>, Error> {
    let sql = "SELECT name, setting FROM pg_settings \
        WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' \
        ORDER BY name";
    let failed = |why| Error::new("read the settings of the database", why);
    let rows = client.query_typed(sql, &[]).await.map_err(failed)?;
    let line = |row: &tokio_postgres::Row| {
        let (name, setting): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        Ok(format!("{name} = {setting}"))
    };
    rows.iter()
        .map(line)
        .collect::<Result<_, _>>()
        .map_err(failed)
}
