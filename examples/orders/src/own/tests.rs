//! The rules asked without a process or a file: the routes over a store in memory.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use fieldproof_example_orders::{APIS, orders};
use fieldproof_runtime::auth::{Grant, MemoryTokens, Tokens, hash};
use fieldproof_runtime::server::Server;
use fieldproof_runtime::service::{Routes, post};
use fieldproof_runtime::store::Memory;
use fieldproof_runtime::value::Instant;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{actions, book};

/// The routes with the rules of the book, and the token `a-token`.
fn book() -> Router {
    served(actions::routes())
}

/// The routes with the rules of the book and `routes` of its own.
fn served(routes: Routes) -> Router {
    let tokens = MemoryTokens::default();
    let grant = Grant {
        tenant: "t".to_owned(),
        scopes: vec!["orders".to_owned()],
        user: None,
    };
    tokens.insert(&hash("a-token"), &grant, false).unwrap();
    let server = Server::new(APIS)
        .hooks(book::Book)
        .routes(&orders::API, routes);
    let store = Arc::new(Memory::new(Instant::now));
    server.router(store, Arc::new(tokens)).unwrap()
}

async fn ask(book: &Router, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", "Bearer a-token")
        .header("content-type", "application/json");
    let body = match body {
        Value::Null => Body::empty(),
        body => Body::from(body.to_string()),
    };
    let answer = book.clone().oneshot(request.body(body).unwrap()).await;
    let answer = answer.unwrap();
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

#[tokio::test]
async fn an_order_that_is_placed_keeps_its_lines() {
    let book = book();
    let order = json!({ "customer": "Ada", "lines": [{ "article": "espresso", "quantity": 2 }] });
    let (status, made) = ask(&book, "POST", "/v1/orders", &order).await;
    assert_eq!((status, &made["total"]), (201, &json!(440)), "{made}");
    let path = format!("/v1/orders/{}", made["orderId"].as_str().unwrap());
    let place = format!("{path}/place");
    assert_eq!(ask(&book, "POST", &place, &Value::Null).await.0, 200);
    let (status, refused) = ask(&book, "PATCH", &path, &json!({ "lines": [] })).await;
    assert_eq!(status, 409, "{refused}");
    let (_, shown) = ask(&book, "GET", &path, &Value::Null).await;
    assert_eq!(
        (&shown["lines"], &shown["state"]),
        (&order["lines"], &json!("placed"))
    );
}

#[tokio::test]
async fn own_methods_of_a_path_leave_the_others_as_they_are() {
    let book = served(Routes::new().at("/orders/{id}", post(|| async { "own" })));
    let order = json!({ "customer": "Ada" });
    let (_, made) = ask(&book, "POST", "/v1/orders", &order).await;
    let path = format!("/v1/orders/{}", made["orderId"].as_str().unwrap());
    assert_eq!(ask(&book, "POST", &path, &Value::Null).await.0, 200);
    let (status, shown) = ask(&book, "GET", &path, &Value::Null).await;
    assert_eq!((status, &shown["customer"]), (200, &json!("Ada")));
    let asked = Request::builder().method("OPTIONS").uri(&path);
    let answer = book.clone().oneshot(asked.body(Body::empty()).unwrap());
    let answer = answer.await.unwrap();
    assert_eq!(
        answer.headers()["allow"],
        "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"
    );
    assert_eq!(
        answer.headers()["accept-patch"],
        "application/json, application/merge-patch+json"
    );
}

#[tokio::test]
async fn an_order_that_is_too_large_is_not_placed() {
    let book = book();
    let line = json!({ "article": "espresso", "quantity": 1_000 });
    let order = json!({ "customer": "Ada", "lines": vec![line; 6] });
    let (_, made) = ask(&book, "POST", "/v1/orders", &order).await;
    let path = format!("/v1/orders/{}/place", made["orderId"].as_str().unwrap());
    let (status, refused) = ask(&book, "POST", &path, &Value::Null).await;
    let error = &refused["errors"][0];
    assert_eq!(
        (status, &error["pointer"], &error["code"]),
        (422, &json!("/lines"), &json!("too_large")),
        "{refused}"
    );
}
