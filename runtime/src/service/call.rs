//! Turns a request into a call: token, scope, path and body.

use std::borrow::Cow;
use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, IF_MATCH, IF_NONE_MATCH};
use http::request::Parts;
use http::{HeaderMap, Method};
use http_body_util::BodyExt;

use super::Service;
use crate::auth::{Grant, Hash, hash};
use crate::dialect::Credentials;
use crate::problem::Problem;
use crate::query;
use crate::write::log_in;

/// Maximum length of a body in bytes.
const LONGEST: usize = 1 << 20;

/// How many bytes of an oversized body are read before responding, so that a client that is
/// still sending receives the response.
const DRAINED: usize = 32 << 20;

/// The tenant of callers that need not authenticate.
pub(crate) const TENANT: &str = "default";

/// An authenticated and authorized request.
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
    /// What the caller's token grants.
    pub grant: Grant,
    /// The hash of the caller's token; zeros if callers need none.
    pub(super) token: Hash,
}

impl FromRequest<Arc<Service>> for Call {
    type Rejection = Problem;

    async fn from_request(request: Request, service: &Arc<Service>) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let (query, grant, token) = service.admit(&parts).await?;
        let params = RawPathParams::from_request_parts(&mut parts, &()).await;
        let params = params.map_err(|_| Problem::not_found())?;
        let ids = params.iter().map(|(_, id)| id.to_owned()).collect();
        if service.api.dialect.no_validators {
            parts.headers.remove(IF_MATCH);
            parts.headers.remove(IF_NONE_MATCH);
        }
        Ok(Self {
            method: parts.method,
            path: parts.uri.path().to_owned(),
            query,
            ids,
            body: read(&parts.headers, body).await?,
            headers: parts.headers,
            grant,
            token,
        })
    }
}

impl Service {
    /// Looks up the grant of the caller's token; returns the query string without credentials,
    /// the grant and the hash of the token.
    async fn admit(&self, request: &Parts) -> Result<(Option<String>, Grant, Hash), Problem> {
        let dialect = &self.api.dialect;
        let mut query = request.uri.query().map(str::to_owned);
        if dialect.credentials == Credentials::None {
            return Ok((query, self.anonymous(), Hash::default()));
        }
        let token = self.token(request, &mut query)?;
        let hash = hash(&*token);
        let grant = match self.tokens.find(&hash).await? {
            Some(grant) => Some(grant),
            None => log_in(&*self.store, &token).await?,
        };
        let refused = |problem| dialect.credentials.challenged(problem);
        let unknown = || refused(Problem::unauthorized("the token is not known"));
        let grant = grant.ok_or_else(unknown)?;
        let writes = !matches!(request.method, Method::GET | Method::HEAD);
        if !dialect.unscoped && !grant.allows(self.api.scope, writes) {
            let half = if writes { "write" } else { "read" };
            let lacks = Problem::forbidden(&format!("{}:{half}", self.api.scope));
            return Err(refused(lacks));
        }
        Ok((query, grant, hash))
    }

    /// The grant of callers that need not authenticate: they may do everything.
    fn anonymous(&self) -> Grant {
        let shown = self.api.tables().filter_map(|table| table.scope);
        Grant {
            tenant: TENANT.to_owned(),
            scopes: shown.map(str::to_owned).collect(),
            user: None,
        }
    }

    /// The caller's token, from the place that the API defines; a query parameter that carries
    /// it is removed from `query`.
    fn token<'r>(
        &self,
        request: &'r Parts,
        query: &mut Option<String>,
    ) -> Result<Cow<'r, str>, Problem> {
        let headers = &request.headers;
        let credentials = &self.api.dialect.credentials;
        let pair = self.api.pair;
        let Some(pair) = pair.filter(|_| !headers.contains_key(AUTHORIZATION)) else {
            return credentials.token(headers, query);
        };
        if self.switches.query_credentials
            && let (rest, Some(token), Some(client)) = query::without(
                query.as_deref().unwrap_or_default(),
                pair.token,
                pair.client,
            )
        {
            let sent = |name: &str| {
                Some(if name == pair.token {
                    &*token
                } else {
                    &*client
                })
            };
            let token = pair.token(sent)?.to_owned();
            *query = rest;
            return Ok(token.into());
        }
        if !headers.contains_key(pair.token) && !headers.contains_key(pair.client) {
            return Err(credentials.unauthenticated());
        }
        let sent = |name: &str| headers.get(name)?.to_str().ok();
        pair.token(sent).map(Cow::Borrowed)
    }

    /// Refuses all parameters, for operations without any, unless the dialect ignores them.
    ///
    /// # Errors
    /// 400 when there is a parameter.
    pub(super) fn refuse_parameters(&self, call: &Call) -> Result<(), Problem> {
        match self.api.dialect.ignores_parameters {
            true => Ok(()),
            false => query::refuse_all(call.query.as_deref()),
        }
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

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Poll};

    use axum::body::Body;
    use bytes::Bytes;
    use http::HeaderMap;
    use hyper::body::Frame;

    use super::{DRAINED, LONGEST, read};

    /// A body of `left` bytes that counts the bytes read from it.
    struct Sent {
        left: usize,
        asked: Arc<AtomicUsize>,
    }

    impl hyper::body::Body for Sent {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            // Not a power of two, so that no limit is met exactly.
            let bytes = self.left.min(700_001);
            self.left -= bytes;
            self.asked.fetch_add(bytes, Ordering::Relaxed);
            Poll::Ready((bytes > 0).then(|| Ok(Frame::data(vec![b' '; bytes].into()))))
        }
    }

    /// The number of bytes kept or the status of the error, and the number of bytes read.
    fn sent(left: usize) -> (Result<usize, u16>, usize) {
        let asked = Arc::new(AtomicUsize::new(0));
        let body = Body::new(Sent {
            left,
            asked: Arc::clone(&asked),
        });
        let threads = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let read = threads.block_on(read(&HeaderMap::new(), body));
        let kept = read
            .map(|bytes| bytes.len())
            .map_err(|problem| problem.status);
        (kept, asked.load(Ordering::Relaxed))
    }

    #[test]
    fn a_body_that_is_too_long_is_read_for_a_while_and_not_for_ever() {
        assert_eq!(sent(LONGEST), (Ok(LONGEST), LONGEST));
        assert_eq!(sent(LONGEST + 1), (Err(413), LONGEST + 1));
        let (refused, asked) = sent(2 * DRAINED);
        assert_eq!(refused, Err(413));
        assert!(asked > DRAINED && asked < DRAINED + 1_000_000, "{asked}");
    }
}
