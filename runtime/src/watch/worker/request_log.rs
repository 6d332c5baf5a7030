//! The request log: delivery attempts, for the owner of a watch to read.

use http::header::AUTHORIZATION;
use http::{HeaderMap, Request};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use bytes::Bytes;

use crate::problem::Problem;
use crate::store::{ColumnValue, REQUESTS, Row, Transaction};
use crate::value::{Form, Instant};
use crate::watch::machine::{Claim, DeliveryState};

/// Placeholder for a secret.
pub(super) const NOT_SHOWN: &str = "not shown";

/// Maximum number of body bytes that are logged.
const LONGEST: usize = 16 * 1_024;

/// An attempt: the request without secrets, and the response.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LoggedRequest {
    /// Its number.
    pub(crate) id: String,
    /// The notification; the same for all of its attempts.
    pub(crate) webhook_id: String,
    /// The event.
    pub(crate) event: String,
    /// The identifier of the object that changed.
    pub(crate) resource_id: String,
    /// The number of the attempt, from 1.
    pub(crate) attempt: u32,
    /// When it was settled.
    pub(crate) sent: String,
    /// How long it took, in milliseconds.
    pub(crate) duration: u64,
    /// `delivered`, `retrying`, or `dead`.
    pub(crate) outcome: String,
    /// The method.
    pub(crate) method: String,
    /// The URL.
    pub(crate) address: String,
    /// The header fields that were sent.
    pub(crate) headers: Map<String, Value>,
    /// The beginning of the body that was sent.
    pub(crate) body: String,
    /// The status of the response.
    pub(crate) status: Option<u16>,
    /// The beginning of the response body.
    pub(crate) response: Option<String>,
    /// Why the attempt failed.
    pub(crate) error: Option<String>,
}

impl LoggedRequest {
    /// Records the request. Credentials are left out.
    pub(super) fn sends(&mut self, request: &Request<Bytes>) {
        self.method = request.method().to_string();
        self.address = request.uri().to_string();
        self.headers = shown(request.headers());
        self.body = beginning(request.body());
    }

    /// Stores the record of a settled attempt.
    ///
    /// # Errors
    /// The store cannot be written.
    pub(super) fn put(
        mut self,
        tx: &mut dyn Transaction,
        claim: &Claim,
        state: DeliveryState,
        now: Instant,
    ) -> Result<(), Problem> {
        let number = tx.number();
        self.id = number.to_string();
        self.sent = Form::MillisZ.print(now);
        state.outcome().clone_into(&mut self.outcome);
        let cells = [
            &self.outcome,
            &self.event,
            &self.resource_id,
            &self.webhook_id,
        ];
        let mut cells = cells.map(|text| ColumnValue::Text(text.clone())).to_vec();
        cells.push(ColumnValue::Number(number.cast_signed()));
        let text = serde_json::to_string(&self).unwrap_or_default();
        let row = Row {
            parent: Some(claim.delivery.watch.clone()),
            cells,
            ..Row::internal(self.id, number, now, text)
        };
        Ok(tx.upsert(&REQUESTS, &row)?)
    }
}

/// Header fields, redacted.
fn shown(headers: &HeaderMap) -> Map<String, Value> {
    let show = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
        let secret = value.is_sensitive() || *name == AUTHORIZATION;
        let text = match secret {
            true => NOT_SHOWN.to_owned(),
            false => String::from_utf8_lossy(value.as_bytes()).into_owned(),
        };
        (name.to_string(), text.into())
    };
    headers.iter().map(show).collect()
}

/// The beginning of a body as text.
pub(super) fn beginning(body: &[u8]) -> String {
    let most = body.len().min(LONGEST);
    // Not every store supports U+0000 in text.
    String::from_utf8_lossy(&body[..most]).replace('\0', "\u{fffd}")
}
