//! HTML pages that explain the kinds of problems.

use std::fmt::Write;

use super::KINDS;

/// The page about one kind.
#[must_use]
pub fn page(code: &str) -> Option<String> {
    let kind = KINDS.iter().find(|kind| kind.code == code)?;
    Some(html(
        kind.title,
        &format!(
            "<p>{}</p><p>Status {}. <a href=\"/problems\">All problems</a></p>",
            kind.about, kind.status
        ),
    ))
}

/// The page that lists all kinds.
#[must_use]
pub fn index() -> String {
    let mut list = String::new();
    for kind in KINDS {
        let (code, status, title) = (kind.code, kind.status, kind.title);
        let _ = write!(
            list,
            "<li>{status} <a href=\"/problems/{code}\">{title}</a></li>"
        );
    }
    html("Problems", &format!("<ul>{list}</ul>"))
}

/// A page in the style of the server's plain pages.
pub(crate) fn html(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><style>:root{{color-scheme:light dark}}body{{font:16px/1.5 system-ui;max-width:44rem;margin:3rem auto;padding:0 1rem}}table{{border-collapse:collapse;width:100%;display:block;overflow-x:auto}}td,th{{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #8884}}</style>\
         <h1>{title}</h1>{body}</html>"
    )
}

/// Escapes text for HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
