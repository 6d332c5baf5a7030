//! A server as a careful developer would write it by hand for the operations that are measured:
//! axum over rusqlite or tokio-postgres, as durable as the generated one. It stores each profile
//! as the text that it answers with, beside the columns that are asked for. It knows one token,
//! no tenants, conditional requests, watches or members that are not documented, and no other
//! filters and orders than the measured ones.

mod postgres;
mod profile;
mod sqlite;

use std::process::ExitCode;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;

use self::postgres::Postgres;
use self::profile::{Body, Change, Profile, folded};
use self::sqlite::Sqlite;
use crate::server::{DATA, DATABASE, TOKEN};

/// Where the profiles are.
enum Store {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// Which profiles a list answers with.
enum Asked {
    /// Those from this one on, by name.
    ByName { limit: i64, offset: i64 },
    /// Those with this folded last name, the first made first.
    LastName(String),
}

/// The texts of a page, as one JSON array, and the number of all that are asked for.
struct Page {
    text: String,
    total: i64,
}

impl Page {
    fn new() -> Self {
        let text = "[".to_owned();
        Self { text, total: 0 }
    }

    /// Adds the text of a profile.
    fn push(&mut self, text: &str) {
        if self.text.len() > 1 {
            self.text.push(',');
        }
        self.text.push_str(text);
    }

    /// The whole array.
    fn end(mut self) -> Self {
        self.text.push(']');
        self
    }
}

#[derive(Deserialize)]
struct Parameters {
    limit: Option<i64>,
    offset: Option<i64>,
    sort_by: Option<String>,
    #[serde(rename = "filter[lastName]")]
    last_name: Option<String>,
}

type Shared = State<Arc<Store>>;

/// Serves until the process is killed.
pub(crate) fn serve() -> ExitCode {
    let threads = tokio::runtime::Runtime::new().expect("threads");
    threads.block_on(async {
        let store = match std::env::var(DATABASE) {
            Ok(url) => Store::Postgres(Postgres::open(&url).await),
            Err(_) => Store::Sqlite(Sqlite::open(&std::env::var(DATA).expect("a folder"))),
        };
        let router = Router::new()
            .route("/profiles", get(list).post(create))
            .route("/profiles/{id}", get(read).put(update))
            .with_state(Arc::new(store));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port");
        say(&listener.local_addr().expect("an address").to_string());
        axum::serve(listener, router).await.expect("it serves");
    });
    ExitCode::SUCCESS
}

#[allow(clippy::print_stdout, reason = "the first line says where it listens")]
fn say(address: &str) {
    println!("listening on http://{address}");
}

fn admit(headers: &HeaderMap) -> Result<(), StatusCode> {
    let sent = headers.get(header::AUTHORIZATION);
    let sent = sent.and_then(|value| value.to_str().ok());
    match sent.and_then(|value| value.strip_prefix("Bearer ")) {
        Some(TOKEN) => Ok(()),
        _ => Err(StatusCode::UNAUTHORIZED),
    }
}

fn json(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], text).into_response()
}

async fn read(
    State(store): Shared,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, StatusCode> {
    admit(&headers)?;
    let found = match &*store {
        Store::Sqlite(store) => store.read(&id)?,
        Store::Postgres(store) => store.read(&id).await?,
    };
    Ok(json(StatusCode::OK, found.ok_or(StatusCode::NOT_FOUND)?))
}

async fn list(
    State(store): Shared,
    headers: HeaderMap,
    Query(parameters): Query<Parameters>,
) -> Result<Response, StatusCode> {
    admit(&headers)?;
    let asked = match (parameters.last_name, parameters.sort_by.as_deref()) {
        (Some(name), None) => Asked::LastName(folded(&name)),
        (None, Some("name")) => Asked::ByName {
            limit: parameters.limit.unwrap_or(50).clamp(1, 500),
            offset: parameters.offset.unwrap_or(0).max(0),
        },
        _ => return Err(StatusCode::NOT_IMPLEMENTED),
    };
    let page = match &*store {
        Store::Sqlite(store) => store.list(&asked)?,
        Store::Postgres(store) => store.list(&asked).await?,
    };
    let total = [("x-total-count", page.total.to_string())];
    Ok((total, json(StatusCode::OK, page.text)).into_response())
}

async fn create(
    State(store): Shared,
    headers: HeaderMap,
    Json(body): Json<Body>,
) -> Result<Response, StatusCode> {
    admit(&headers)?;
    let profile = Profile::create(body)?;
    let place = format!("/profiles/{}", profile.profile_id);
    let text = profile.text();
    match &*store {
        Store::Sqlite(store) => store.create(profile, text.clone()).await?,
        Store::Postgres(store) => store.create(&profile, &text).await?,
    }
    let place = [(header::LOCATION, place)];
    Ok((place, json(StatusCode::CREATED, text)).into_response())
}

async fn update(
    State(store): Shared,
    headers: HeaderMap,
    Path(id): Path<String>,
    Json(change): Json<Change>,
) -> Result<Response, StatusCode> {
    admit(&headers)?;
    let text = match &*store {
        Store::Sqlite(store) => store.update(id, change).await?,
        Store::Postgres(store) => store.update(&id, change).await?,
    };
    Ok(json(StatusCode::OK, text))
}
