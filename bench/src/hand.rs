//! A server as a careful developer would write it by hand for the same four operations: axum
//! and rusqlite, with one connection for writing and several for reading. It has the same
//! durability (WAL, `synchronous=FULL`), indexes and responses, but no conditional requests,
//! tenants or handling of unknown members, and only one token.

use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use crate::server::TOKEN;

const TABLE: &str = "
CREATE TABLE profile(
    id INTEGER PRIMARY KEY,
    country TEXT, enabled INTEGER NOT NULL, first TEXT, middle TEXT, last TEXT, name TEXT NOT NULL,
    first_folded TEXT, middle_folded TEXT, last_folded TEXT, name_folded TEXT,
    created INTEGER NOT NULL, updated INTEGER NOT NULL, uuid TEXT UNIQUE
);
CREATE INDEX profile_created ON profile(created, id);
CREATE INDEX profile_first ON profile(first_folded);
CREATE INDEX profile_middle ON profile(middle_folded);
CREATE INDEX profile_last ON profile(last_folded);
CREATE INDEX profile_name ON profile(name_folded);
";

const COLUMNS: &str = "id, country, enabled, first, middle, last, name, created, updated, uuid";

#[derive(Clone)]
struct Shared {
    writer: Arc<Mutex<Connection>>,
    readers: Arc<Mutex<Vec<Connection>>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Profile {
    profile_id: String,
    contacts: [u8; 0],
    country_numeric_code: Option<String>,
    country: Option<Country>,
    enabled: bool,
    first_name: Option<String>,
    middle_name: Option<String>,
    last_name: Option<String>,
    name: String,
    tags: [u8; 0],
    create_time: String,
    update_time: String,
    uuid: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Country {
    country_id: &'static str,
    country_name: &'static str,
    alpha2_code: &'static str,
    alpha3_code: &'static str,
    numeric_code: &'static str,
    geographic_region_numeric_code: &'static str,
    geographic_region_name: &'static str,
    create_time: &'static str,
    update_time: &'static str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    country_numeric_code: Option<String>,
    enabled: Option<bool>,
    first_name: Option<String>,
    middle_name: Option<String>,
    last_name: Option<String>,
    uuid: Option<String>,
}

#[derive(Deserialize)]
struct Page {
    limit: Option<u32>,
    offset: Option<u32>,
}

pub(crate) fn serve() -> ExitCode {
    let file = std::path::PathBuf::from(std::env::var("FIELDPROOF_DATA").expect("a folder"))
        .join("hand.sqlite3");
    let open = || {
        let connection = Connection::open(&file).expect("the database opens");
        connection
            .pragma_update(None, "journal_mode", "wal")
            .expect("a setting");
        connection
            .pragma_update(None, "synchronous", "full")
            .expect("a setting");
        connection
    };
    let writer = open();
    writer.execute_batch(TABLE).expect("the table is made");
    let shared = Shared {
        writer: Arc::new(Mutex::new(writer)),
        readers: Arc::new(Mutex::new((0..16).map(|_| open()).collect())),
    };
    let router = Router::new()
        .route("/profiles", get(list).post(create))
        .route("/profiles/{id}", get(read).put(update))
        .with_state(shared);
    let threads = tokio::runtime::Runtime::new().expect("threads");
    threads.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        say(&format!(
            "listening on http://{}",
            listener.local_addr().expect("an address")
        ));
        axum::serve(listener, router)
            .await
            .expect("the server serves");
    });
    ExitCode::SUCCESS
}

#[allow(clippy::print_stdout, reason = "the first line says where it listens")]
fn say(line: &str) {
    println!("{line}");
}

fn admit(headers: &HeaderMap) -> Result<(), StatusCode> {
    let sent = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    match sent.and_then(|value| value.strip_prefix("Bearer ")) {
        Some(TOKEN) => Ok(()),
        _ => Err(StatusCode::UNAUTHORIZED),
    }
}

async fn reading<T: Send + 'static>(
    shared: Shared,
    read: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
) -> Result<T, StatusCode> {
    tokio::task::spawn_blocking(move || {
        let connection = shared
            .readers
            .lock()
            .expect("readers")
            .pop()
            .expect("a reader");
        let done = read(&connection);
        shared.readers.lock().expect("readers").push(connection);
        done.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
    })
    .await
    .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?
}

async fn writing<T: Send + 'static>(
    shared: Shared,
    write: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
) -> Result<T, StatusCode> {
    tokio::task::spawn_blocking(move || {
        write(&shared.writer.lock().expect("the writer")).map_err(|_| StatusCode::CONFLICT)
    })
    .await
    .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?
}

