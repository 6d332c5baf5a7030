//! Profiles in PostgreSQL: a create is one statement, an update reads and writes where nobody
//! else did in between. Several requests share a connection, which sends what they ask for
//! without waiting for each other's answers.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::StatusCode;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Error, NoTls, Row, Statement};

use super::profile::{Change, Profile, folded, now};
use super::{Asked, Page};

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS profile(
    id text PRIMARY KEY, text text NOT NULL, version bigint NOT NULL, uuid text UNIQUE,
    first text, middle text, last text, name text NOT NULL,
    first_folded text, middle_folded text, last_folded text, name_folded text NOT NULL,
    created bigint NOT NULL, updated bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS profile_created ON profile(created, id);
CREATE INDEX IF NOT EXISTS profile_updated ON profile(updated, id);
CREATE INDEX IF NOT EXISTS profile_first ON profile(first_folded, first, id);
CREATE INDEX IF NOT EXISTS profile_middle ON profile(middle_folded, middle, id);
CREATE INDEX IF NOT EXISTS profile_last ON profile(last_folded, last, id);
CREATE INDEX IF NOT EXISTS profile_name ON profile(name_folded, name, id);
CREATE TABLE IF NOT EXISTS contact(
    id text PRIMARY KEY, profile text NOT NULL, key text NOT NULL, value text NOT NULL, uuid text UNIQUE,
    UNIQUE(profile, key, value)
);
";

const CREATE: &str = "
WITH made AS (
    INSERT INTO profile VALUES($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
)
INSERT INTO contact SELECT id, $1, key, value, uuid
FROM unnest($13::text[], $14::text[], $15::text[], $16::text[]) AS sent(id, key, value, uuid)";

const UPDATE: &str = "
UPDATE profile SET text = $3, version = version + 1, first = $4, middle = $5, last = $6, name = $7,
    first_folded = $8, middle_folded = $9, last_folded = $10, name_folded = $11, updated = $12
WHERE id = $1 AND version = $2";

/// Number of connections.
const CONNECTIONS: usize = 24;

/// A database of profiles.
pub(super) struct Postgres {
    connections: Vec<Prepared>,
    next: AtomicUsize,
}

/// A connection with its statements.
struct Prepared {
    client: Client,
    read: Statement,
    by_name: Statement,
    count: Statement,
    last_name: Statement,
    create: Statement,
    update: Statement,
}

impl Postgres {
    /// Connects, and makes the tables if they are not there.
    pub(super) async fn open(url: &str) -> Self {
        let mut connections = Vec::new();
        for _ in 0..CONNECTIONS {
            connections.push(Prepared::open(url).await.expect("the database answers"));
        }
        let next = AtomicUsize::new(0);
        Self { connections, next }
    }

    fn connection(&self) -> &Prepared {
        let next = self.next.fetch_add(1, Ordering::Relaxed);
        &self.connections[next % self.connections.len()]
    }

    /// The text and the version of a profile.
    async fn stored(&self, id: &str) -> Result<Option<(String, i64)>, StatusCode> {
        let one = self.connection();
        let found = one.client.query_opt(&one.read, &[&id]).await;
        let both = |row: Row| (row.get(0), row.get(1));
        Ok(found.map_err(status)?.map(both))
    }

    pub(super) async fn read(&self, id: &str) -> Result<Option<String>, StatusCode> {
        Ok(self.stored(id).await?.map(|(text, _)| text))
    }

    pub(super) async fn list(&self, asked: &Asked) -> Result<Page, StatusCode> {
        let one = self.connection();
        let (rows, total) = match asked {
            Asked::ByName { limit, offset } => {
                let values: [&(dyn ToSql + Sync); 2] = [limit, offset];
                let rows = one.client.query(&one.by_name, &values);
                let count = one.client.query_one(&one.count, &[]);
                let (rows, count) = tokio::try_join!(rows, count).map_err(status)?;
                (rows, count.get(0))
            }
            Asked::LastName(name) => {
                let rows = one.client.query(&one.last_name, &[name]).await;
                let rows = rows.map_err(status)?;
                let total = rows.len() as i64;
                (rows, total)
            }
        };
        let mut page = Page::new();
        rows.iter().for_each(|row| page.push(row.get(0)));
        page.total = total;
        Ok(page.end())
    }

    pub(super) async fn create(&self, profile: &Profile, text: &str) -> Result<(), StatusCode> {
        let fold = |text: &Option<String>| text.as_deref().map(folded);
        let contacts = &profile.contacts;
        let ids: Vec<&str> = contacts.iter().map(|one| one.contact_id.as_str()).collect();
        let keys: Vec<&str> = contacts.iter().map(|one| one.key.as_str()).collect();
        let values: Vec<&str> = contacts.iter().map(|one| one.value.as_str()).collect();
        let uuids: Vec<Option<&str>> = contacts.iter().map(|one| one.uuid.as_deref()).collect();
        let one = self.connection();
        let values: [&(dyn ToSql + Sync); 16] = [
            &profile.profile_id,
            &text,
            &profile.uuid,
            &profile.first_name,
            &profile.middle_name,
            &profile.last_name,
            &profile.name,
            &fold(&profile.first_name),
            &fold(&profile.middle_name),
            &fold(&profile.last_name),
            &folded(&profile.name),
            &now(),
            &ids,
            &keys,
            &values,
            &uuids,
        ];
        let made = one.client.execute(&one.create, &values).await;
        made.map(|_| ()).map_err(status)
    }

    pub(super) async fn update(&self, id: &str, change: Change) -> Result<String, StatusCode> {
        let fold = |text: &Option<String>| text.as_deref().map(folded);
        loop {
            let stored = self.stored(id).await?;
            let (stored, version) = stored.ok_or(StatusCode::NOT_FOUND)?;
            let profile = Profile::update(&stored, change.clone())?;
            let text = profile.text();
            let one = self.connection();
            let values: [&(dyn ToSql + Sync); 12] = [
                &id,
                &version,
                &text,
                &profile.first_name,
                &profile.middle_name,
                &profile.last_name,
                &profile.name,
                &fold(&profile.first_name),
                &fold(&profile.middle_name),
                &fold(&profile.last_name),
                &folded(&profile.name),
                &now(),
            ];
            let changed = one.client.execute(&one.update, &values).await;
            // Otherwise somebody else wrote in between.
            if changed.map_err(status)? == 1 {
                return Ok(text);
            }
        }
    }
}

impl Prepared {
    async fn open(url: &str) -> Result<Self, Error> {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        client.batch_execute(TABLES).await?;
        Ok(Self {
            read: client
                .prepare("SELECT text, version FROM profile WHERE id = $1")
                .await?,
            by_name: client
                .prepare(
                    "SELECT text FROM profile ORDER BY name_folded, name, id LIMIT $1 OFFSET $2",
                )
                .await?,
            count: client.prepare("SELECT count(*) FROM profile").await?,
            last_name: client
                .prepare("SELECT text FROM profile WHERE last_folded = $1 ORDER BY created, id")
                .await?,
            create: client.prepare(CREATE).await?,
            update: client.prepare(UPDATE).await?,
            client,
        })
    }
}

fn status(error: Error) -> StatusCode {
    match error.code() {
        Some(&SqlState::UNIQUE_VIOLATION) => StatusCode::CONFLICT,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
