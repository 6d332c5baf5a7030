//! Media types of request bodies.

use fieldproof_spec::model::Operation;

use super::refusal::{header, problem};
use super::{Refusal, Request, Service};

/// The media type of merge patches (RFC 7396).
pub(super) const MERGE_PATCH: &str = "application/merge-patch+json";

/// The media type of whole objects.
const JSON: &str = "application/json";

/// The media types that an operation accepts from a method.
pub(super) fn formats(method: &str, appends: bool) -> String {
    match method {
        "PATCH" if !appends => format!("{JSON}, {MERGE_PATCH}"),
        _ => JSON.to_owned(),
    }
}

/// The media type of a request, without parameters.
pub(super) fn media(request: &Request) -> Option<String> {
    let label = request.headers.get("content-type")?;
    let plain = label.split(';').next().unwrap_or_default();
    Some(plain.trim().to_lowercase())
}

impl Service {
    /// Refuses bodies of an unsupported media type, and partial bodies in PUT
    /// (`Content-Range`).
    pub(super) fn judge_media(&self, request: &Request) -> Result<(), Refusal> {
        let first = request.body.iter().find(|byte| !byte.is_ascii_whitespace());
        let puts = request.method == "PUT";
        let appends = self.act.operation == Some(Operation::Append);
        let read = match media(request).as_deref() {
            None | Some(JSON) => true,
            Some("application/x-www-form-urlencoded") => {
                self.api.json_in_form && first == Some(&b'{')
            }
            Some(MERGE_PATCH) if appends => false,
            Some("application/json-patch+json") => false,
            Some(other) => !puts && other.contains('/') && other.ends_with("+json"),
        };
        if !read {
            let mut refusal = problem(415, "unsupported_media_type", &[]);
            let formats = formats(&request.method, appends);
            let more = match request.method.as_str() {
                "PATCH" => Some("accept-patch"),
                "POST" => Some("accept-post"),
                _ => None,
            };
            let named = [Some("accept"), more].into_iter().flatten();
            let named = named.map(|name| (name.to_owned(), formats.clone()));
            refusal.headers.extend(named);
            return Err(refusal);
        }
        match puts && request.headers.contains_key("content-range") {
            true => Err(header("content-range")),
            false => Ok(()),
        }
    }
}
