//! A pair of headers: a token and the id of the client it was issued to.

use crate::problem::Problem;

/// Names of the two headers with a token and the id of the client it was issued to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The header with the token.
    pub token: &'static str,
    /// The header with the id of the client; for a token that was issued to no client, both
    /// headers hold the token.
    pub client: &'static str,
}

impl Pair {
    /// Returns the token of a request after checking that it was issued to the client named.
    ///
    /// # Errors
    /// 401 when one of the two headers is missing or they do not match.
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
    use super::Pair;

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
}
