//! The receiver of a watch's notifications.

use http::{HeaderMap, HeaderValue, Method, Uri};

use crate::table::Notification;
use crate::watch::sign::Key;
use crate::watch::template::Template;

/// Where notifications of a watch are sent, and in which form.
#[derive(Debug)]
pub struct Receiver {
    /// The URL.
    pub uri: Uri,
    /// The method; `DELETE` sends no body.
    pub method: Method,
    /// The template for the body; without one, the body is the object.
    pub template: Option<Template>,
    /// Paths of members of the object that a rendered template contains only where it names
    /// them.
    pub named: &'static [&'static [&'static str]],
    /// Whether the body includes the previous version of the object; a template can always use
    /// it.
    pub with_previous: bool,
    /// Header fields chosen by the owner of the watch. They never replace those set here.
    pub headers: HeaderMap,
    /// The value of `Authorization`, for example from [`basic`](super::basic).
    pub authorization: Option<HeaderValue>,
    /// The form of notifications.
    pub notification: &'static Notification,
    /// The keys that sign its requests.
    pub keys: Vec<Key>,
}

/// Parses the name of a method in any case: `POST`, `PUT`, `PATCH` or `DELETE`.
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
