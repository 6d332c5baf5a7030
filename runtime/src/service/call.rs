//! A request whose caller is known and may do what it asks.

use std::sync::Arc;

use axum::RequestExt;
use axum::extract::{FromRequest, RawPathParams, Request};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH};
use http::{HeaderMap, Method};
use http_body_util::BodyExt;

use super::Service;
use crate::auth::{Grant, bearer, hash};
use crate::problem::Problem;
use crate::query;

/// Longest body in bytes.
const LONGEST: usize = 1 << 20;

/// How much of a body that is too long is read before the answer, so that a
/// client that is still sending gets to see it.
const DRAINED: usize = 32 << 20;

/// A request whose caller is known and may do what it asks.
#[derive(Debug)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// The path below the base.
    pub path: String,
    /// The query string.
    pub query: Option<String>,
    /// Values of the path's parameters, outermost first.
    pub ids: Vec<String>,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// What the caller may do.
    pub grant: Grant,
}

impl FromRequest<Arc<Service>> for Call {
    type Rejection = Problem;

    async fn from_request(mut request: Request, service: &Arc<Service>) -> Result<Self, Problem> {
        let (query, grant) = service.admit(&request)?;
        let params = request.extract_parts::<RawPathParams>().await;
        let params = params.map_err(|_| Problem::not_found())?;
        let ids = params.iter().map(|(_, id)| id.to_owned()).collect();
        let (parts, body) = request.into_parts();
        Ok(Self {
            method: parts.method,
            path: parts.uri.path().to_owned(),
            query,
            ids,
            body: read(&parts.headers, body).await?,
            headers: parts.headers,
            grant,
        })
    }
}

impl Service {
    /// Looks up the caller's token and what it grants; gives back the query
    /// string without credentials.
    fn admit(&self, request: &Request) -> Result<(Option<String>, Grant), Problem> {
        let (query, token) = self.token(request)?;
        let grant = match self.tokens.find(&hash(&token))? {
            Some(grant) => Some(grant),
            None => self.log_in(&token)?,
        };
        let grant = grant.ok_or_else(|| Problem::unauthorized("the token is not known"))?;
        let writes = !matches!(*request.method(), Method::GET | Method::HEAD);
        if !grant.allows(self.api.scope, writes) {
            let half = if writes { "write" } else { "read" };
            return Err(Problem::forbidden(&format!("{}:{half}", self.api.scope)));
        }
        Ok((query, grant))
    }

    /// The caller's token, from where the API takes one.
    fn token(&self, request: &Request) -> Result<(Option<String>, String), Problem> {
        let (headers, query) = (request.headers(), request.uri().query());
        let asis = || query.map(str::to_owned);
        let Some(pair) = self
            .api
            .pair
            .filter(|_| !headers.contains_key(AUTHORIZATION))
        else {
            return Ok((asis(), bearer(headers)?.to_owned()));
        };
        if self.switches.query_credentials
            && let (rest, Some(token), Some(client)) =
                query::without(query.unwrap_or_default(), pair.token, pair.client)
        {
            let sent = |name: &str| {
                Some(if name == pair.token {
                    &*token
                } else {
                    &*client
                })
            };
            let token = pair.token(sent)?.to_owned();
            return Ok((rest, token));
        }
        if !headers.contains_key(pair.token) && !headers.contains_key(pair.client) {
            return Err(Problem::unauthenticated());
        }
        let sent = |name: &str| headers.get(name)?.to_str().ok();
        Ok((asis(), pair.token(sent)?.to_owned()))
    }
}

async fn read(headers: &HeaderMap, mut body: axum::body::Body) -> Result<Bytes, Problem> {
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse().ok());
    let mut bytes = Vec::with_capacity(announced.unwrap_or(0usize).min(LONGEST));
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Problem::malformed("the body ended early".to_owned()))?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        length += data.len();
        if length > DRAINED {
            break;
        }
        if length <= LONGEST {
            bytes.extend_from_slice(&data);
        }
    }
    if length > LONGEST {
        return Err(Problem::body_too_large(LONGEST));
    }
    Ok(bytes.into())
}
