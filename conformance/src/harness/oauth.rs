//! Tokens by client credentials (RFC 6749 section 4.4).

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::Request;
use super::client::Client;
use crate::http::encode;

/// How long the token endpoint may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A client that asks for tokens in its own name.
#[derive(Clone)]
pub struct ClientCredentials {
    /// Address of the token endpoint.
    pub url: String,
    /// Identifier of the client.
    pub id: String,
    /// Its secret.
    pub secret: String,
    /// What the token is to allow; the endpoint's default without it.
    pub scope: Option<String>,
}

impl ClientCredentials {
    /// Asks for a token. A client names itself in `Authorization`, and in the body where
    /// the endpoint does not take that (RFC 6749 section 2.3.1).
    ///
    /// # Errors
    /// An endpoint that does not answer, or gives no token.
    pub fn token(&self) -> Result<String, String> {
        let mut form = "grant_type=client_credentials".to_owned();
        if let Some(scope) = &self.scope {
            form.push_str(&format!("&scope={}", encode(scope)));
        }
        let (id, secret) = (encode(&self.id), encode(&self.secret));
        let basic = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
        let (mut status, mut answer) = self.ask(&form, Some(&basic))?;
        if matches!(status, 400 | 401) {
            form.push_str(&format!("&client_id={id}&client_secret={secret}"));
            (status, answer) = self.ask(&form, None)?;
        }
        match answer["access_token"].as_str().filter(|_| status == 200) {
            Some(token) => Ok(token.to_owned()),
            None => {
                let said = ["error_description", "error"];
                let said = said.iter().find_map(|name| answer[*name].as_str());
                let said = said.unwrap_or("it does not say why");
                Err(format!(
                    "POST {} answers {status} without an `access_token` ({said})",
                    self.url
                ))
            }
        }
    }

    fn ask(&self, form: &str, basic: Option<&str>) -> Result<(u16, Value), String> {
        let mut request = Request::new("POST", "")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json")
            .bytes(form.as_bytes().to_vec());
        if let Some(basic) = basic {
            request = request.header("authorization", basic);
        }
        let client = Client::new(&self.url, PATIENCE, None);
        let answer = client.send(&request, "", None).map_err(|error| error.0)?;
        Ok((answer.status, answer.json()))
    }
}
