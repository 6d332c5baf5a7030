//! How callers authenticate.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE, HeaderValue, WWW_AUTHENTICATE};

use crate::problem::Problem;
use crate::query;

/// The way in which callers authenticate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credentials {
    /// A token in `Authorization` after a scheme such as `Bearer` (RFC 6750).
    Bearer(&'static str),
    /// A user name and password in `Authorization` (RFC 7617): the token is `NAME:PASSWORD`, or
    /// the name if the password is empty.
    Basic,
    /// A key in a header, after a prefix that may be empty.
    Header {
        /// Name of the header.
        name: &'static str,
        /// The text before the key.
        prefix: &'static str,
    },
    /// A key in a query parameter.
    Query(&'static str),
    /// A key in a cookie.
    Cookie(&'static str),
    /// No authentication.
    None,
}

/// The credentials of a request, or the problem with them.
type Sent<'a> = Result<Cow<'a, str>, Problem>;

impl Credentials {
    /// The house convention: `Authorization: Bearer TOKEN`.
    pub const BEARER: Self = Self::Bearer("Bearer");

    /// Returns the token of a request; a query parameter that carries it is removed from
    /// `query`.
    ///
    /// # Errors
    /// 401 when it is missing or malformed.
    pub(crate) fn token<'a>(&self, headers: &'a HeaderMap, query: &mut Option<String>) -> Sent<'a> {
        match *self {
            Self::Bearer(word) => self.after_word(headers, word).map(Cow::Borrowed),
            Self::Basic => {
                let text = self.after_word(headers, "Basic")?;
                let pair = STANDARD.decode(text).ok();
                let pair = pair.and_then(|pair| String::from_utf8(pair).ok());
                let mut pair = pair.ok_or_else(|| self.of_other_form())?;
                // A client that has only a token sends it as a name without a password.
                if pair.ends_with(':') {
                    pair.pop();
                }
                Ok(pair.into())
            }
            Self::Header { name, prefix } => {
                let text = self.only(headers, name)?;
                let key = text.strip_prefix(prefix).map(str::trim);
                let key = key.filter(|key| !key.is_empty());
                key.map(Cow::Borrowed).ok_or_else(|| self.of_other_form())
            }
            Self::Cookie(name) => {
                let cookies = self.only(headers, COOKIE.as_str())?;
                let pairs = cookies.split(';');
                let mut pairs = pairs.filter_map(|one| one.trim().split_once('='));
                let found = pairs.find(|(own, _)| *own == name);
                let (_, key) = found.ok_or_else(|| self.unauthenticated())?;
                Ok(Cow::Borrowed(key))
            }
            Self::Query(name) => {
                let (rest, mut keys) = query::take(query.as_deref().unwrap_or_default(), name);
                *query = rest;
                match (keys.pop(), keys.is_empty()) {
                    (Some(key), true) => Ok(key.into()),
                    (Some(_), false) => Err(self.of_other_form()),
                    (None, _) => Err(self.unauthenticated()),
                }
            }
            Self::None => Ok(Cow::Borrowed("")),
        }
    }

    /// Returns the token after the scheme `word` in `Authorization`.
    fn after_word<'a>(&self, headers: &'a HeaderMap, word: &str) -> Result<&'a str, Problem> {
        let text = self.only(headers, AUTHORIZATION.as_str())?;
        let token = text.split_once(' ').and_then(|(scheme, token)| {
            let token = token.trim();
            (scheme.eq_ignore_ascii_case(word) && !token.is_empty()).then_some(token)
        });
        token.ok_or_else(|| self.of_other_form())
    }

    /// Returns the value of a header that may be sent only once.
    fn only<'a>(&self, headers: &'a HeaderMap, name: &str) -> Result<&'a str, Problem> {
        let mut sent = headers.get_all(name).iter();
        let value = sent.next().ok_or_else(|| self.unauthenticated())?;
        let text = value.to_str().ok().filter(|_| sent.next().is_none());
        text.ok_or_else(|| self.of_other_form())
    }

    /// The problem of a request without credentials.
    pub(crate) fn unauthenticated(&self) -> Problem {
        self.challenged(Problem::unauthenticated(&self.form()))
    }

    fn of_other_form(&self) -> Problem {
        let detail = format!("the credentials are not of the form {}", self.form());
        self.challenged(Problem::unauthorized(&detail))
    }

    /// Replaces the house challenge in a problem with the challenge for these credentials.
    pub(crate) fn challenged(&self, mut problem: Problem) -> Problem {
        let own = match self {
            Self::Bearer(_) => None,
            Self::Basic => Some("Basic realm=\"API\", charset=\"UTF-8\"".to_owned()),
            other => Some(format!("ApiKey form=\"{}\"", other.form().replace('`', ""))),
        };
        for (name, value) in &mut problem.headers {
            if *name != WWW_AUTHENTICATE {
                continue;
            }
            let theirs = value.to_str().unwrap_or_default();
            let challenge = match (self, &own) {
                (Self::Bearer(word), _) => theirs.replacen("Bearer", word, 1),
                (_, Some(own)) => own.clone(),
                (_, None) => continue,
            };
            *value = HeaderValue::from_str(&challenge).unwrap_or_else(|_| value.clone());
        }
        problem
    }

    /// Describes how a token is sent.
    fn form(&self) -> String {
        match self {
            Self::Bearer(word) => format!("`Authorization: {word} TOKEN`"),
            Self::Basic => "`Authorization: Basic` with a name and a password".to_owned(),
            Self::Header { name, prefix } => format!("`{name}: {prefix}KEY`"),
            Self::Query(name) => format!("`?{name}=KEY`"),
            Self::Cookie(name) => format!("`Cookie: {name}=KEY`"),
            Self::None => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::Credentials;

    /// Returns the token of a request with one header, and the remaining query string.
    fn read(
        credentials: Credentials,
        header: (&'static str, &'static str),
        query: &str,
    ) -> (Result<String, u16>, Option<String>) {
        let mut headers = HeaderMap::new();
        headers.insert(header.0, HeaderValue::from_static(header.1));
        let mut query = Some(query.to_owned());
        let token = credentials.token(&headers, &mut query);
        let token = token.map(|token| token.into_owned());
        (token.map_err(|problem| problem.status), query)
    }

    fn header(credentials: Credentials, name: &'static str, value: &'static str) -> Option<String> {
        read(credentials, (name, value), "").0.ok()
    }

    #[test]
    fn reads_the_token_of_one_scheme_only() {
        let bearer = |value| header(Credentials::BEARER, "authorization", value);
        assert_eq!(bearer("Bearer x").as_deref(), Some("x"));
        assert_eq!(bearer("bEARER  x").as_deref(), Some("x"));
        for bad in ["", "Bearer", "Bearer ", "Basic x", "x"] {
            assert_eq!(bearer(bad), None, "{bad}");
        }
        let token = |value| header(Credentials::Bearer("Token"), "authorization", value);
        assert_eq!(token("token x").as_deref(), Some("x"));
        assert_eq!(token("Bearer x"), None);
        let none = HeaderMap::new();
        assert!(Credentials::BEARER.token(&none, &mut None).is_err());
    }

    #[test]
    fn a_name_without_a_password_is_a_token_alone() {
        let basic = |value| header(Credentials::Basic, "authorization", value);
        assert_eq!(basic("Basic YTpi").as_deref(), Some("a:b"));
        assert_eq!(basic("basic YTo=").as_deref(), Some("a"));
        assert_eq!(basic("Basic YQ==").as_deref(), Some("a"));
        for bad in ["Basic a", "Basic /w==", "Bearer YQ=="] {
            assert_eq!(basic(bad), None, "{bad}");
        }
    }

    #[test]
    fn keys_stand_in_a_header_a_cookie_or_a_parameter() {
        let plain = Credentials::Header {
            name: "X-Key",
            prefix: "",
        };
        assert_eq!(header(plain, "x-key", "k").as_deref(), Some("k"));
        assert_eq!(header(plain, "x-key", ""), None);
        let behind = Credentials::Header {
            name: "X-Key",
            prefix: "Key ",
        };
        assert_eq!(header(behind, "x-key", "Key k").as_deref(), Some("k"));
        assert_eq!(header(behind, "x-key", "k"), None);
        let cookie = Credentials::Cookie("key");
        assert_eq!(header(cookie, "cookie", "a=b; key=k").as_deref(), Some("k"));
        assert_eq!(header(cookie, "cookie", "a=b"), None);
        let query = |text| read(Credentials::Query("key"), ("a", "b"), text);
        let rest = Some("a=1".to_owned());
        assert_eq!(query("a=1&key=%6b"), (Ok("k".to_owned()), rest));
        assert_eq!(query("key=k"), (Ok("k".to_owned()), None));
        assert_eq!(query("key=k&key=k").0, Err(401));
        assert_eq!(query("a=1").0, Err(401));
    }

    #[test]
    fn a_refusal_says_what_to_send() {
        let told = |credentials: Credentials| {
            let (_, value) = credentials.unauthenticated().headers.remove(0);
            value.to_str().unwrap().to_owned()
        };
        assert_eq!(told(Credentials::BEARER), "Bearer");
        assert_eq!(told(Credentials::Bearer("Token")), "Token");
        assert!(told(Credentials::Basic).starts_with("Basic realm="));
        assert_eq!(
            told(Credentials::Cookie("k")),
            "ApiKey form=\"Cookie: k=KEY\""
        );
    }
}
