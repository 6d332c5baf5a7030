//! Responses of a token server.

use std::fmt;
use std::time::Duration;

use http::HeaderValue;
use serde_json::Value;

use super::Denied;
use crate::watch::client::Answer;

/// Lifetime of a token if the server does not state one.
const UNSAID: Duration = Duration::from_secs(600);

/// Maximum lifetime that is accepted.
const LONGEST: Duration = Duration::from_secs(24 * 3_600);

/// Minimum lifetime: a token that expires at once could never be used.
const SHORTEST: Duration = Duration::from_secs(2);

/// How long before its end a token is renewed; longer than a delivery takes.
const BEFORE: Duration = Duration::from_secs(60);

/// Maximum length of a token in bytes.
const TOKEN: usize = 8 * 1024;

/// An access token, as an `Authorization` header value (RFC 6750 section 2.1).
#[derive(Clone, PartialEq, Eq)]
pub struct Bearer(HeaderValue);

impl Bearer {
    /// The value of `Authorization`.
    #[must_use]
    pub fn header(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl fmt::Debug for Bearer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bearer")
    }
}

/// A successful response of a token server (RFC 6749 section 5.1).
pub(super) struct Given {
    pub(super) bearer: Bearer,
    /// How long the token may be used from now on.
    pub(super) good: Duration,
    /// The refresh token that replaces the one that was sent.
    pub(super) refresh_token: Option<String>,
}

impl Given {
    pub(super) fn read(answer: &Answer) -> Result<Self, Denied> {
        if !answer.whole {
            return Err(Denied::Unusable("is too large"));
        }
        let body = serde_json::from_slice::<Value>(&answer.first_bytes);
        let status = answer.status.as_u16();
        if status != 200 {
            let code = body.ok();
            let code = code.as_ref().and_then(|body| body["error"].as_str());
            return Err(Denied::of(status, code));
        }
        let body = body.map_err(|_| Denied::Unusable("is not JSON"))?;
        let kind = body["token_type"].as_str().unwrap_or_default();
        if !kind.eq_ignore_ascii_case("bearer") {
            return Err(Denied::Unusable("has a token of a kind that is not known"));
        }
        let bearer = body["access_token"].as_str().and_then(bearer);
        Ok(Self {
            bearer: bearer.ok_or(Denied::Unusable("has no token"))?,
            good: good(&body["expires_in"]),
            refresh_token: body["refresh_token"]
                .as_str()
                .filter(|token| (1..=TOKEN).contains(&token.len()))
                .map(str::to_owned),
        })
    }
}

fn bearer(token: &str) -> Option<Bearer> {
    let fits = (1..=TOKEN).contains(&token.len());
    if !fits || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let mut value = HeaderValue::from_str(&format!("Bearer {token}")).ok()?;
    value.set_sensitive(true);
    Some(Bearer(value))
}

/// How long a token with a lifetime of `seconds` may be used; some servers send the number as
/// text.
fn good(seconds: &Value) -> Duration {
    let seconds = seconds
        .as_u64()
        .or_else(|| seconds.as_str().and_then(|text| text.parse().ok()));
    let life = seconds
        .map_or(UNSAID, Duration::from_secs)
        .clamp(SHORTEST, LONGEST);
    life - BEFORE.min(life / 2)
}

#[cfg(test)]
mod tests {
    use http::StatusCode;
    use serde_json::json;

    use super::*;

    fn read(status: u16, body: &str) -> Result<Given, Denied> {
        Given::read(&Answer {
            status: StatusCode::from_u16(status).unwrap(),
            retry_after: None,
            first_bytes: body.to_owned().into(),
            whole: true,
            duration: Duration::ZERO,
        })
    }

    #[test]
    fn a_token_is_renewed_before_it_ends() {
        for (life, seconds) in [
            (json!(3_600), 3_540),
            (json!("3600"), 3_540),
            (json!(60), 30),
            (json!(2), 1),
            (json!(0), 1),
            (json!(-1), 540),
            (json!(null), 540),
            (json!(1e9 as u64), 86_340),
        ] {
            assert_eq!(good(&life), Duration::from_secs(seconds), "{life}");
        }
    }

    #[test]
    fn only_a_token_that_can_be_sent_is_one() {
        let given = read(200, r#"{"access_token": "a.b", "token_type": "bearer"}"#);
        assert_eq!(given.ok().unwrap().bearer.header(), "Bearer a.b");
        for bad in [
            "",
            "[]",
            "{}",
            r#"{"access_token": "a"}"#,
            r#"{"access_token": "a", "token_type": "mac"}"#,
            r#"{"access_token": "", "token_type": "bearer"}"#,
            r#"{"access_token": "a b", "token_type": "bearer"}"#,
            r#"{"access_token": "a\r\nb: c", "token_type": "bearer"}"#,
            r#"{"access_token": 1, "token_type": "bearer"}"#,
        ] {
            let denied = read(200, bad).err();
            assert!(matches!(denied, Some(Denied::Unusable(_))), "{bad}");
        }
    }

    #[test]
    fn a_refusal_repeats_nothing_that_was_not_expected() {
        for (body, denied) in [
            (r#"{"error": "invalid_grant"}"#, Denied::SPENT),
            (r#"{"error": "your secret is abc"}"#, Denied::Status(400)),
            ("<html>", Denied::Status(400)),
        ] {
            assert_eq!(read(400, body).err(), Some(denied));
        }
        let found = read(302, r#"{"access_token": "a", "token_type": "bearer"}"#);
        assert_eq!(found.err(), Some(Denied::Status(302)));
    }
}
