//! How a request names its caller: the `Authorization` header (RFC 6750 section
//! 2.1), or a pair of headers with a token and the client it was given to.

use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::problem::Problem;

/// The token of a request.
///
/// # Errors
/// 401 when there is none or the header is not of the scheme `Bearer`.
pub fn bearer(headers: &HeaderMap) -> Result<&str, Problem> {
    let mut sent = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = sent.next() else {
        return Err(Problem::unauthenticated());
    };
    let text = value.to_str().ok().filter(|_| sent.next().is_none());
    let token = text.and_then(|text| {
        let (scheme, token) = text.split_once(' ')?;
        let token = token.trim();
        (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
    });
    token.ok_or_else(|| Problem::unauthorized("the header is not of the form `Bearer TOKEN`"))
}

/// Names of a pair of headers with a token and the client it was given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The header with the token.
    pub token: &'static str,
    /// The header with the id of the client; a token that was given to no
    /// client stands in both.
    pub client: &'static str,
}

impl Pair {
    /// The token of a request whose client is the one it was given to.
    ///
    /// # Errors
    /// 401 when one of the two is missing or they do not belong together.
    pub fn token<'a>(&self, text: impl Fn(&str) -> Option<&'a str>) -> Result<&'a str, Problem> {
        let (Some(token), Some(client)) = (text(self.token), text(self.client)) else {
            let detail = format!("`{}` and `{}` belong together", self.token, self.client);
            return Err(Problem::unauthorized(&detail));
        };
        if client != token && client != super::token::id(&super::hash(token)) {
            return Err(Problem::unauthorized(
                "the token was given to another client",
            ));
        }
        Ok(token)
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::{Pair, bearer};

    #[test]
    fn a_pair_has_to_belong_together() {
        let pair = Pair {
            token: "t",
            client: "c",
        };
        let id = crate::auth::token::id(&crate::auth::hash("x"));
        let read = |token: Option<&str>, client: Option<&str>| {
            let text = |name: &str| if name == "t" { token } else { client };
            pair.token(text).map(str::to_owned).ok()
        };
        assert_eq!(read(Some("x"), Some("x")).as_deref(), Some("x"));
        assert_eq!(read(Some("x"), Some(&id)).as_deref(), Some("x"));
        assert_eq!(read(Some("x"), Some("y")), None);
        assert_eq!(read(Some("x"), None), None);
        assert_eq!(read(None, Some("x")), None);
    }

    #[test]
    fn reads_the_token_of_the_bearer_scheme_only() {
        let read = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("authorization", HeaderValue::from_static(value));
            bearer(&headers).map(str::to_owned).ok()
        };
        assert_eq!(read("Bearer x").as_deref(), Some("x"));
        assert_eq!(read("bEARER  x").as_deref(), Some("x"));
        for bad in ["", "Bearer", "Bearer ", "Basic x", "x"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert!(bearer(&HeaderMap::new()).is_err());
    }
}
