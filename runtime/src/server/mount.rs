//! Assembles the routes of a server.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use http::Extensions;
use http::header::{CONTENT_TYPE, HeaderValue};
use tower::ServiceExt;

use super::failure::Failure;
use super::program::Added;
use super::{openapi, reference, signup};
use crate::api::Api;
use crate::metrics::Metrics;
use crate::problem::{self, Problem};
use crate::service::Service;
use crate::store::Store;
use crate::value::Instant;

/// Paths of the server itself.
const OWN: &[&str] = &[
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/openapi/{api}",
    "/problems",
    "/problems/{code}",
    "/docs",
    "/docs/{api}",
    signup::PATH,
];

/// The routes of all APIs below their bases, and those of the server itself; before them those
/// that the program adds: `pages`, and routes by API.
pub(super) fn router(
    services: &[Arc<Service>],
    pages: Router,
    mut added: HashMap<&'static str, Added>,
    store: Arc<dyn Store>,
    metrics: Arc<Metrics>,
) -> Router {
    let mut first = pages;
    let mut router = own(services, Arc::clone(&store)).merge(measured(store, metrics));
    for service in services {
        let mut routes = (service.api.routes)();
        if let Some(added) = added.remove(service.api.name) {
            let (own, behind) = routes.behind(added.routes);
            first = below(first, service, own.merge(added.router));
            routes = behind;
        }
        router = below(router, service, routes.into());
    }
    before(first, router.fallback(|| async { Problem::not_found() }))
}

/// Adds the routes of a service below its base.
fn below(router: Router, service: &Arc<Service>, routes: Router<Arc<Service>>) -> Router {
    let routes = routes.with_state(Arc::clone(service));
    match service.base.as_str() {
        "" => router.merge(routes),
        base => router.nest(base, routes),
    }
}

/// A router that asks `first`, and `then` for every path and method that the first has not.
fn before(first: Router, then: Router) -> Router {
    if !first.has_routes() {
        return then;
    }
    let next = then.clone();
    let next = move |mut request: Request| async move {
        // Who matched the path has noted its parameters, which `then` notes again.
        if let Some(AsSent(extensions)) = request.extensions_mut().remove() {
            *request.extensions_mut() = extensions;
        }
        next.oneshot(request).await
    };
    let first = first
        .method_not_allowed_fallback(next)
        .fallback_service(then);
    Router::new().fallback(move |mut request: Request| async move {
        let sent = AsSent(request.extensions().clone());
        request.extensions_mut().insert(sent);
        first.oneshot(request).await
    })
}

/// What was known of a request before its path was matched.
#[derive(Clone)]
struct AsSent(Extensions);

fn own(services: &[Arc<Service>], store: Arc<dyn Store>) -> Router {
    let signup = signup::router(services, Arc::clone(&store));
    // Kept once, however many responses with it are being sent.
    let whole = Bytes::from(openapi::whole(services));
    let each: Vec<(String, Bytes)> = services
        .iter()
        .map(|service| {
            (
                format!("{}.json", service.api.name),
                openapi::of(service).to_string().into(),
            )
        })
        .collect();
    let docs = Bytes::from(docs(services));
    let pages: Vec<(&str, Bytes)> = services
        .iter()
        .map(|service| {
            let page = reference::page(&openapi::of(service));
            (service.api.name, page.into())
        })
        .collect();
    let page = move |Path(name): Path<String>| {
        let found = pages
            .iter()
            .find(|(api, _)| *api == name)
            .map(|(_, page)| page.clone());
        async move { found.map(Html).ok_or_else(Problem::not_found) }
    };
    let ready = move || {
        let store = Arc::clone(&store);
        async move { ready(store).await }
    };
    let one = move |Path(name): Path<String>| {
        let found = each
            .iter()
            .find(|(file, _)| *file == name)
            .map(|(_, text)| text.clone());
        async move { found.map(json).ok_or_else(Problem::not_found) }
    };
    let explain = |Path(code): Path<String>| async move {
        problem::page(&code)
            .map(Html)
            .ok_or_else(Problem::not_found)
    };
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/openapi.json", get(move || async move { json(whole) }))
        .route("/openapi/{api}", get(one))
        .route("/problems", get(|| async { Html(problem::index()) }))
        .route("/problems/{code}", get(explain))
        .route("/docs", get(move || async move { Html(docs) }))
        .route("/docs/{api}", get(page))
        .merge(signup)
}

/// Whether the store can keep what it is given; if not, why, without any path.
async fn ready(store: Arc<dyn Store>) -> Response {
    let Err(error) = store.ready().await else {
        let risks = store.risks().iter().map(|risk| format!("; {risk}"));
        return format!("ready{}", risks.collect::<String>()).into_response();
    };
    tracing::warn!(%error, "not ready");
    let refused = match error.trouble() {
        Some(trouble) => Problem::not_ready(&trouble.to_string()),
        None => Problem::not_ready("the database cannot be used; the log says why"),
    };
    refused.into_response()
}

