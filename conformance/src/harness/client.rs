//! The HTTP client.

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fieldproof_spec::model::Api;
use ureq::http::{HeaderName, HeaderValue, Response};
use ureq::{Agent, Body, Error};

use super::created;
use super::credentials::Carried;
use super::{Exchange, Journal, Request};

/// The service does not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreachable(pub String);

/// How long an idle connection may be reused. If the server closes it at the wrong moment,
/// a request that cannot be repeated is lost.
const FRESH: Duration = Duration::from_secs(1);

/// The context of a request: the API, its base path, and the token of the caller.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) api: &'a Api,
    pub(super) base: &'a str,
    pub(super) token: Option<&'a str>,
}

pub(super) struct Client {
    agent: Agent,
    url: String,
    journal: Option<Arc<Journal>>,
    /// Header fields added to every request.
    headers: Vec<(String, String)>,
}

impl Client {
    pub(super) fn new(url: &str, patience: Duration, journal: Option<Arc<Journal>>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .allow_non_standard_methods(true)
            // One for all of them would look up the name on a thread of its own with each request.
            .timeout_connect(Some(patience))
            .timeout_send_request(Some(patience))
            .timeout_send_body(Some(patience))
            .timeout_recv_response(Some(patience))
            .timeout_recv_body(Some(patience))
            .max_idle_age(FRESH)
            .build();
        Self {
            agent: config.new_agent(),
            url: url.trim_end_matches('/').to_owned(),
            journal,
            headers: Vec::new(),
        }
    }

    /// The same client with header fields added to every request.
    pub(super) fn with(mut self, headers: &[(String, String)]) -> Self {
        self.headers = headers.to_vec();
        self
    }

    pub(super) fn send(
        &self,
        request: &Request,
        target: &str,
        context: Option<Context<'_>>,
    ) -> Result<Exchange, Unreachable> {
        let (mut sent, mut shown) = (Carried::default(), Carried::default());
        if let Some((api, token)) = context.and_then(|one| Some((one.api, one.token?))) {
            let credentials = &api.credentials;
            let variable = format!("${}", request.role.variable());
            sent = Carried::sent(credentials, token);
            shown = Carried::shown(credentials, &variable);
        }
        let plain = format!("{}{target}", self.url);
        let url = sent.address(&plain);
        let place = format!("{} {plain}", request.method);
        let failed = |error: String| Unreachable(format!("{place}: {error}"));
        let mut sending = ureq::http::Request::builder()
            .method(request.method.as_str())
            .uri(&url);
        let mut headers = self.headers.clone();
        headers.extend(request.headers.iter().cloned());
        for (name, value) in &headers {
            sending = sending.header(name, value);
        }
        if let Some((name, value)) = sent.header {
            sending = sending.header(name, value);
        }
        if let Some(field) = shown.header.clone() {
            headers.insert(0, field);
        }
        let (url, shown) = (shown.address(&plain), headers);
        let journal = self.journal.as_deref();
        let asked = journal.and_then(|journal| journal.asked(request, &url));
        if request.body.is_none() && matches!(request.method.as_str(), "POST" | "PUT" | "PATCH") {
            // Otherwise the client would announce an empty chunked body.
            sending = sending.header("content-length", "0");
        }
        let (started, clock) = (jiff::Timestamp::now(), Instant::now());
        let sent = match &request.body {
            Some(body) => sending
                .body(body.as_slice())
                .map(|whole| self.agent.run(whole)),
            None => sending.body(()).map(|whole| self.agent.run(whole)),
        };
        let sent = sent.map_err(|error| failed(error.to_string()))?;
        let mut response = sent.map_err(|error| {
            if let (Some(journal), true) = (journal, is_unsent(&error)) {
                journal.unsent(asked);
            }
            failed(error.to_string())
        })?;
        let headers = response.headers().iter().map(field).collect();
        let status = response.status().as_u16();
        let reply = text(&mut response);
        let mut exchange = Exchange {
            method: request.method.clone(),
            url,
            started: started.to_string(),
            millis: u64::try_from(clock.elapsed().as_millis()).unwrap_or(u64::MAX),
            headers: shown,
            body: None,
            bytes: None,
            status,
            reply_headers: headers,
            reply: reply.map_err(|error| failed(error.to_string()))?,
        };
        if let Some(body) = &request.body {
            exchange.set_body(body);
        }
        if let Some(journal) = journal {
            let made = context.and_then(|one| created::path(one.api, &exchange, one.base));
            let base = context.map_or("", |one| one.base);
            let made = made.map(|path| format!("{}{base}{path}", self.url));
            journal.answered(asked, &exchange, made);
        }
        Ok(exchange)
    }
}

/// The body of a response, up to a bound.
fn text(response: &mut Response<Body>) -> Result<String, Error> {
    let body = response.body_mut().with_config();
    body.limit(256 << 20).read_to_string()
}

/// A header field as text.
fn field((name, value): (&HeaderName, &HeaderValue)) -> (String, String) {
    let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
    (name.as_str().to_owned(), value)
}

/// Whether the request certainly did not reach a service.
fn is_unsent(error: &Error) -> bool {
    match error {
        Error::HostNotFound | Error::ConnectionFailed | Error::BadUri(_) => true,
        Error::Io(error) => error.kind() == ErrorKind::ConnectionRefused,
        _ => false,
    }
}
