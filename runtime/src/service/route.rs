//! Routes: operations, `OPTIONS`, and the response to every other method.

use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::response::IntoResponse;
use axum::routing::MethodRouter;
use http::StatusCode;
use http::header::{ALLOW, HeaderName, HeaderValue};

use super::Service;
use crate::body::JSON;
use crate::problem::Problem;

/// Header that lists the formats accepted for updates (RFC 5789 section 3.1).
const ACCEPT_PATCH: HeaderName = HeaderName::from_static("accept-patch");

/// The formats accepted for updates.
pub(super) const FORMATS: &str = "application/json, application/merge-patch+json";

/// The routes of an API below its base.
#[derive(Debug, Clone, Default)]
pub struct Routes(Vec<(String, Operations)>);

impl Routes {
    /// No routes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the operations of a path; a method that the path has already stays as it is.
    /// `OPTIONS` answers 204 there, all other methods 405.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>, operations: Operations) -> Self {
        let path = path.into();
        let mut all = self.0.iter_mut();
        match all.find(|(own, _)| is_same(own, &path)) {
            Some((_, own)) => own.complete(&operations),
            None => self.0.push((path, operations)),
        }
        self
    }

    /// Adds the same operations at each of the paths.
    #[must_use]
    pub fn at_each(self, paths: &[&str], operations: Operations) -> Self {
        let add = |routes: Self, path: &&str| routes.at(*path, operations.clone());
        paths.iter().fold(self, add)
    }

    /// Both these routes of an API and `own` ones that come before them: a method of an own path
    /// that the API has as well is asked first, and the other methods of the path are the API's.
    pub(crate) fn behind(mut self, own: Self) -> (Router<Arc<Service>>, Self) {
        let mut first = Router::new();
        for (path, operations) in own.0 {
            let mut all = self.0.iter_mut();
            first = match all.find(|(other, _)| is_same(&path, other)) {
                Some((_, known)) => {
                    known.allow_also(&operations);
                    first.route(&path, operations.bare())
                }
                None => first.route(&path, operations.into()),
            };
        }
        (first, self)
    }

    /// Adds the routes of `others`.
    #[must_use]
    pub(crate) fn and(self, others: Self) -> Self {
        let add =
            |routes: Self, (path, operations): (String, Operations)| routes.at(path, operations);
        others.0.into_iter().fold(self, add)
    }

    /// Every path with its methods, as the value of `Allow`.
    pub fn paths(&self) -> impl Iterator<Item = (&str, String)> {
        let all = self.0.iter();
        all.map(|(path, operations)| (path.as_str(), operations.allow()))
    }
}

impl From<Routes> for Router<Arc<Service>> {
    fn from(routes: Routes) -> Self {
        let add = |router: Self, (path, operations): (String, Operations)| {
            router.route(&path, operations.into())
        };
        routes.0.into_iter().fold(Self::new(), add)
    }
}

/// Whether two templates are of one path, whatever their parameters are called.
fn is_same(one: &str, other: &str) -> bool {
    let is_parameter = |segment: &str| segment.starts_with('{');
    let mut pairs = one.split('/').zip(other.split('/'));
    one.split('/').count() == other.split('/').count()
        && pairs.all(|(a, b)| a == b || (is_parameter(a) && is_parameter(b)))
}

/// The operations of a path, one for each method.
#[derive(Debug, Clone)]
pub struct Operations {
    methods: Vec<(&'static str, MethodRouter<Arc<Service>>)>,
    /// Methods that somebody else answers at the path.
    also: Vec<&'static str>,
    /// The formats that `PATCH` accepts, if there is one.
    patches: Option<&'static str>,
}

/// Functions that add the operation of a method, and those that begin with it.
macro_rules! operations {
    ($($name:ident $method:literal $router:ident $patches:expr;)*) => {
        impl Operations {$(
            #[doc = concat!("Adds the operation of `", $method, "`.")]
            #[must_use]
            pub fn $name<H: Handler<T, Arc<Service>>, T: 'static>(mut self, handler: H) -> Self {
                let operation = MethodRouter::new().$router(handler);
                self.methods.push(($method, operation));
                self.patches = self.patches.or($patches);
                self
            }
        )*}

        $(
            #[doc = concat!("A path with an operation of `", $method, "`.")]
            #[must_use]
            pub fn $name<H: Handler<T, Arc<Service>>, T: 'static>(handler: H) -> Operations {
                Operations::new().$name(handler)
            }
        )*
    };
}

