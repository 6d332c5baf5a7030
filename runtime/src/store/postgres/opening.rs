//! Opening a database: what is missing is made, what another version made becomes that of this
//! one, and all of it in one transaction.

use super::link::Link;
use super::migrate::Within;
use super::own;
use super::schema;
use super::statement::{Statement, values};
use crate::store::migrate::{self, Target, Witness};
use crate::store::{Error, Extent, Migration};
use crate::table::GLOBAL;

/// How often the tables are made while another process makes them.
const TRIES: u32 = 10;

/// Begins the transaction. One whose process stands still for a minute is ended by the database,
/// because writes of all others wait for it.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; \
    SET LOCAL idle_in_transaction_session_timeout = 60000; SET LOCAL statement_timeout = 0";

/// What is opened.
pub(super) struct Opening<'a> {
    /// The tables, also those of the runtime, the models of their objects, and the keys.
    pub(super) target: Target<'a>,
    /// How far the tables in the database may be changed.
    pub(super) extent: Extent,
    /// Whether nothing is to be changed.
    pub(super) plan: bool,
    /// Whether anything is sealed.
    pub(super) seals: bool,
}

/// What was opened.
pub(super) struct Opened {
    /// What was done, or would be.
    pub(super) migration: Migration,
    /// The number that distinguishes this database from others.
    pub(super) seed: u32,
    /// The number of the last migration that changed tables.
    pub(super) schema: i64,
}

/// Opens the database.
///
/// # Errors
/// It cannot be used, it belongs to another program or other keys, or its tables cannot become
/// those of this version.
pub(super) fn open(
    link: &Link<'_>,
    opening: &Opening<'_>,
    witness: Witness<'_>,
) -> Result<Opened, Error> {
    own::refuse_other_encodings(link)?;
    schema::refuse_long(opening.target.tables)?;
    let mut tries = 0;
    loop {
        tries += 1;
        let opened = once(link, opening, &mut *witness);
        let end = match (&opened, opening.plan) {
            (Ok(_), false) => "COMMIT",
            _ => "ROLLBACK",
        };
        let ended = link.run("make the tables", &[Statement::plain(end)]);
        match opened {
            Err(why) if tries < TRIES && own::is_beside(&why) => {}
            Err(why) if own::is_held(&why) => {
                let why = "another session reads a table that has to be changed, such as \
                    `pg_dump`; end it or wait for it, and start again";
                return Err(Error::new("make the tables", why));
            }
            opened => return opened.and_then(|opened| ended.map(|_| opened)),
        }
    }
}

fn once(link: &Link<'_>, opening: &Opening<'_>, witness: Witness<'_>) -> Result<Opened, Error> {
    link.run("make the tables", &[Statement::plain(BEGIN)])?;
    let keys: Vec<&str> = match opening.seals {
        true => opening.target.sealer.names().collect(),
        false => Vec::new(),
    };
    let may_raise = opening.extent != Extent::NewTables;
    let noted = own::make(link, &keys, (may_raise, !opening.target.tables.is_empty()))?;
    let mut within = Within::new(link, noted);
    let (target, extent) = (&opening.target, opening.extent);
    let migration = match (target.tables.is_empty(), opening.plan) {
        // Tokens are the same in every layout.
        (true, _) => Migration::default(),
        (false, true) => migrate::plan(&mut within, target, extent)?,
        (false, false) => migrate::carry_out(&mut within, target, extent, witness)?,
    };
    Ok(Opened {
        schema: within.finish(migration.changed.then_some(migration.number))?,
        seed: seed(link)?,
        migration,
    })
}

/// The number that distinguishes this database from others.
fn seed(link: &Link<'_>) -> Result<u32, Error> {
    let what = "open the database";
    let sql = "SELECT seed FROM numbers WHERE tenant = $1";
    let rows = link.run(what, &[Statement::new(sql, values([&GLOBAL]))])?;
    let seed = rows.first().map_or(Ok(0), |row| row.try_get::<_, i64>(0));
    let seed = seed.map_err(|why| Error::new(what, why))?;
    Ok(u32::try_from(seed).unwrap_or_default())
}
