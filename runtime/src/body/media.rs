//! Which bodies are read as JSON.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// Whether a body is JSON by its label: `application/json`, any `+json`, or no
/// label; with `in_form` also a form label on text that begins with `{`, which
/// is what `curl --data` sends.
#[must_use]
pub fn is_json(headers: &HeaderMap, body: &[u8], in_form: bool) -> bool {
    let mut labels = headers.get_all(CONTENT_TYPE).iter();
    let Some(label) = labels.next() else {
        return true;
    };
    if labels.next().is_some() {
        return false;
    }
    let Ok(label) = label.to_str() else {
        return false;
    };
    let essence = label
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match essence.as_str() {
        "application/json" => true,
        "application/x-www-form-urlencoded" => in_form && begins_object(body),
        other => other.split_once('/').is_some_and(|(kind, sub)| {
            !kind.is_empty() && sub.len() > "+json".len() && sub.ends_with("+json")
        }),
    }
}

fn begins_object(body: &[u8]) -> bool {
    body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::is_json;

    #[test]
    fn reads_json_by_label() {
        let judge = |label: &'static str, body: &[u8], in_form| {
            let mut headers = HeaderMap::new();
            headers.insert("content-type", HeaderValue::from_static(label));
            is_json(&headers, body, in_form)
        };
        assert!(is_json(&HeaderMap::new(), b"{}", false));
        assert!(judge("Application/JSON; charset=utf-8", b"{}", false));
        assert!(judge("application/merge-patch+json", b"{}", false));
        assert!(judge("application/x-www-form-urlencoded", b" {}", true));
        assert!(!judge("application/x-www-form-urlencoded", b"a=1", true));
        assert!(!judge("application/x-www-form-urlencoded", b"{}", false));
        assert!(!judge("text/plain", b"{}", true));
        assert!(!judge("", b"{}", true));
    }
}
