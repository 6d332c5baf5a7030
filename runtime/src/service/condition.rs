//! Conditional requests (RFC 9110 section 13).

use http::HeaderMap;
use http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH};

use crate::problem::Problem;

/// A version of an object in one of two variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edition {
    /// The number of the change that led to this version.
    pub(super) version: u64,
    /// Whether it includes members that only a scope reveals.
    pub(super) privileged: bool,
}

impl Edition {
    /// The variant of a version that every caller sees.
    pub(super) fn plain(version: u64) -> Self {
        Self {
            version,
            privileged: false,
        }
    }

    /// Its entity tag.
    pub(super) fn etag(self) -> String {
        let variant = if self.privileged { "-s" } else { "" };
        format!("\"{:x}{variant}\"", self.version)
    }
}

/// The preconditions of a request.
#[derive(Debug, Clone, Default)]
pub(super) struct Conditions {
    matches: Option<Tags>,
    differs: Option<Tags>,
}

#[derive(Debug, Clone)]
enum Tags {
    Any,
    List(Vec<String>),
}

impl Conditions {
    /// Reads `If-Match` and `If-None-Match`.
    ///
    /// # Errors
    /// 400 when one of them is neither `*` nor a list of entity tags.
    pub(super) fn read(headers: &HeaderMap) -> Result<Self, Problem> {
        Ok(Self {
            matches: tags(headers, &IF_MATCH)?,
            differs: tags(headers, &IF_NONE_MATCH)?,
        })
    }

    /// Whether a read of `edition` can be answered without a body, with 304.
    pub(super) fn is_known(&self, edition: Edition) -> bool {
        self.differs
            .as_ref()
            .is_some_and(|tags| tags.names(edition, true))
    }

    /// Checks `If-Match` for a read or a change of `edition`.
    ///
    /// # Errors
    /// 412 when it is not the version that the client named.
    pub(super) fn judge(&self, edition: Edition) -> Result<(), Problem> {
        let fits = self
            .matches
            .as_ref()
            .is_none_or(|tags| tags.names(edition, false));
        if fits {
            Ok(())
        } else {
            Err(Problem::precondition_failed())
        }
    }

    /// Checks the preconditions of a change of `edition`.
    ///
    /// # Errors
    /// 412 when they do not hold; 428 when `required` and `If-Match` is missing.
    pub(super) fn judge_change(&self, edition: Edition, required: bool) -> Result<(), Problem> {
        if required && self.matches.is_none() {
            return Err(Problem::precondition_required());
        }
        self.judge(edition)?;
        if self.is_known(edition) {
            return Err(Problem::precondition_failed());
        }
        Ok(())
    }
}

impl Tags {
    fn names(&self, edition: Edition, weak: bool) -> bool {
        let own = edition.etag();
        match self {
            Self::Any => true,
            Self::List(tags) => tags.iter().any(|tag| {
                let plain = if weak {
                    tag.strip_prefix("W/").unwrap_or(tag)
                } else {
                    tag
                };
                plain == own
            }),
        }
    }
}

fn tags(headers: &HeaderMap, name: &HeaderName) -> Result<Option<Tags>, Problem> {
    let mut list = Vec::new();
    let mut any = false;
    for value in headers.get_all(name) {
        if value.as_bytes().trim_ascii() == b"*" {
            any = true;
        } else {
            listed(value.as_bytes(), &mut list).ok_or_else(|| malformed(name))?;
        }
    }
    match (any, list.is_empty()) {
        (true, true) => Ok(Some(Tags::Any)),
        (true, false) => Err(malformed(name)),
        (false, _) => Ok(headers.contains_key(name).then_some(Tags::List(list))),
    }
}

fn malformed(name: &HeaderName) -> Problem {
    Problem::bad_header(name.as_str(), "must be `*` or a list of entity tags")
}

/// Parses a list of entity tags (RFC 9110 sections 5.6.1 and 8.8.3); a tag may contain a comma.
fn listed(mut text: &[u8], list: &mut Vec<String>) -> Option<()> {
    loop {
        text = text.trim_ascii_start();
        match text {
            [] => return Some(()),
            [b',', rest @ ..] => text = rest,
            tag => {
                let opaque = tag.strip_prefix(b"W/").unwrap_or(tag).strip_prefix(b"\"")?;
                let inner = opaque.iter().position(|byte| *byte == b'"')?;
                let legal = |byte: &u8| *byte > b' ' && *byte != 0x7f;
                if !opaque[..inner].iter().all(legal) {
                    return None;
                }
                let length = tag.len() - opaque.len() + inner + 1;
                list.push(String::from_utf8_lossy(&tag[..length]).into_owned());
                text = tag[length..].trim_ascii_start();
                if !matches!(text, [] | [b',', ..]) {
                    return None;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::{Conditions, Edition};

    fn sent(name: &'static str, value: &'static str) -> Conditions {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_static(value));
        Conditions::read(&headers).unwrap()
    }

    #[test]
    fn what_is_no_entity_tag_is_refused() {
        let read = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("if-match", HeaderValue::from_static(value));
            Conditions::read(&headers)
        };
        for good in [
            "*",
            " * ",
            "\"\"",
            "\"a\" , W/\"b\"",
            "",
            ",\"a,b\",,\"c\",",
            "\"W/*\"",
        ] {
            assert!(read(good).is_ok(), "{good}");
        }
        for bad in [
            "a",
            "\"",
            "\"a",
            "a\"",
            "w/\"a\"",
            "W/",
            "\"a\", b",
            "\"a\" \"b\"",
            "\"a\"\"b\"",
            "\"a b\"",
            "*, \"a\"",
            "W/ \"a\"",
            "\"a\", *",
        ] {
            assert_eq!(read(bad).unwrap_err().status, 400, "{bad}");
        }
    }

    #[test]
    fn compares_strongly_for_changes_and_weakly_for_reads() {
        assert!(
            sent("if-match", "\"a\", \"1f\"")
                .judge(Edition::plain(31))
                .is_ok()
        );
        assert_eq!(
            sent("if-match", "W/\"1f\"")
                .judge(Edition::plain(31))
                .unwrap_err()
                .status,
            412
        );
        let privileged = Edition {
            version: 31,
            privileged: true,
        };
        assert!(sent("if-match", "\"1f\"").judge(privileged).is_err());
        assert!(sent("if-match", "\"1f-s\"").judge(privileged).is_ok());
        assert!(sent("if-match", "*").judge(Edition::plain(31)).is_ok());
        assert!(sent("if-none-match", "W/\"1f\"").is_known(Edition::plain(31)));
        assert!(sent("if-none-match", "\"a,b\",\"1f\"").is_known(Edition::plain(31)));
        assert!(!sent("if-none-match", "\"a,\", \",1f,\"").is_known(Edition::plain(31)));
        assert_eq!(
            sent("if-none-match", "*")
                .judge_change(Edition::plain(1), false)
                .unwrap_err()
                .status,
            412
        );
        assert_eq!(
            Conditions::default()
                .judge_change(Edition::plain(1), true)
                .unwrap_err()
                .status,
            428
        );
    }
}
