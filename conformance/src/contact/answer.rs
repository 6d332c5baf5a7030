//! What the answer of a list says of the place it was looked for at.

use crate::harness::{Exchange, retry_after};

/// Header fields that name a limit of requests: those of the draft of the IETF, and
/// those that most services have.
const LIMITS: &[&str] = &[
    "ratelimit-policy",
    "ratelimit-limit",
    "x-ratelimit-limit",
    "x-rate-limit-limit",
];

/// What an answer says of the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Something that checks can judge.
    Open,
    /// Nothing is there.
    Missing,
    /// The caller may not see it, with what is said of that.
    Forbidden(String),
    /// It is at another address.
    Moved(String),
    /// A page for people, with its type.
    Page(String),
    /// Too many requests, and when to ask again where that is said.
    Limited(String),
    /// A gateway that finds no service.
    Absent,
}

impl Kind {
    pub(super) fn of(answer: &Exchange) -> Self {
        let label = answer.header("content-type").unwrap_or_default();
        let html = label.to_ascii_lowercase().starts_with("text/html");
        match (answer.status, answer.header("location")) {
            (404, _) => Self::Missing,
            (403, _) => Self::Forbidden(detail(answer)),
            (301 | 302 | 303 | 307 | 308, Some(target)) => Self::Moved(target.to_owned()),
            (429, _) => Self::Limited(retry_after(answer).map_or(String::new(), |wait| {
                format!(" and wants to be asked again in {} s", wait.as_secs())
            })),
            (502..=504, _) => Self::Absent,
            (200..=299, _) if html => Self::Page(label.to_owned()),
            _ => Self::Open,
        }
    }
}

/// What a refusal says in words, wherever a service puts them.
fn detail(answer: &Exchange) -> String {
    let json = answer.json();
    let said = [
        "/detail",
        "/message",
        "/error/message",
        "/error_description",
        "/error",
        "/title",
    ];
    let said = said.iter().find_map(|place| json.pointer(place)?.as_str());
    said.map_or_else(
        || "it does not say why".to_owned(),
        |text| text.chars().take(200).collect(),
    )
}

/// What an answer says of a limit of requests.
pub(super) fn hint(answer: &Exchange) -> Option<String> {
    let said = LIMITS
        .iter()
        .find_map(|name| Some((name, answer.header(name)?)));
    said.map(|(name, value)| {
        format!("it names a limit of requests (`{name}: {value}`), which --rate N stays below")
    })
}

#[cfg(test)]
mod tests {
    use super::{Exchange, Kind, hint};

    fn answer(status: u16, headers: &[(&str, &str)], reply: &str) -> Exchange {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Exchange {
            status,
            reply_headers: headers.iter().map(pair).collect(),
            reply: reply.to_owned(),
            ..Exchange::default()
        }
    }

    #[test]
    fn an_answer_tells_what_is_at_a_place() {
        let kind = |status, headers: &[(&str, &str)]| {
            Kind::of(&answer(status, headers, "{\"message\":\"no\"}"))
        };
        assert_eq!(
            kind(200, &[("content-type", "application/json")]),
            Kind::Open
        );
        assert_eq!(kind(500, &[]), Kind::Open);
        assert_eq!(kind(404, &[]), Kind::Missing);
        assert_eq!(kind(403, &[]), Kind::Forbidden("no".to_owned()));
        assert_eq!(kind(301, &[]), Kind::Open);
        assert_eq!(
            kind(308, &[("location", "/x/")]),
            Kind::Moved("/x/".to_owned())
        );
        assert_eq!(
            kind(200, &[("content-type", "text/HTML; charset=utf-8")]),
            Kind::Page("text/HTML; charset=utf-8".to_owned())
        );
        assert_eq!(kind(429, &[]), Kind::Limited(String::new()));
        let after = kind(429, &[("retry-after", "7")]);
        assert_eq!(
            after,
            Kind::Limited(" and wants to be asked again in 7 s".to_owned())
        );
        assert_eq!(kind(503, &[]), Kind::Absent);
    }

    #[test]
    fn a_limit_is_named_with_its_header() {
        let said = hint(&answer(200, &[("x-ratelimit-limit", "60")], "[]")).unwrap();
        assert!(said.contains("`x-ratelimit-limit: 60`"), "{said}");
        assert_eq!(hint(&answer(200, &[], "[]")), None);
    }
}
