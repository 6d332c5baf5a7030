//! Media types of request bodies.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// JSON, the only format for whole objects.
pub const JSON: &str = "application/json";

/// A change in the shape of the object that it changes (RFC 7396).
const MERGE_PATCH: &str = "application/merge-patch+json";

/// A list of patch steps (RFC 6902), which is JSON with another meaning.
const JSON_PATCH: &str = "application/json-patch+json";

/// The kind of a request body according to its media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// [`JSON`], or no media type.
    Json,
    /// [`MERGE_PATCH`].
    MergePatch,
    /// Another format based on JSON.
    OnJson,
    /// A format that is not read.
    Other,
}

/// Returns the kind of a body by its media type; with `in_form`, a form label on text that
/// begins with `{` counts as JSON, which is what `curl --data` sends.
#[must_use]
pub fn media(headers: &HeaderMap, body: &[u8], in_form: bool) -> Media {
    let mut labels = headers.get_all(CONTENT_TYPE).iter();
    let Some(label) = labels.next() else {
        return Media::Json;
    };
    let (None, Ok(label)) = (labels.next(), label.to_str()) else {
        return Media::Other;
    };
    let essence = label
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match essence.as_str() {
        JSON => Media::Json,
        MERGE_PATCH => Media::MergePatch,
        JSON_PATCH => Media::Other,
        "application/x-www-form-urlencoded" if in_form && begins_object(body) => Media::Json,
        other => match other.split_once('/') {
            Some((kind, sub))
                if !kind.is_empty() && sub.len() > "+json".len() && sub.ends_with("+json") =>
            {
                Media::OnJson
            }
            _ => Media::Other,
        },
    }
}

fn begins_object(body: &[u8]) -> bool {
    body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::{Media, media};

    #[test]
    fn reads_json_by_label() {
        let judge = |label: &'static str, body: &[u8], in_form| {
            let mut headers = HeaderMap::new();
            headers.insert("content-type", HeaderValue::from_static(label));
            media(&headers, body, in_form)
        };
        assert_eq!(media(&HeaderMap::new(), b"{}", false), Media::Json);
        for (label, body, in_form, expected) in [
            ("Application/JSON; charset=utf-8", "{}", false, Media::Json),
            (
                "application/merge-patch+json",
                "{}",
                false,
                Media::MergePatch,
            ),
            ("application/vnd.x+json", "{}", false, Media::OnJson),
            ("application/json-patch+json", "[]", false, Media::Other),
            (
                "application/x-www-form-urlencoded",
                " {}",
                true,
                Media::Json,
            ),
            (
                "application/x-www-form-urlencoded",
                "a=1",
                true,
                Media::Other,
            ),
            (
                "application/x-www-form-urlencoded",
                "{}",
                false,
                Media::Other,
            ),
            ("text/plain", "{}", true, Media::Other),
            ("+json", "{}", true, Media::Other),
            ("", "{}", true, Media::Other),
        ] {
            assert_eq!(judge(label, body.as_bytes(), in_form), expected, "{label}");
        }
        let mut twice = HeaderMap::new();
        twice.append("content-type", HeaderValue::from_static("application/json"));
        twice.append("content-type", HeaderValue::from_static("application/json"));
        assert_eq!(media(&twice, b"{}", false), Media::Other);
    }
}