async fn read(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, StatusCode> {
    admit(&headers)?;
    let found = reading(shared, move |connection| {
        let mut query =
            connection.prepare_cached(&format!("SELECT {COLUMNS} FROM profile WHERE id = ?1"))?;
        query.query_row([number(&id)], profile).optional()
    })
    .await?;
    found
        .map(|one| Json(one).into_response())
        .ok_or(StatusCode::NOT_FOUND)
}

async fn list(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Query(page): Query<Page>,
) -> Result<Response, StatusCode> {
    admit(&headers)?;
    let (limit, offset) = (page.limit.unwrap_or(50), page.offset.unwrap_or(0));
    let (found, total) = reading(shared, move |connection| {
        let mut query = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM profile ORDER BY created, id LIMIT ?1 OFFSET ?2"
        ))?;
        let found: Vec<Profile> = query
            .query_map((limit, offset), profile)?
            .collect::<Result<_, _>>()?;
        let mut count = connection.prepare_cached("SELECT count(*) FROM profile")?;
        Ok((found, count.query_row([], |row| row.get::<_, i64>(0))?))
    })
    .await?;
    Ok(([("x-total-count", total.to_string())], Json(found)).into_response())
}

async fn create(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Json(body): Json<Body>,
) -> Result<Response, StatusCode> {
    admit(&headers)?;
    for text in [&body.first_name, &body.middle_name, &body.last_name]
        .into_iter()
        .flatten()
    {
        if text.chars().count() > 255 {
            return Err(StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
    let made = writing(shared, move |connection| {
        let parts = [&body.first_name, &body.middle_name, &body.last_name];
        let name: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        let name = name.join(" ");
        let now = now();
        let fold = |text: &Option<String>| text.as_ref().map(|text| text.to_lowercase());
        let mut insert = connection.prepare_cached(
            "INSERT INTO profile(country, enabled, first, middle, last, name, first_folded, middle_folded, last_folded, name_folded, created, updated, uuid)
             VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?12)",
        )?;
        let folded = name.to_lowercase();
        insert.execute(rusqlite::params![
            body.country_numeric_code, body.enabled.unwrap_or(true), body.first_name, body.middle_name, body.last_name, name,
            fold(&body.first_name), fold(&body.middle_name), fold(&body.last_name), folded, now, body.uuid
        ])?;
        let mut query = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM profile WHERE id = ?1"))?;
        query.query_row([connection.last_insert_rowid()], profile)
    })
    .await?;
    Ok((StatusCode::CREATED, Json(made)).into_response())
}

async fn update(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Json(body): Json<Body>,
) -> Result<Response, StatusCode> {
    admit(&headers)?;
    let found = writing(shared, move |connection| {
        let id = number(&id);
        let mut query = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM profile WHERE id = ?1"))?;
        let Some(mut one) = query.query_row([id], profile).optional()? else { return Ok(None) };
        one.last_name = body.last_name.or(one.last_name);
        let parts = [&one.first_name, &one.middle_name, &one.last_name];
        let name: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        one.name = name.join(" ");
        let folded = one.last_name.as_ref().map(|text| text.to_lowercase());
        let mut change = connection.prepare_cached("UPDATE profile SET last = ?2, last_folded = ?3, name = ?4, name_folded = ?5, updated = ?6 WHERE id = ?1")?;
        change.execute(rusqlite::params![id, one.last_name, folded, one.name, one.name.to_lowercase(), now()])?;
        Ok(Some(one))
    })
    .await?;
    found
        .map(|one| Json(one).into_response())
        .ok_or(StatusCode::NOT_FOUND)
}

fn number(id: &str) -> i64 {
    i64::from_str_radix(id, 16).unwrap_or(-1)
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_micros() as i64)
}

fn profile(row: &Row<'_>) -> rusqlite::Result<Profile> {
    let country: Option<String> = row.get(1)?;
    let known = country.as_deref() == Some("840");
    Ok(Profile {
        profile_id: format!("{:024x}", row.get::<_, i64>(0)?),
        contacts: [],
        country: known.then_some(Country {
            country_id: "6006dda272f002519c3eb505",
            country_name: "United States",
            alpha2_code: "US",
            alpha3_code: "USA",
            numeric_code: "840",
            geographic_region_numeric_code: "021",
            geographic_region_name: "Northern America",
            create_time: "2021-01-01T00:00:00+00:00",
            update_time: "2021-01-01T00:00:00+00:00",
        }),
        country_numeric_code: country,
        enabled: row.get(2)?,
        first_name: row.get(3)?,
        middle_name: row.get(4)?,
        last_name: row.get(5)?,
        name: row.get(6)?,
        tags: [],
        create_time: time(row.get(7)?),
        update_time: time(row.get(8)?),
        uuid: row.get(9)?,
    })
}

/// Formats a time, converting days to a civil date.
fn time(micros: i64) -> String {
    let seconds = micros.div_euclid(1_000_000);
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let era_day = days + 719_468;
    let era = era_day.div_euclid(146_097);
    let day = era_day.rem_euclid(146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let date = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year + era * 400 + i64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{date:02}T{:02}:{:02}:{:02}+00:00",
        rest / 3_600,
        rest / 60 % 60,
        rest % 60
    )
}
