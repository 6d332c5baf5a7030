//! The page where an invited user sets a password.

use std::sync::Arc;

use axum::Router;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, HeaderValue, REFERRER_POLICY};
use http::{HeaderMap, StatusCode, Uri};
use serde_json::Value;

use crate::body::{Media, media, parse};
use crate::problem::{Problem, escape, html};
use crate::query::decode;
use crate::service::Service;
use crate::store::Store;
use crate::write::Invitation;

/// The path of the page.
pub(super) const PATH: &str = "/signup";

/// The text for a link that is no longer valid.
const OVER: &str = "<p>This link was used already, or its time is over. Ask for a new one.</p>";

/// The routes of the page, if an API sends invitations.
pub(super) fn router(services: &[Arc<Service>], store: Arc<dyn Store>) -> Router {
    let invites = |service: &&Arc<Service>| {
        let mut tables = service.api.tables();
        tables.any(|table| table.invite.is_some())
    };
    let services: Arc<[Arc<Service>]> = services.iter().filter(invites).cloned().collect();
    if services.is_empty() {
        return Router::new();
    }
    // Mail programs may open links, so showing the page must not change anything.
    let show = |uri: Uri| async move {
        let token = member(uri.query().unwrap_or_default(), "token");
        private(Html(form(&token, "")).into_response())
    };
    let take = move |headers: HeaderMap, body: Bytes| {
        let (services, store) = (Arc::clone(&services), Arc::clone(&store));
        async move { private(answer(&services, &*store, &headers, &body).await) }
    };
    Router::new().route(PATH, get(show).post(take))
}

/// Answers JSON with a status or problem details, and a form with a page.
async fn answer(
    services: &[Arc<Service>],
    store: &dyn Store,
    headers: &HeaderMap,
    body: &Bytes,
) -> Response {
    if media(headers, body, false) != Media::Other {
        let sent = parse(body).map(|sent| {
            let token = sent["token"].as_str().unwrap_or_default().to_owned();
            (token, sent["password"].clone())
        });
        let done = match sent {
            Ok((token, password)) => accept(services, store, &token, password).await,
            Err(problem) => Err(problem),
        };
        return match done {
            Ok(()) => StatusCode::NO_CONTENT.into_response(),
            Err(problem) => problem.into_response(),
        };
    }
    let text = String::from_utf8_lossy(body);
    let (token, password) = (member(&text, "token"), member(&text, "password"));
    match accept(services, store, &token, password.into()).await {
        Ok(()) => Html(html(
            "Your password is set",
            "<p>You can close this page.</p>",
        ))
        .into_response(),
        Err(problem) if problem.status == 404 => {
            (StatusCode::NOT_FOUND, Html(html("Set your password", OVER))).into_response()
        }
        Err(problem) => {
            let details: Vec<&str> = problem
                .errors
                .iter()
                .map(|one| one.detail.as_str())
                .collect();
            let why = match details.as_slice() {
                [] => problem.detail.clone(),
                details => format!("The password {}.", details.join(", ")),
            };
            let status = StatusCode::from_u16(problem.status);
            let status = status.unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
            (status, Html(form(&token, &why))).into_response()
        }
    }
}

async fn accept(
    services: &[Arc<Service>],
    store: &dyn Store,
    token: &str,
    password: Value,
) -> Result<(), Problem> {
    let invitation = Invitation::of(store, token)
        .await?
        .ok_or_else(Problem::not_found)?;
    let own = |service: &&Arc<Service>| {
        let mut tables = service.api.tables();
        tables.any(|table| table.name == invitation.table)
    };
    let service = services.iter().find(own).ok_or_else(Problem::not_found)?;
    service.accept_invitation(invitation, password).await
}

fn form(token: &str, why: &str) -> String {
    let (token, why) = (escape(token), escape(why));
    let note = if why.is_empty() {
        String::new()
    } else {
        format!("<p role=\"alert\">{why}</p>")
    };
    html(
        "Set your password",
        &format!(
            "{note}<form method=\"post\"><input type=\"hidden\" name=\"token\" value=\"{token}\">\
             <p><label>New password<br><input type=\"password\" name=\"password\" required autofocus \
             autocomplete=\"new-password\"></label></p><p><button>Set password</button></p></form>"
        ),
    )
}

/// Keeps the token in the URL out of caches and from other sites.
fn private(mut answer: Response) -> Response {
    let headers = answer.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}

/// The first value called `name`; empty if the text is not a form.
fn member(form: &str, name: &str) -> String {
    let pairs = decode(form).unwrap_or_default();
    let found = pairs.into_iter().find(|(one, _)| one == name);
    found.map(|(_, value)| value).unwrap_or_default()
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use serde_json::Value;

    use super::accept;
    use crate::api::{Accepted, Api, Entry};
    use crate::auth::{MemoryTokens, hash, hex};
    use crate::problem::Problem;
    use crate::service::Service;
    use crate::store::{Durability, Memory, Model, Store};
    use crate::table::Table;
    use crate::value::Instant;
    use crate::write::Invitation;

    static MINE: Table = Table::internal("mine");
    static YOURS: Table = Table::internal("yours");

    /// An API with these tables.
    pub(in crate::server) const fn api(resources: &'static [Entry]) -> Api {
        Api {
            name: "api",
            scope: "api",
            openapi: "{}",
            resources,
            ..Api::BASE
        }
    }

    const fn invited(table: &'static Table) -> Entry {
        Entry {
            accept_invitation: Some(taken),
            ..Entry::new(Model::new(table, |_| Err(Problem::internal())))
        }
    }

    fn taken(_: &Service, _: Invitation, _: Value) -> Accepted<'_> {
        Box::pin(async { Ok(()) })
    }

    #[test]
    fn of_two_apis_that_invite_the_one_of_the_link_is_asked() {
        static FIRST: Api = api(&[invited(&MINE)]);
        static SECOND: Api = api(&[invited(&YOURS)]);
        let store: Arc<dyn Store> = Arc::new(Memory::new(|| Instant::from_micros(0)));
        let invitation = Invitation {
            id: "1".to_owned(),
            table: "yours".to_owned(),
            tenant: "t".to_owned(),
            object: "1".to_owned(),
            to: String::new(),
            tries: 1,
            settled: true,
            expires: 1,
            hash: Some(hex(&hash("token"))),
        };
        let put = move |tx: &mut dyn crate::store::Transaction| {
            invitation.put(tx, Instant::from_micros(0))
        };
        store.commit("t", Durability::Full, put).wait().unwrap();
        let service = |api: &'static Api| {
            let tokens = Arc::new(MemoryTokens::default());
            let new = Service::new(api, Arc::default(), Arc::clone(&store), tokens);
            Arc::new(Service { mails: true, ..new })
        };
        let services = [service(&FIRST), service(&SECOND)];
        let threads = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let done = |services: &[Arc<Service>], token: &str| {
            let done = threads.block_on(accept(services, &*store, token, Value::Null));
            done.map_err(|problem| problem.status)
        };
        assert_eq!(done(&services, "token"), Ok(()));
        assert_eq!(done(&services[..1], "token"), Err(404));
        assert_eq!(done(&services, "other"), Err(404));
    }
}
