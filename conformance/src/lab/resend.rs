//! One recorded exchange, sent again.

use std::time::Duration;

use super::client::Client;
use super::{Ask, Exchange, Lost, Role, Tokens};

/// Sends the request of a recorded exchange again, with the token of the role
/// that sent it.
///
/// # Errors
/// A service that does not answer.
pub fn resend(recorded: &Exchange, tokens: &Tokens) -> Result<Exchange, Lost> {
    let mut ask = Ask::new(&recorded.method, "");
    let mut token = None;
    for (name, value) in &recorded.headers {
        match value.strip_prefix("Bearer $") {
            Some(variable) if name == "authorization" => {
                let role = Role::ALL.iter().find(|role| role.variable() == variable);
                token = role.and_then(|role| tokens.of(*role));
            }
            _ => ask = ask.header(name, value),
        }
    }
    ask.body = recorded.body.as_ref().map(|body| body.clone().into_bytes());
    Client::new(&recorded.url, Duration::from_secs(30), None).send(&ask, "", token)
}
