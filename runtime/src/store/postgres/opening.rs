//! Opening a database: what is missing is made, and what is there has to be of these tables and
//! these keys.

use std::collections::BTreeSet;

use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use super::schema::{self, Part};
use super::settings::{self, LAYOUT, SEALS};
use super::statement::{Statement, run_all, values};
use crate::store::Error;
use crate::table::{GLOBAL, Table};

/// The version of the tables of the store itself.
const VERSION: &str = "1";

/// How often the tables are made while another process makes them.
const TRIES: u32 = 10;

/// Makes what is missing of the tables, in one transaction. `keys` are the names of the keys
/// that seal, if any do. Returns the number that distinguishes this database from others.
///
/// # Errors
/// The database cannot be used, or belongs to another version of these tables or other keys.
pub(super) async fn prepare(
    client: &Client,
    tables: &[&'static Table],
    keys: Vec<String>,
) -> Result<u32, Error> {
    refuse_other_encodings(client).await?;
    let parts = schema::parts(tables)?;
    let mut tries = 0;
    loop {
        tries += 1;
        let Err(why) = made(client, &parts, tables, &keys).await else {
            let seed = seed(client).await;
            return seed.map_err(|why| Error::new("open the database", why));
        };
        client.batch_execute("ROLLBACK").await.ok();
        match why {
            Unmade::Sql(why) if tries < TRIES && is_beside(&why) => {}
            Unmade::Sql(why) => return Err(Error::new("make the tables", why)),
            Unmade::Other(why) => return Err(why),
        }
    }
}

/// Why tables were not made.
enum Unmade {
    Sql(tokio_postgres::Error),
    Other(Error),
}

impl From<tokio_postgres::Error> for Unmade {
    fn from(why: tokio_postgres::Error) -> Self {
        Self::Sql(why)
    }
}

/// Whether another process made the same at the same time.
fn is_beside(why: &tokio_postgres::Error) -> bool {
    let beside = [
        SqlState::UNIQUE_VIOLATION,
        SqlState::DUPLICATE_TABLE,
        SqlState::DUPLICATE_OBJECT,
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
    ];
    why.code().is_some_and(|code| beside.contains(code))
}

async fn made(
    client: &Client,
    parts: &[Part],
    tables: &[&'static Table],
    keys: &[String],
) -> Result<(), Unmade> {
    client
        .batch_execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        .await?;
    let there = there(client).await?;
    if !there.contains("settings") {
        refuse_foreign(&there).map_err(Unmade::Other)?;
    }
    for part in parts.iter().filter(|part| !there.contains(&part.name)) {
        client.batch_execute(&part.make).await?;
    }
    let noted = settings::read(client).await?;
    let mut puts = Vec::new();
    let mut wanted = vec![(LAYOUT.to_owned(), VERSION.to_owned())];
    wanted.extend(
        tables
            .iter()
            .map(|table| (settings::of_table(table), settings::shape(table))),
    );
    for (name, value) in wanted {
        match noted.get(&name) {
            Some(noted) if *noted == value => {}
            Some(noted) => return Err(Unmade::Other(other_version(&name, noted, &value))),
            None => puts.push(settings::put(&name, &value)),
        }
    }
    let names: Vec<&str> = noted
        .get(SEALS)
        .map_or("", String::as_str)
        .lines()
        .collect();
    puts.extend(note_keys(&names, keys).map_err(Unmade::Other)?);
    let (zero, seed) = (
        0_i64,
        i64::from(getrandom::u32().unwrap_or_default() % 0x0100_0000),
    );
    let numbers =
        "INSERT INTO numbers(tenant, next, seed) VALUES($1, $2, $3) ON CONFLICT DO NOTHING";
    puts.push(Statement::new(numbers, values([&GLOBAL, &zero, &seed])));
    puts.push(Statement::plain("COMMIT"));
    run_all(client, &puts).await?;
    Ok(())
}

/// The names of all tables and indexes of the schema.
async fn there(client: &Client) -> Result<BTreeSet<String>, tokio_postgres::Error> {
    let sql = "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema() \
        UNION ALL SELECT CAST(indexname AS TEXT) FROM pg_indexes WHERE schemaname = current_schema()";
    let rows = client.query_typed(sql, &[]).await?;
    rows.iter().map(|row| row.try_get(0)).collect()
}

/// Tables of another program are not added to.
fn refuse_foreign(there: &BTreeSet<String>) -> Result<(), Error> {
    if there.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = there.iter().take(5).map(String::as_str).collect();
    let why = format!(
        "it belongs to another program, with {}; name a database of its own",
        names.join(", ")
    );
    Err(Error::new("use the database", why))
}

/// Texts are compared by their bytes, which is their order only in UTF-8.
async fn refuse_other_encodings(client: &Client) -> Result<(), Error> {
    let what = "use the database";
    let sql =
        "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()";
    let rows = client.query_typed(sql, &[]).await;
    let rows = rows.map_err(|why| Error::new(what, why))?;
    let encoding = rows
        .first()
        .map(|row| row.try_get::<_, String>(0))
        .transpose();
    let encoding = encoding
        .map_err(|why| Error::new(what, why))?
        .unwrap_or_default();
    match encoding.as_str() {
        "UTF8" => Ok(()),
        _ => {
            let why = format!("its encoding is {encoding}; make one with `ENCODING 'UTF8'`");
            Err(Error::new(what, why))
        }
    }
}

fn other_version(name: &str, noted: &str, wanted: &str) -> Error {
    let only = |these: &str, those: &str| -> String {
        let only = these
            .lines()
            .filter(|one| !those.lines().any(|other| other == *one));
        only.map(|one| format!("`{one}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let why = format!(
        "`{name}` was made by another version: it has {} instead of {}; start the version of the \
         server that made it, or begin with another database and import the objects",
        only(noted, wanted),
        only(wanted, noted)
    );
    Error::new("use the database", why)
}

/// Notes the first key beside those that sealed before, which have to be given as well: each
/// process seals and opens with the same keys.
fn note_keys(noted: &[&str], given: &[String]) -> Result<Option<Statement>, Error> {
    let Some(first) = given.first() else {
        return Ok(None);
    };
    let is_given = |name: &str| given.iter().any(|one| one == name);
    if let Some(missing) = noted.iter().find(|name| !is_given(name)) {
        let why = format!(
            "secrets in it are sealed with key {missing}, which is not among those given ({}); \
             give it as well, behind the others",
            given.join(", ")
        );
        return Err(Error::new("use the keys of secrets", why));
    }
    if noted.contains(&first.as_str()) {
        return Ok(None);
    }
    let all: Vec<&str> = noted.iter().copied().chain([first.as_str()]).collect();
    Ok(Some(settings::put(SEALS, &all.join("\n"))))
}

/// The number that distinguishes this database from others.
///
/// # Errors
/// It cannot be read.
async fn seed(client: &Client) -> Result<u32, tokio_postgres::Error> {
    let sql = "SELECT seed FROM numbers WHERE tenant = $1";
    let rows = Statement::new(sql, values([&GLOBAL])).run(client).await?;
    let seed = rows.first().map_or(Ok(0), |row| row.try_get::<_, i64>(0))?;
    Ok(u32::try_from(seed).unwrap_or_default())
}
