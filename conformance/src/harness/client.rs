//! The HTTP client.

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use ureq::http::Request;
use ureq::{Agent, Error};

use super::{Ask, Exchange, Journal};

/// A service that does not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost(pub String);

/// How long a connection may rest and be used again: a server that closes it at this
/// moment would lose a request that cannot be sent twice.
const FRESH: Duration = Duration::from_secs(1);

pub(super) struct Client {
    agent: Agent,
    url: String,
    journal: Option<Arc<Journal>>,
}

impl Client {
    pub(super) fn new(url: &str, patience: Duration, journal: Option<Arc<Journal>>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .allow_non_standard_methods(true)
            .timeout_global(Some(patience))
            .max_idle_age(FRESH)
            .build();
        Self {
            agent: config.new_agent(),
            url: url.trim_end_matches('/').to_owned(),
            journal,
        }
    }

    pub(super) fn send(
        &self,
        ask: &Ask,
        target: &str,
        token: Option<&str>,
    ) -> Result<Exchange, Lost> {
        let url = format!("{}{target}", self.url);
        let place = format!("{} {url}", ask.method);
        let lost = |error: String| Lost(format!("{place}: {error}"));
        let mut request = Request::builder().method(ask.method.as_str()).uri(&url);
        let mut shown = ask.headers.clone();
        for (name, value) in &ask.headers {
            request = request.header(name, value);
        }
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
            shown.insert(
                0,
                (
                    "authorization".to_owned(),
                    format!("Bearer ${}", ask.role.variable()),
                ),
            );
        }
        let journal = self.journal.as_deref();
        let asked = journal.and_then(|journal| journal.asked(ask, &url));
        let sent = match &ask.body {
            Some(body) => {
                let request = request
                    .body(body.as_slice())
                    .map_err(|error| lost(error.to_string()))?;
                self.agent.run(request)
            }
            None => {
                // Else the client would announce an empty body of chunks.
                if matches!(ask.method.as_str(), "POST" | "PUT" | "PATCH") {
                    request = request.header("content-length", "0");
                }
                let request = request.body(()).map_err(|error| lost(error.to_string()))?;
                self.agent.run(request)
            }
        };
        let mut response = sent.map_err(|error| {
            if let (Some(journal), true) = (journal, is_unsent(&error)) {
                journal.unsent(asked);
            }
            lost(error.to_string())
        })?;
        let headers = response.headers().iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        let headers = headers.collect();
        let status = response.status().as_u16();
        let reply = response
            .body_mut()
            .with_config()
            .limit(256 << 20)
            .read_to_string();
        let mut exchange = Exchange {
            method: ask.method.clone(),
            url,
            headers: shown,
            body: None,
            bytes: None,
            status,
            reply_headers: headers,
            reply: reply.map_err(|error| lost(error.to_string()))?,
        };
        if let Some(body) = &ask.body {
            exchange.set_body(body);
        }
        if let Some(journal) = journal {
            journal.answered(asked, &exchange, ask.role, &self.url);
        }
        Ok(exchange)
    }
}

/// Whether nothing of a request can have come to a service.
fn is_unsent(error: &Error) -> bool {
    match error {
        Error::HostNotFound | Error::ConnectionFailed | Error::BadUri(_) => true,
        Error::Io(error) => error.kind() == ErrorKind::ConnectionRefused,
        _ => false,
    }
}
