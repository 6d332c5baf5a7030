//! Repeats a recorded exchange.

use std::sync::Arc;
use std::time::Duration;

use super::client::Client;
use super::{Exchange, Journal, Request, RoleTokens, Unreachable};

/// Repeats the request of a recorded exchange with the tokens in `tokens`; objects that
/// this creates are noted in `journal`.
///
/// # Errors
/// The service does not answer.
pub fn resend(
    recorded: &Exchange,
    tokens: &RoleTokens,
    journal: Option<Arc<Journal>>,
) -> Result<Exchange, Unreachable> {
    let mut request = Request::new(&recorded.method, "");
    for (name, value) in &recorded.headers {
        request = request.header(name, &tokens.fill(value));
    }
    request.body = recorded.sent();
    let url = tokens.fill(&recorded.url);
    Client::new(&url, Duration::from_secs(30), journal).send(&request, "", None)
}
