//! Who calls: tokens, pairs of headers, and objects with tokens of their own.

use fieldproof_spec::model::{QueryCredentials, Resource};

use super::refusal::decode;
use super::{Caller, Kind, Request, Service};

/// The one client there is, and its token.
const CLIENT: (&str, &str) = ("client_id", "client_token");

impl Caller {
    /// A caller who may do everything.
    pub(super) fn everyone() -> Self {
        Self {
            tenant: "main".to_owned(),
            user: Some("main"),
            reads: true,
            writes: true,
            sees: true,
        }
    }
}

impl Service {
    /// The request with credentials of its query string as headers, where the
    /// switch says so.
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

    /// Who sends a request, when it is somebody.
    pub(super) fn caller(&self, request: &Request, resource: &Resource) -> Option<Caller> {
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
                let broken = self.broken(Kind::PairIgnored, &resource.name, "");
                (together || broken).then(|| token.clone())?
            }
        };
        let known = self.tokens.get(&token).cloned();
        known.or_else(|| self.logged_in(&token))
    }

    /// An object that calls with a token of its own: known, and without a scope.
    fn logged_in(&self, token: &str) -> Option<Caller> {
        for resource in &self.api.resources {
            let Some(login) = &resource.login else {
                continue;
            };
            let stale = self.broken(Kind::LoginStale, &resource.name, "");
            let open = self.broken(Kind::LoginOpen, &resource.name, "");
            for record in self.all(resource) {
                let text = |name: &str| record.object.get(name).and_then(|value| value.as_str());
                let active = login
                    .needs
                    .iter()
                    .all(|(name, value)| text(name) == Some(value));
                if text(&login.token) == Some(token) && (active || stale) {
                    return Some(Caller {
                        tenant: record.tenant.clone(),
                        user: None,
                        reads: open,
                        writes: open,
                        sees: open,
                    });
                }
            }
        }
        None
    }
}
