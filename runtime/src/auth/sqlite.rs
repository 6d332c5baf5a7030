//! A token store in the store's database file.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

use super::token::id;
use super::{Entry, Grant, Hash, Tokens};
use crate::store::sqlite::{Pool, open, table};
use crate::store::{Error, Read, at_once};

const TABLE: &str = "CREATE TABLE IF NOT EXISTS tokens(
    hash BLOB PRIMARY KEY,
    id TEXT NOT NULL,
    created TEXT NOT NULL,
    tenant TEXT NOT NULL,
    scopes TEXT NOT NULL,
    user TEXT,
    client INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID";

/// Number of read connections: every request makes one short query.
const READERS: usize = 4;

/// A token store in the store's database file; another process may add and revoke tokens.
#[derive(Debug)]
pub struct SqliteTokens {
    readers: Pool,
    writer: Pool,
}

impl SqliteTokens {
    /// Opens the token database in `folder`.
    ///
    /// # Errors
    /// The file cannot be used.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let make = |writer: &Connection| writer.execute_batch(TABLE).and_then(|()| widen(writer));
        let writer = table(folder, make)?;
        let mut readers = Vec::new();
        for _ in 0..READERS {
            readers.push(open(folder, true)?);
        }
        Ok(Self {
            readers: Pool::new(readers),
            writer: Pool::new(vec![writer]),
        })
    }
}

impl SqliteTokens {
    fn granted(&self, hash: &Hash) -> Result<Option<Grant>, Error> {
        let failed = |why| Error::new("read a token", why);
        let connection = self.readers.take();
        let sql = "SELECT tenant, scopes, user FROM tokens WHERE hash = ?1";
        let mut query = connection.prepare_cached(sql).map_err(failed)?;
        query
            .query_row([hash.as_slice()], |row| grant(row, 0))
            .optional()
            .map_err(failed)
    }
}

impl Tokens for SqliteTokens {
    fn find<'s>(&'s self, hash: &'s Hash) -> Read<'s, Option<Grant>> {
        at_once(self.granted(hash))
    }

    fn insert(&self, hash: &Hash, grant: &Grant, client: bool) -> Result<(), Error> {
        let connection = self.writer.take();
        let sql = "INSERT OR REPLACE INTO tokens(hash, id, created, tenant, scopes, user, client)
                   VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let created = jiff::Timestamp::now()
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string();
        let scopes = grant.scopes.join(" ");
        let values = (
            hash.as_slice(),
            id(hash),
            created,
            &grant.tenant,
            scopes,
            &grant.user,
            client,
        );
        connection
            .execute(sql, values)
            .map_err(|why| Error::new("store a token", why))?;
        Ok(())
    }

    fn list(&self, tenant: Option<&str>) -> Result<Vec<Entry>, Error> {
        let connection = self.readers.take();
        entries(&connection, tenant).map_err(|why| Error::new("list tokens", why))
    }

    fn revoke(&self, id: &str) -> Result<bool, Error> {
        let connection = self.writer.take();
        let gone = connection.execute("DELETE FROM tokens WHERE id = ?1", [id]);
        gone.map(|count| count > 0)
            .map_err(|why| Error::new("revoke a token", why))
    }
}

/// Adds the columns that tables of earlier versions lack.
fn widen(connection: &Connection) -> rusqlite::Result<()> {
    let sql = "SELECT count(*) FROM pragma_table_info('tokens') WHERE name = 'client'";
    let there: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    match there {
        0 => connection
            .execute_batch("ALTER TABLE tokens ADD COLUMN client INTEGER NOT NULL DEFAULT 0"),
        _ => Ok(()),
    }
}

fn entries(connection: &Connection, tenant: Option<&str>) -> rusqlite::Result<Vec<Entry>> {
    let sql = "SELECT id, created, tenant, scopes, user, client FROM tokens
               WHERE ?1 IS NULL OR tenant = ?1 ORDER BY created, id";
    let mut query = connection.prepare(sql)?;
    let rows = query.query_map([tenant], |row| {
        Ok(Entry {
            id: row.get(0)?,
            created: row.get(1)?,
            grant: grant(row, 2)?,
            client: row.get(5)?,
        })
    })?;
    rows.collect()
}

fn grant(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Grant> {
    let scopes: String = row.get(at + 1)?;
    Ok(Grant {
        tenant: row.get(at)?,
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
        user: row.get(at + 2)?,
    })
}
