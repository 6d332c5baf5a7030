//! Credentials for requesting tokens.

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use http::header::{self, HeaderMap, HeaderValue};
use sha2::{Digest, Sha256};
use url::form_urlencoded::{Serializer, byte_serialize};

use super::Denied;
use crate::watch::client::{Failure, Request};
use crate::watch::event::SENDER;

/// Maximum size of a token server's response in bytes.
const ANSWER: usize = 32 * 1024;

/// Credentials of a client at a token server.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// URL of the token endpoint (RFC 6749 section 3.2).
    pub token_url: String,
    /// The client id (section 2.2).
    pub client_id: String,
    /// The client secret (section 2.3.1); public clients have none.
    pub client_secret: Option<String>,
    /// The scope of the token (section 3.3).
    pub scope: Option<String>,
    /// The grant type, with its refresh token.
    pub grant: Grant,
}

/// A grant type.
#[derive(Clone, PartialEq, Eq)]
pub enum Grant {
    /// Client credentials (RFC 6749 section 4.4).
    ClientCredentials,
    /// A refresh token (section 6).
    RefreshToken(String),
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials")
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Grant")
    }
}

/// A hash that identifies credentials without containing them.
pub(super) type Print = [u8; 32];

impl Credentials {
    pub(super) fn print(&self) -> Print {
        let refresh = self.refresh_token();
        let parts = [
            Some(self.token_url.as_str()),
            Some(&self.client_id),
            self.client_secret.as_deref(),
            self.scope.as_deref(),
            refresh,
        ];
        let mut hash = Sha256::new();
        for part in parts {
            // Each part is preceded by its length, so that different parts cannot have the same
            // hash.
            let length = part.map_or(u64::MAX, |part| part.len() as u64);
            hash.update(length.to_be_bytes());
            hash.update(part.unwrap_or_default());
        }
        hash.finalize().into()
    }

    pub(super) fn refresh_token(&self) -> Option<&str> {
        match &self.grant {
            Grant::ClientCredentials => None,
            Grant::RefreshToken(token) => Some(token),
        }
    }

    /// The same credentials with another refresh token.
    pub(super) fn with(&self, refresh_token: &str) -> Self {
        Self {
            grant: Grant::RefreshToken(refresh_token.to_owned()),
            ..self.clone()
        }
    }

    /// The request for a token, with `latest` in place of the refresh token if given.
    pub(super) fn request(
        &self,
        latest: Option<&str>,
        time_out: Duration,
    ) -> Result<Request, Denied> {
        let mut form = Serializer::new(String::new());
        match latest.or(self.refresh_token()) {
            None => form.append_pair("grant_type", "client_credentials"),
            Some(token) => form
                .append_pair("grant_type", "refresh_token")
                .append_pair("refresh_token", token),
        };
        if let Some(scope) = &self.scope {
            form.append_pair("scope", scope);
        }
        let mut headers = HeaderMap::new();
        match &self.client_secret {
            Some(secret) => {
                headers.insert(header::AUTHORIZATION, self.basic(secret)?);
            }
            None => {
                form.append_pair("client_id", &self.client_id);
            }
        }
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(header::CONTENT_TYPE, kind);
        let json = HeaderValue::from_static("application/json");
        headers.insert(header::ACCEPT, json);
        headers.insert(header::USER_AGENT, HeaderValue::from_static(SENDER));
        Ok(Request {
            method: Method::POST,
            url: self.token_url.clone(),
            headers,
            body: form.finish().into(),
            time_out,
            keep: ANSWER,
            // A refresh token that is used twice may be considered stolen.
            once: true,
        })
    }

    /// Builds the Basic credentials. Both parts are form-encoded before they are joined (RFC
    /// 6749 section 2.3.1), so that the client id contains no colon.
    fn basic(&self, secret: &str) -> Result<HeaderValue, Denied> {
        let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        let pair = format!("{}:{}", encode(&self.client_id), encode(secret));
        let mut value = HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(pair)))
            .map_err(|_| Denied::Unanswered(Failure::Request("cannot be written as HTTP")))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Credentials {
        Credentials {
            token_url: "https://a.example/token".to_owned(),
            client_id: "a".to_owned(),
            client_secret: Some("bc".to_owned()),
            scope: None,
            grant: Grant::ClientCredentials,
        }
    }

    #[test]
    fn credentials_that_differ_in_one_part_are_told_apart() {
        let all = [
            some(),
            some().with("d"),
            some().with(""),
            Credentials {
                client_id: "ab".to_owned(),
                client_secret: Some("c".to_owned()),
                ..some()
            },
            Credentials {
                client_secret: None,
                ..some()
            },
            Credentials {
                client_secret: None,
                scope: Some("bc".to_owned()),
                ..some()
            },
        ];
        for (at, one) in all.iter().enumerate() {
            for other in &all[..at] {
                assert_ne!(one.print(), other.print());
            }
            assert_eq!(one.print(), one.clone().print());
        }
    }

    #[test]
    fn secrets_are_not_shown() {
        let second = Duration::from_secs(1);
        let credentials = some().with("hidden");
        let request = credentials.request(None, second).unwrap();
        let shown = format!("{credentials:?} {:?} {request:?}", credentials.grant);
        assert!(
            !shown.contains("hidden") && !shown.contains("bc"),
            "{shown}"
        );
        assert!(request.headers["authorization"].is_sensitive());
        assert_eq!(request.headers["user-agent"], SENDER);
    }
}
