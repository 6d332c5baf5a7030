//! Tokens for receivers, from a token server on loopback.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fieldproof_runtime::watch::client::{Client, Failure, Settings};
use fieldproof_runtime::watch::guard::Guard;
use fieldproof_runtime::watch::oauth::{AccessTokens, Bearer, Credentials, Denied, Grant, Granted};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::receiver::{Play, Receiver, answer, client};

const SECOND: Duration = Duration::from_secs(1);

fn tokens() -> AccessTokens {
    AccessTokens::new(client(), SECOND)
}

fn credentials(server: &Receiver) -> Credentials {
    Credentials {
        token_url: server.url("/token"),
        client_id: "me:us".to_owned(),
        client_secret: Some("s&t ü".to_owned()),
        scope: None,
        grant: Grant::ClientCredentials,
    }
}

fn refreshing(server: &Receiver, token: &str) -> Credentials {
    Credentials {
        grant: Grant::RefreshToken(token.to_owned()),
        ..credentials(server)
    }
}

/// Gives tokens `a0`, `a1` and so on, with more members.
async fn server(more: impl Fn(usize) -> String + Send + Sync + 'static) -> Receiver {
    let count = AtomicUsize::new(0);
    Receiver::start(move |_| {
        let at = count.fetch_add(1, Ordering::SeqCst);
        let more = more(at);
        let body = format!(r#"{{"access_token": "a{at}", "token_type": "Bearer"{more}}}"#);
        answer("200 OK", "content-type: application/json\r\n", &body)
    })
    .await
}

fn lasting(_: usize) -> String {
    r#", "expires_in": 3600"#.to_owned()
}

/// Replaces refresh tokens: `r0`, `r1` and so on.
fn rotating(at: usize) -> String {
    format!(r#", "expires_in": 3600, "refresh_token": "r{at}""#)
}

#[track_caller]
fn bearer(granted: Result<Granted, Denied>) -> Bearer {
    match granted {
        Ok(Granted::Token(bearer)) => bearer,
        other => panic!("no token: {other:?}"),
    }
}

#[track_caller]
fn rotated(granted: Result<Granted, Denied>) -> String {
    match granted {
        Ok(Granted::Rotated(new)) => new,
        other => panic!("no new refresh token: {other:?}"),
    }
}

/// The fields of the form of a request.
fn form(request: &str) -> Vec<(String, String)> {
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap();
        (name.to_owned(), value.to_owned())
    };
    body.split('&').map(pair).collect()
}

fn pairs(form: &[(&str, &str)]) -> Vec<(String, String)> {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    form.iter().map(own).collect()
}

#[tokio::test]
async fn a_client_with_a_secret_proves_itself_with_basic() {
    let server = server(lasting).await;
    let credentials = Credentials {
        scope: Some("read write".to_owned()),
        ..credentials(&server)
    };
    let token = bearer(tokens().token(&credentials).await);
    assert_eq!(token.header(), "Bearer a0");
    let request = &server.requests()[0];
    assert!(request.starts_with("POST /token HTTP/1.1\r\n"), "{request}");
    // base64 of `me%3Aus:s%26t+%C3%BC`.
    for line in [
        "\r\nauthorization: Basic bWUlM0F1czpzJTI2dCslQzMlQkM=\r\n",
        "\r\ncontent-type: application/x-www-form-urlencoded\r\n",
        "\r\naccept: application/json\r\n",
    ] {
        assert!(request.contains(line), "{request}");
    }
    let expected = [
        ("grant_type", "client_credentials"),
        ("scope", "read+write"),
    ];
    assert_eq!(form(request), pairs(&expected));
}

#[tokio::test]
async fn a_client_without_a_secret_names_itself_in_the_body() {
    let server = server(lasting).await;
    let credentials = Credentials {
        client_secret: None,
        ..refreshing(&server, "r/1")
    };
    bearer(tokens().token(&credentials).await);
    let request = &server.requests()[0];
    assert!(!request.contains("authorization"), "{request}");
    let expected = [
        ("grant_type", "refresh_token"),
        ("refresh_token", "r%2F1"),
        ("client_id", "me%3Aus"),
    ];
    assert_eq!(form(request), pairs(&expected));
}

#[tokio::test]
async fn a_token_is_kept_until_the_receiver_refuses_it() {
    let server = server(lasting).await;
    let (tokens, credentials) = (tokens(), credentials(&server));
    let first = bearer(tokens.token(&credentials).await);
    for _ in 0..5 {
        assert_eq!(bearer(tokens.token(&credentials).await), first);
    }
    assert_eq!(server.requests().len(), 1);
    tokens.reject(&credentials, &first).await;
    let second = bearer(tokens.token(&credentials).await);
    assert_eq!(second.header(), "Bearer a1");
    // Somebody else was refused with the first token, and tells it late.
    tokens.reject(&credentials, &first).await;
    assert_eq!(bearer(tokens.token(&credentials).await), second);
    assert_eq!(server.requests().len(), 2);
    // Others have tokens of their own.
    let others = Credentials {
        scope: Some("a".to_owned()),
        ..credentials
    };
    assert_ne!(bearer(tokens.token(&others).await), second);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let server = server(|_| r#", "expires_in": 2"#.to_owned()).await;
    let (tokens, credentials) = (tokens(), credentials(&server));
    let first = bearer(tokens.token(&credentials).await);
    assert_eq!(bearer(tokens.token(&credentials).await), first);
    sleep(SECOND + SECOND / 10).await;
    assert_ne!(bearer(tokens.token(&credentials).await), first);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_new_refresh_token_is_told_before_the_token_is_to_be_had() {
    let server = server(rotating).await;
    let (tokens, old) = (tokens(), refreshing(&server, "r"));
    assert_eq!(rotated(tokens.token(&old).await), "r0");
    // As long as it is not on record, it is told again, and nothing is asked for.
    assert_eq!(rotated(tokens.token(&old).await), "r0");
    let new = refreshing(&server, "r0");
    let first = bearer(tokens.token(&new).await);
    assert_eq!(first.header(), "Bearer a0");
    assert_eq!(server.requests().len(), 1);
    // The next request has the latest, whichever the credentials hold.
    tokens.reject(&new, &first).await;
    assert_eq!(rotated(tokens.token(&old).await), "r1");
    let second = server.requests().pop().unwrap();
    assert!(form(&second).contains(&("refresh_token".to_owned(), "r0".to_owned())));
    assert_eq!(rotated(tokens.token(&new).await), "r1");
    let second = bearer(tokens.token(&refreshing(&server, "r1")).await);
    assert_eq!(second.header(), "Bearer a1");
}

#[tokio::test]
async fn the_same_refresh_token_again_is_none_that_is_new() {
    let server = server(|_| r#", "refresh_token": "r""#.to_owned()).await;
    bearer(tokens().token(&refreshing(&server, "r")).await);
}

/// Asks twenty times at once; what came of it.
async fn at_once(tokens: &AccessTokens, credentials: &Credentials) -> Vec<Result<Granted, Denied>> {
    let mut asking = JoinSet::new();
    for _ in 0..20 {
        let (tokens, credentials) = (tokens.clone(), credentials.clone());
        asking.spawn(async move { tokens.token(&credentials).await });
    }
    asking.join_all().await
}

fn slowly(status: &str, body: &str) -> Play {
    let Play::Say(text) = answer(status, "", body) else {
        unreachable!("an answer says something");
    };
    Play::Later(Duration::from_millis(200), text)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_at_one_time_shares_a_request() {
    let body = r#"{"access_token": "a", "token_type": "bearer", "refresh_token": "r0"}"#;
    let server = Receiver::always(slowly("200 OK", body)).await;
    let tokens = tokens();
    for granted in at_once(&tokens, &refreshing(&server, "r")).await {
        assert_eq!(rotated(granted), "r0");
    }
    for granted in at_once(&tokens, &refreshing(&server, "r0")).await {
        bearer(granted);
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_at_one_time_shares_a_refusal() {
    let server = Receiver::always(slowly("503 Later", "")).await;
    let (tokens, credentials) = (tokens(), credentials(&server));
    for denied in at_once(&tokens, &credentials).await {
        assert_eq!(denied, Err(Denied::Status(503)));
    }
    assert_eq!(server.requests().len(), 1);
    assert!(tokens.token(&credentials).await.is_err());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_new_refresh_token_survives_who_has_asked_for_it() {
    let body = r#"{"access_token": "a", "token_type": "bearer", "refresh_token": "r0"}"#;
    let server = Receiver::always(slowly("200 OK", body)).await;
    let (tokens, credentials) = (tokens(), refreshing(&server, "r"));
    let asking = tokio::time::timeout(Duration::from_millis(20), tokens.token(&credentials));
    assert!(asking.await.is_err());
    assert_eq!(rotated(tokens.token(&credentials).await), "r0");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_refused_refresh_token_may_be_given_anew() {
    let count = AtomicUsize::new(0);
    let server = Receiver::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        1 => answer("400 Bad Request", "", r#"{"error": "invalid_grant"}"#),
        at => answer(
            "200 OK",
            "",
            &format!(
                r#"{{"access_token": "a", "token_type": "bearer", "refresh_token": "r{at}"}}"#
            ),
        ),
    })
    .await;
    let (tokens, old) = (tokens(), refreshing(&server, "r"));
    assert_eq!(rotated(tokens.token(&old).await), "r0");
    let new = refreshing(&server, "r0");
    let token = bearer(tokens.token(&new).await);
    tokens.reject(&new, &token).await;
    let denied = tokens.token(&new).await;
    assert_eq!(denied, Err(Denied::Refused("invalid_grant")));
    assert_eq!(rotated(tokens.token(&old).await), "r2");
    let last = server.requests().pop().unwrap();
    assert!(form(&last).contains(&("refresh_token".to_owned(), "r".to_owned())));
}

#[tokio::test]
async fn the_token_server_has_to_be_public_as_well() {
    let server = server(lasting).await;
    let guarded = Client::new(Settings::new(Guard::default())).unwrap();
    let denied = AccessTokens::new(guarded, SECOND)
        .token(&credentials(&server))
        .await;
    assert!(
        matches!(denied, Err(Denied::Unanswered(Failure::Refused(_)))),
        "{denied:?}"
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn what_a_token_server_says_is_not_repeated() {
    let secret = "bWUlM0F1czpzJTI2dCslQzMlQkM=";
    let location = "location: /elsewhere\r\n";
    let token = r#"{"access_token": "a", "token_type": "bearer"}"#;
    let large = format!(r#"{{"a": "{}"}}"#, "a".repeat(40_000));
    for (play, expected) in [
        (
            answer("401 No", "", &format!(r#"{{"error": "{secret}"}}"#)),
            Denied::Status(401),
        ),
        (
            answer("400 No", "", r#"{"error": "invalid_client"}"#),
            Denied::Refused("invalid_client"),
        ),
        (answer("307 There", location, token), Denied::Status(307)),
        (
            answer("200 OK", "", secret),
            Denied::Unusable("is not JSON"),
        ),
        (
            answer("200 OK", "", &large),
            Denied::Unusable("is too large"),
        ),
        (Play::Reset, Denied::Unanswered(Failure::Reset)),
        (Play::Silence, Denied::Unanswered(Failure::TimeOut)),
    ] {
        let server = Receiver::always(play).await;
        let denied = tokens().token(&credentials(&server)).await.unwrap_err();
        assert_eq!(denied, expected);
        let shown = format!("{denied} {denied:?}");
        assert!(!shown.contains(secret) && !shown.contains("s&t"), "{shown}");
        assert_eq!(server.requests().len(), 1);
    }
}
