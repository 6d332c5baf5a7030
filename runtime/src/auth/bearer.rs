//! The `Authorization` header (RFC 6750 section 2.1).

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

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::bearer;

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
