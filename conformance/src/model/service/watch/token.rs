//! Access tokens for receivers (RFC 6749 sections 4.4 and 6).

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fieldproof_spec::model::Role;
use serde_json::Value;

use super::send::Sender;
use crate::http::encode;

/// What a token is asked for with.
#[derive(Debug, Clone)]
pub(super) struct Grant {
    url: String,
    client: String,
    secret: Option<String>,
    refresh: Option<String>,
    scope: Option<String>,
}

impl Grant {
    /// That of a watch, from the texts of its members.
    pub(super) fn of(text: &dyn Fn(Role) -> Option<String>) -> Option<Self> {
        Some(Self {
            url: text(Role::TokenUrl)?,
            client: text(Role::ClientId)?,
            secret: text(Role::ClientSecret),
            refresh: match text(Role::GrantType).as_deref() {
                Some("client_credentials") => None,
                _ => text(Role::RefreshToken),
            },
            scope: text(Role::TokenScope),
        })
    }
}

/// The tokens of watches, and the refresh tokens that came instead of theirs.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    access: HashMap<String, String>,
    refresh: HashMap<String, String>,
}

impl Tokens {
    /// The token of a watch, `cached` ones first.
    pub(super) fn of(
        &mut self,
        sender: &Sender,
        watch: &str,
        grant: &Grant,
        cached: bool,
        rotates: bool,
    ) -> Result<String, String> {
        if let (true, Some(token)) = (cached, self.access.get(watch)) {
            return Ok(token.clone());
        }
        let mut form = Vec::new();
        match self.refresh.get(watch).or(grant.refresh.as_ref()) {
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
        let given: Value = serde_json::from_str(&text).unwrap_or_default();
        let token = given["access_token"].as_str();
        let token = token.ok_or("the token server gives no token")?.to_owned();
        if let (true, Some(new)) = (rotates, given["refresh_token"].as_str()) {
            self.refresh.insert(watch.to_owned(), new.to_owned());
        }
        self.access.insert(watch.to_owned(), token.clone());
        Ok(token)
    }

    /// Forgets a token that was refused.
    pub(super) fn forget(&mut self, watch: &str) {
        self.access.remove(watch);
    }
}
