//! Basic authentication (RFC 7617).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use http::header::AUTHORIZATION;

use super::Unsendable;

/// The `Authorization` value for a name and a password, in UTF-8.
///
/// # Errors
/// [`Unsendable::Field`] for a name that contains a colon, after which the password would
/// begin.
pub fn basic(username: &str, password: &str) -> Result<HeaderValue, Unsendable> {
    let refused = || Unsendable::Field(AUTHORIZATION.to_string());
    if username.contains(':') {
        return Err(refused());
    }
    let pair = STANDARD.encode(format!("{username}:{password}"));
    let mut value = HeaderValue::try_from(format!("Basic {pair}")).map_err(|_| refused())?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::basic;

    #[test]
    fn makes_the_example_of_the_rfc_and_shows_nothing() {
        let value = basic("Aladdin", "open sesame").unwrap();
        assert_eq!(value, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(format!("{value:?}"), "Sensitive");
        assert_eq!(
            basic("test", "123\u{a3}").unwrap(),
            "Basic dGVzdDoxMjPCow=="
        );
        assert!(basic("a:b", "c").is_err());
    }
}