operations! {
    get "GET" get None;
    post "POST" post None;
    put "PUT" put None;
    patch "PATCH" patch Some(FORMATS);
    delete "DELETE" delete None;
}

/// A path with a `PATCH` that adds to lists.
#[must_use]
pub fn patch_append<H: Handler<T, Arc<Service>>, T: 'static>(handler: H) -> Operations {
    Operations::new().patch_append(handler)
}

impl Operations {
    fn new() -> Self {
        Self {
            methods: Vec::new(),
            also: Vec::new(),
            patches: None,
        }
    }

    /// Adds the operations of `others` for methods that are not here.
    fn complete(&mut self, others: &Self) {
        let lacks = |method: &str| self.methods.iter().all(|(own, _)| *own != method);
        if lacks("PATCH") {
            self.patches = others.patches;
        }
        let missing = others.methods.iter().filter(|(method, _)| lacks(method));
        let missing: Vec<_> = missing.cloned().collect();
        self.methods.extend(missing);
    }

    /// Names the methods of `others`, which are asked before.
    fn allow_also(&mut self, others: &Self) {
        if others.patches.is_some() {
            self.patches = others.patches;
        }
        let names = others.methods.iter().map(|(method, _)| *method);
        self.also.extend(names);
    }

    /// The operations alone, without an answer to other methods.
    fn bare(self) -> MethodRouter<Arc<Service>> {
        let all = self.methods.into_iter();
        all.fold(MethodRouter::new(), |all, (_, own)| all.merge(own))
    }

    /// Adds a `PATCH` that adds to lists and accepts no merge patches.
    #[must_use]
    pub fn patch_append<H: Handler<T, Arc<Service>>, T: 'static>(mut self, handler: H) -> Self {
        self.patches = Some(JSON);
        self.patch(handler)
    }

    /// The methods, as the value of `Allow`.
    fn allow(&self) -> String {
        let mut all: Vec<&str> = self.methods.iter().map(|(method, _)| *method).collect();
        all.push("OPTIONS");
        all.extend(&self.also);
        if all.contains(&"GET") {
            all.push("HEAD");
        }
        all.sort_unstable();
        all.dedup();
        all.join(", ")
    }
}

impl From<Operations> for MethodRouter<Arc<Service>> {
    fn from(operations: Operations) -> Self {
        let allow: Arc<str> = operations.allow().into();
        let methods = HeaderValue::from_str(&allow).expect("names of methods");
        let formats = operations.patches.map(HeaderValue::from_static);
        let options = move || async move {
            let allow = [(ALLOW, methods)];
            match formats {
                Some(formats) => {
                    (StatusCode::NO_CONTENT, allow, [(ACCEPT_PATCH, formats)]).into_response()
                }
                None => (StatusCode::NO_CONTENT, allow).into_response(),
            }
        };
        let refuse = move || async move { Problem::method_not_allowed(&allow) };
        operations.bare().options(options).fallback(refuse)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::Router;

    use super::{Routes, get, is_same, post};
    use crate::service::Service;

    #[test]
    fn a_path_that_is_added_twice_has_the_methods_of_both() {
        let routes = Routes::new()
            .at("/a/{one}", get(|| async {}))
            .at("/a", post(|| async {}))
            .at("/a/{other}", post(|| async {}));
        let paths: Vec<(&str, String)> = routes.paths().collect();
        let expected = [
            ("/a/{one}", "GET, HEAD, OPTIONS, POST".to_owned()),
            ("/a", "OPTIONS, POST".to_owned()),
        ];
        assert_eq!(paths, expected);
        let _ = Router::<Arc<Service>>::from(routes);
    }

    #[test]
    fn templates_are_the_same_whatever_their_parameters_are_called() {
        assert!(is_same("/a/{one}/b", "/a/{other}/b"));
        for other in ["/a", "/a/{one}/b/", "/a/x/b", "/b/{one}/b"] {
            assert!(!is_same("/a/{one}/b", other), "{other}");
            assert!(!is_same(other, "/a/{one}/b"), "{other}");
        }
    }
}