/// Serves the metrics to anyone who reaches the server.
fn measured(store: Arc<dyn Store>, metrics: Arc<Metrics>) -> Router {
    let read = move || {
        let (store, metrics) = (Arc::clone(&store), Arc::clone(&metrics));
        async move {
            let text = store.backlog().await.map_err(|error| error.to_string());
            let text = text.and_then(|backlog| {
                let text = metrics.text(&backlog, Instant::now());
                text.map_err(|error| error.to_string())
            });
            match text {
                Ok(text) => ([(CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
                Err(error) => {
                    tracing::warn!(error, "not measured");
                    Problem::unavailable().into_response()
                }
            }
        }
    };
    Router::new().route("/metrics", get(read))
}

/// Media type of the text format that Prometheus and others read.
const OPEN_METRICS: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// Refuses two routes that match the same request.
///
/// # Errors
/// A message that names both paths.
pub(super) fn refuse_collisions(apis: &[&'static Api], bases: &[String]) -> Result<(), Failure> {
    let mut routes: Vec<(&str, String)> = OWN
        .iter()
        .map(|path| ("the server", (*path).to_owned()))
        .collect();
    for (api, base) in apis.iter().zip(bases) {
        for (path, _) in (api.routes)().paths() {
            let path = format!("{base}{path}");
            let other = routes
                .iter()
                .find(|(owner, other)| *owner != api.name && overlap(other, &path));
            if let Some((owner, other)) = other {
                return Err(format!(
                    "the paths `{other}` of {owner} and `{path}` of {} collide; set another base with --base {}=/PATH",
                    api.name, api.name
                )
                .into());
            }
            routes.push((api.name, path));
        }
    }
    Ok(())
}

/// Whether a path belongs to the server itself.
pub(super) fn is_own(path: &str) -> bool {
    OWN.iter().any(|own| overlap(own, path))
}

/// Whether one request could match both paths.
pub(super) fn overlap(one: &str, other: &str) -> bool {
    let parameter = |segment: &str| segment.starts_with('{');
    let (one, other): (Vec<&str>, Vec<&str>) =
        (one.split('/').collect(), other.split('/').collect());
    one.len() == other.len()
        && one
            .iter()
            .zip(&other)
            .all(|(a, b)| a == b || parameter(a) || parameter(b))
}

fn json(text: Bytes) -> Response {
    (
        [(CONTENT_TYPE, HeaderValue::from_static("application/json"))],
        text,
    )
        .into_response()
}

fn docs(services: &[Arc<Service>]) -> String {
    let row = |service: &Arc<Service>| {
        let (name, title) = (service.api.name, service.api.title);
        let base = if service.base.is_empty() {
            "/"
        } else {
            &service.base
        };
        format!(
            "<li><a href=\"/docs/{name}\">{title}</a>, below <code>{base}</code>; <a href=\"/openapi/{name}.json\">OpenAPI</a></li>"
        )
    };
    let rows: String = services.iter().map(row).collect();
    problem::html(
        "APIs of this server",
        &format!("<ul>{rows}</ul><p><a href=\"/problems\">Problems</a></p>"),
    )
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::extract::{Path, Request};
    use axum::routing::{get, post};
    use tower::ServiceExt;

    use super::{before, overlap, refuse_collisions};
    use crate::api::Api;
    use crate::server::signup::tests::api;
    use crate::service::{self, Routes};

    #[tokio::test]
    async fn a_route_of_ones_own_replaces_one_method_of_a_path() {
        let says = |text: &'static str| get(move || async move { text });
        let emitted = says("emitted").put(|| async { "emitted" });
        let emitted = Router::new()
            .route("/a", emitted)
            .route("/b", says("emitted"))
            .route(
                "/d/{one}",
                get(|Path(one): Path<String>| async move { one }),
            );
        let own = Router::new()
            .route("/a", says("own"))
            .route("/d/{other}", post(|| async { "own" }))
            .route("/c", says("own"));
        let below = |router: Router| Router::new().nest("/v1", router);
        let router = before(below(own), below(emitted));
        for (method, path, expected) in [
            ("GET", "/v1/a", "own"),
            ("PUT", "/v1/a", "emitted"),
            ("GET", "/v1/b", "emitted"),
            ("GET", "/v1/c", "own"),
            ("POST", "/v1/d/x", "own"),
            ("GET", "/v1/d/x", "x"),
        ] {
            let request = Request::builder().method(method).uri(path);
            let request = request.body(Body::empty()).unwrap();
            let answer = router.clone().oneshot(request).await.unwrap();
            let body = to_bytes(answer.into_body(), 100).await.unwrap();
            assert_eq!(body, expected, "{method} {path}");
        }
    }

    #[test]
    fn paths_of_the_server_are_taken() {
        static API: Api = Api {
            routes: || Routes::new().at("/metrics", service::get(|| async {})),
            ..api(&[])
        };
        let refused = refuse_collisions(&[&API], &[String::new()]);
        let said = refused.unwrap_err().to_string();
        assert!(said.contains("`/metrics` of the server"), "{said}");
        assert!(refuse_collisions(&[&API], &["/v1".to_owned()]).is_ok());
    }

    #[test]
    fn templates_collide_when_one_request_fits_both() {
        assert!(overlap("/a/{x}", "/a/{y}"));
        assert!(overlap("/a/{x}", "/a/b"));
        assert!(!overlap("/a/{x}", "/a"));
        assert!(!overlap("/a", "/b"));
    }
}
