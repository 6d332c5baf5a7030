//! A token store in the store's database.

use tokio_postgres::Row;

use super::token::{hex, id};
use super::{Entry, Grant, Hash, Tokens};
use crate::store::postgres::access::{Access, lent};
use crate::store::postgres::beside;
use crate::store::postgres::statement::{Statement, values};
use crate::store::{Error, Read};
use crate::table::GLOBAL;

/// A token store in the store's database; other processes may add and revoke tokens.
#[derive(Debug)]
pub struct PostgresTokens(Access);

/// Reads the grant of a token.
const FIND: &str = "SELECT grantee, scopes, owner FROM tokens WHERE tenant = $1 AND hash = $2";

/// Stores a token.
const PUT: &str = "INSERT INTO tokens(tenant, hash, id, created, grantee, scopes, owner, client) \
     VALUES($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT(tenant, hash) DO UPDATE SET \
     created = excluded.created, grantee = excluded.grantee, scopes = excluded.scopes, \
     owner = excluded.owner, client = excluded.client";

/// Lists the tokens of a tenant, or all.
const LIST: &str = "SELECT grantee, scopes, owner, id, created, client FROM tokens \
     WHERE tenant = $1 AND (CAST($2 AS TEXT) IS NULL OR grantee = $2) ORDER BY created, id";

/// Removes a token.
const REVOKE: &str = "DELETE FROM tokens WHERE tenant = $1 AND id = $2 RETURNING id";

impl PostgresTokens {
    /// Opens the tokens in the database at `url`.
    ///
    /// # Errors
    /// The database cannot be used.
    pub fn open(url: &str) -> Result<Self, Error> {
        Ok(Self(beside(url)?))
    }

    fn run(&self, what: &'static str, statement: Statement) -> Result<Vec<Row>, Error> {
        self.0.ask(|pool| async move {
            let client = lent(&pool).await?;
            let rows = statement.run(&client).await;
            rows.map_err(|why| Error::new(what, why))
        })
    }
}

impl Tokens for PostgresTokens {
    fn find<'s>(&'s self, hash: &'s Hash) -> Read<'s, Option<Grant>> {
        let failed = |why| Error::new("read a token", why);
        let statement = Statement::new(FIND, values([&GLOBAL, &hex(hash)]));
        self.0.read(move |pool| async move {
            let client = lent(&pool).await?;
            let rows = statement.run(&client).await.map_err(failed)?;
            rows.first().map(grant).transpose().map_err(failed)
        })
    }

    fn insert(&self, hash: &Hash, grant: &Grant, client: bool) -> Result<(), Error> {
        let created = jiff::Timestamp::now()
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string();
        let values = values([
            &GLOBAL,
            &hex(hash),
            &id(hash),
            &created,
            &grant.tenant,
            &grant.scopes.join(" "),
            &grant.user,
            &i64::from(client),
        ]);
        self.run("store a token", Statement::new(PUT, values))
            .map(drop)
    }

    fn list(&self, tenant: Option<&str>) -> Result<Vec<Entry>, Error> {
        let what = "list tokens";
        let rows = self.run(what, Statement::new(LIST, values([&GLOBAL, &tenant])))?;
        let entries: Result<_, _> = rows.iter().map(entry).collect();
        entries.map_err(|why| Error::new(what, why))
    }

    fn revoke(&self, id: &str) -> Result<bool, Error> {
        let rows = self.run(
            "revoke a token",
            Statement::new(REVOKE, values([&GLOBAL, &id])),
        )?;
        Ok(!rows.is_empty())
    }
}

fn grant(row: &Row) -> Result<Grant, tokio_postgres::Error> {
    let scopes: &str = row.try_get(1)?;
    Ok(Grant {
        tenant: row.try_get(0)?,
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
        user: row.try_get(2)?,
    })
}

fn entry(row: &Row) -> Result<Entry, tokio_postgres::Error> {
    Ok(Entry {
        grant: grant(row)?,
        id: row.try_get(3)?,
        created: row.try_get(4)?,
        client: row.try_get::<_, i64>(5)? != 0,
    })
}

/// All statements.
#[cfg(test)]
pub(crate) const STATEMENTS: &[&str] = &[FIND, PUT, LIST, REVOKE];
