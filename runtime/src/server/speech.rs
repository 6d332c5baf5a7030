//! Responses in the dialect of the API they belong to, whether they come from an operation, an
//! unknown path or a deadline.

use std::sync::Arc;

use axum::response::Response;

use super::mount::{is_own, overlap};
use crate::api::Api;
use crate::dialect::Dialect;
use crate::service::Service;

/// The served APIs, or none if all of them follow the house conventions.
#[derive(Clone)]
pub(super) struct Speech(Arc<[Spoken]>);

/// An API and where it is served.
struct Spoken {
    api: &'static Api,
    base: String,
    /// Its path templates below the base.
    paths: Vec<String>,
}

impl Spoken {
    fn new(api: &'static Api, base: &str) -> Self {
        let routes = (api.routes)();
        Self {
            api,
            base: base.to_owned(),
            paths: routes.paths().map(|(path, _)| path.to_owned()).collect(),
        }
    }
}

impl Speech {
    /// The dialects of these services.
    pub(super) fn of(services: &[Arc<Service>]) -> Self {
        let differs = |one: &Arc<Service>| one.api.dialect != Dialect::BASE;
        let all = services.iter().filter(|_| services.iter().any(differs));
        Self(all.map(|one| Spoken::new(one.api, &one.base)).collect())
    }

    /// Converts a response for `path` to the dialect of its API.
    pub(super) fn speak(&self, path: &str, answer: Response) -> Response {
        match self.api(path) {
            Some(api) => api.dialect.speak(answer),
            None => answer,
        }
    }

    /// The API to which a path belongs: the one that serves it, otherwise the one with the
    /// longest matching base. The server's own paths belong to none.
    fn api(&self, path: &str) -> Option<&'static Api> {
        if self.0.is_empty() || is_own(path) {
            return None;
        }
        let below = |Spoken { api, base, paths }: &Spoken| {
            let rest = path.strip_prefix(base.as_str())?;
            let within = rest.is_empty() || rest.starts_with('/');
            within.then(|| {
                let serves = paths.iter().any(|one| overlap(one, rest));
                (serves, base.len(), *api)
            })
        };
        let all = self.0.iter().filter_map(below);
        let of = all.max_by_key(|(serves, length, _)| (*serves, *length));
        of.map(|(.., api)| api)
    }
}

#[cfg(test)]
mod tests {
    use super::{Speech, Spoken};
    use crate::api::Api;
    use crate::service::{Routes, get};

    static NEAR: Api = Api {
        name: "near",
        routes: || Routes::new().at("/things/{id}", get(|| async {})),
        ..Api::BASE
    };
    static OTHER: Api = Api {
        name: "other",
        routes: || Routes::new().at("/others", get(|| async {})),
        ..Api::BASE
    };

    #[test]
    fn a_path_is_of_the_api_that_serves_it_or_begins_like_it() {
        let of = |bases: [&str; 2], path: &str| {
            let [near, other] = bases;
            let all = [Spoken::new(&NEAR, near), Spoken::new(&OTHER, other)];
            let speech = Speech(all.into());
            speech.api(path).map(|api| api.name)
        };
        let apart = ["/v1", "/v1/more"];
        assert_eq!(of(apart, "/v1/x"), Some("near"));
        assert_eq!(of(apart, "/v1/more/x"), Some("other"));
        assert_eq!(of(apart, "/v10"), None);
        assert_eq!(of(["", ""], "/things/1"), Some("near"));
        assert_eq!(of(["", ""], "/others"), Some("other"));
        assert_eq!(of(["", ""], "/healthz"), None);
    }
}
