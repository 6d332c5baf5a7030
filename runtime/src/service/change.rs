//! Bodies of writing operations.

use http::Method;
use http::header::CONTENT_RANGE;
use serde_json::Value;

use super::route::FORMATS;
use super::{Call, Service};
use crate::body::{self, JSON, Media};
use crate::problem::Problem;

impl Service {
    /// Parses a body as JSON.
    pub(super) fn parse(&self, call: &Call) -> Result<Value, Problem> {
        self.media(call, JSON)?;
        body::parse(&call.body)
    }

    /// Parses a body that adds to lists as JSON; merge patches are refused.
    pub(super) fn parse_added(&self, call: &Call) -> Result<Value, Problem> {
        match self.media(call, JSON)? {
            Media::MergePatch => Err(Problem::unsupported_media_type(&call.method, JSON)),
            _ => body::parse(&call.body),
        }
    }

    /// Parses the body of an update as JSON; also returns whether it is a merge patch.
    pub(super) fn parse_change(&self, call: &Call) -> Result<(Value, bool), Problem> {
        let formats = match call.method {
            Method::PATCH => FORMATS,
            _ => JSON,
        };
        let patch = self.media(call, formats)? == Media::MergePatch;
        Ok((body::parse(&call.body)?, patch))
    }

    /// The format of a body by its media type. `PUT` accepts only whole objects, in a single
    /// format, and never a part of one (RFC 9110 section 14.5).
    fn media(&self, call: &Call, formats: &str) -> Result<Media, Problem> {
        let media = body::media(&call.headers, &call.body, self.api.json_in_form);
        let puts = call.method == Method::PUT;
        if media == Media::Other || puts && media != Media::Json {
            return Err(Problem::unsupported_media_type(&call.method, formats));
        }
        if puts && call.headers.contains_key(CONTENT_RANGE) {
            let detail = "must not be sent: PUT writes the whole object";
            return Err(Problem::bad_header(CONTENT_RANGE.as_str(), detail));
        }
        Ok(media)
    }
}
