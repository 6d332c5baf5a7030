//! What a watch asks for.

use http::{HeaderMap, HeaderValue, Method, Uri};

use crate::watch::sign::Key;
use crate::watch::template::Template;

/// Where notifications of a watch go, and what they look like.
#[derive(Debug)]
pub struct Receiver {
    /// The address.
    pub uri: Uri,
    /// The method; `DELETE` sends no body.
    pub method: Method,
    /// What the body is made by, instead of the object itself.
    pub template: Option<Template>,
    /// Members of the object that stand in what a template makes only where it
    /// names them, each by the names that lead to it.
    pub named: &'static [&'static [&'static str]],
    /// Whether the object comes with the one before the change; a template
    /// has it in any case.
    pub with_previous: bool,
    /// Fields that the owner of the watch wants. None of them is in place of
    /// one that is set here.
    pub headers: HeaderMap,
    /// The value of `Authorization`, such as [`basic`](super::basic) makes it.
    pub authorization: Option<HeaderValue>,
    /// What it is signed with.
    pub keys: Vec<Key>,
}

/// Reads the name of a method in any case: `POST`, `PUT`, `PATCH` or `DELETE`.
#[must_use]
pub fn method(name: &str) -> Option<Method> {
    let all = [Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    all.into_iter()
        .find(|one| one.as_str().eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::method;

    #[test]
    fn takes_methods_that_send_something() {
        assert_eq!(method("patch"), Some(Method::PATCH));
        assert_eq!(method("DELETE"), Some(Method::DELETE));
        for bad in ["GET", "HEAD", "", "POST "] {
            assert_eq!(method(bad), None);
        }
    }
}
