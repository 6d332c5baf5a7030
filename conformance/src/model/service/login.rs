//! Authentication: tokens, pairs of headers, and objects with tokens of their own.

use std::collections::HashMap;

use fieldproof_spec::model::{Credentials, QueryCredentials};

use super::refusal::{decode, problem};
use super::{Caller, Refusal, Request, Service};

/// The only client, and its token.
const CLIENT: (&str, &str) = ("client_id", "client_token");

/// The tokens of the model, with their callers.
pub(super) fn tokens() -> HashMap<String, Caller> {
    let main = Caller::everyone;
    let all = [
        ("main", main()),
        (
            "other_tenant",
            Caller {
                tenant: "other".to_owned(),
                ..main()
            },
        ),
        (
            "read_only",
            Caller {
                writes: false,
                ..main()
            },
        ),
        (
            "no_scope",
            Caller {
                reads: false,
                writes: false,
                ..main()
            },
        ),
        (
            "other_user",
            Caller {
                user: Some("other"),
                ..main()
            },
        ),
        ("client_token", main()),
        (
            "no_secret",
            Caller {
                sees: false,
                ..main()
            },
        ),
        (
            "no_user",
            Caller {
                user: None,
                ..main()
            },
        ),
    ];
    all.map(|(token, caller)| (token.to_owned(), caller)).into()
}

impl Service {
    /// The request with credentials of its query string moved to headers, if the switch
    /// accepts them.
    pub(super) fn credited(&self, request: &Request) -> Request {
        let mut request = request.clone();
        let accepted = self.api.switches.query_credentials == QueryCredentials::Accept;
        let Some(pair) = self.api.auth_headers.as_ref().filter(|_| accepted) else {
            return request;
        };
        let mut rest = Vec::new();
        let mut found = Vec::new();
        for part in request.query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match name == pair.token || name == pair.client {
                true => found.push((name.to_lowercase(), decode(value).unwrap_or_default())),
                false => rest.push(part),
            }
        }
        if found.len() == 2 && !request.headers.contains_key("authorization") {
            let query = rest.join("&");
            request.query = query;
            request.headers.extend(found);
        }
        request
    }

    /// The caller of a request, if allowed to read or write; otherwise the refusal.
    pub(super) fn admit(&self, request: &Request, writes: bool) -> Result<Caller, Refusal> {
        let Some(caller) = self.caller(request) else {
            let mut refusal = problem(401, "unauthorized", &[]);
            let word = match &self.api.credentials {
                Credentials::Bearer(word) => word,
                _ => "Bearer",
            };
            let scheme = ("www-authenticate".to_owned(), word.to_owned());
            refusal.headers.push(scheme);
            return Err(refusal);
        };
        let may = if writes { caller.writes } else { caller.reads };
        match may {
            true => Ok(caller),
            false => Err(problem(403, "forbidden", &[])),
        }
    }

    /// The caller of a request, if it is authenticated.
    fn caller(&self, request: &Request) -> Option<Caller> {
        let token = match request.headers.get("authorization") {
            Some(value) => {
                let (scheme, token) = value.split_once(' ')?;
                let token = token.trim().to_owned();
                scheme.eq_ignore_ascii_case("bearer").then_some(token)?
            }
            None => {
                let pair = self.api.auth_headers.as_ref()?;
                let sent = |name: &str| request.headers.get(&name.to_lowercase());
                let (token, client) = (sent(&pair.token)?, sent(&pair.client)?);
                let together = client == token || (client.as_str(), token.as_str()) == CLIENT;
                together.then(|| token.clone())?
            }
        };
        let known = self.tokens.get(&token).cloned();
        known.or_else(|| self.logged_in(&token))
    }

    /// The caller for an object with a token of its own, as long as the object meets its
    /// conditions.
    fn logged_in(&self, token: &str) -> Option<Caller> {
        for resource in &self.api.resources {
            let Some(login) = &resource.login else {
                continue;
            };
            for record in self.all(resource) {
                let text = |name: &str| record.object.get(name).and_then(|value| value.as_str());
                let mut needs = login.needs.iter();
                let active = needs.all(|(name, value)| text(name) == Some(value));
                if text(&login.token) == Some(token) && active {
                    return Some(self.semantics.logged_in(resource, record));
                }
            }
        }
        None
    }
}
