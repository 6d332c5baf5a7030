//! Access tokens for receivers (RFC 6749 sections 4.4 and 6).

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::send::Sender;
use crate::http::encode;
use crate::model::{Grant, Notification, Semantics};

/// The access tokens of watches, and the refresh tokens that replaced their own.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    access: HashMap<String, String>,
    refresh: HashMap<String, String>,
}

impl Tokens {
    /// The token to send a notification with; a new one is requested if there is none.
    pub(super) fn of(
        &mut self,
        semantics: &dyn Semantics,
        sender: &Sender,
        one: &Notification,
        grant: &Grant,
    ) -> Result<String, String> {
        let given = self.access.get(&one.watch).cloned();
        if let Some(token) = semantics.access_token(one, given) {
            return Ok(token);
        }
        let refresh = self.refresh.get(&one.watch).or(grant.refresh.as_ref());
        let given = ask(sender, grant, refresh)?;
        let token = given["access_token"].as_str();
        let token = token.ok_or("the token server gives no token")?.to_owned();
        let next = semantics.refresh_token(one, given["refresh_token"].as_str());
        self.refresh
            .extend(next.map(|next| (one.watch.clone(), next)));
        self.access.insert(one.watch.clone(), token.clone());
        Ok(token)
    }

    /// Forgets a token that was refused.
    pub(super) fn forget(&mut self, watch: &str) {
        self.access.remove(watch);
    }
}

/// Requests a token and returns the answer of the token server.
fn ask(sender: &Sender, grant: &Grant, refresh: Option<&String>) -> Result<Value, String> {
    let mut form = Vec::new();
    match refresh {
        Some(token) => form.extend([("grant_type", "refresh_token"), ("refresh_token", token)]),
        None => form.push(("grant_type", "client_credentials")),
    }
    form.extend(grant.scope.iter().map(|scope| ("scope", scope.as_str())));
    let kind = "application/x-www-form-urlencoded";
    let mut headers = vec![("content-type".to_owned(), kind.to_owned())];
    match &grant.secret {
        Some(secret) => {
            let pair = STANDARD.encode(format!("{}:{secret}", grant.client));
            headers.push(("authorization".to_owned(), format!("Basic {pair}")));
        }
        None => form.push(("client_id", grant.client.as_str())),
    }
    let form: Vec<String> = form
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    let sent = sender.send("POST", &grant.url, &headers, Some(&form.join("&")));
    let (_, text) = sent?;
    Ok(serde_json::from_str(&text).unwrap_or_default())
}
