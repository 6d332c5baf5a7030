//! Reads many objects.

use axum::response::IntoResponse;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, LINK};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Answer, Call, Service, apart, place, response, user};
use crate::query::{self, Question, place_text};
use crate::resource::Resource;
use crate::store::{Error, Page, Place, Select};
use crate::table::{Envelope, Page as Style};

/// How many objects all pages have together.
const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// What stands for something in a query string.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'[')
    .remove(b']');

impl Service {
    /// Reads the objects that the parameters select: the stored texts as they
    /// are, as one array; pages are linked (RFC 8288).
    ///
    /// # Errors
    /// 404 for an unknown parent, 400 naming every parameter that is not legal.
    pub async fn list<R: Resource>(&self, call: Call) -> Answer {
        let table = R::table();
        let above = place::of_collection(table, &call)?;
        let question = query::read(&table.list, self.switches.list_cap, call.query.as_deref())?;
        let tenant = user::partition(table, &call.grant)?;
        if let Some(parent) = &table.parent {
            self.find(parent.table, &tenant, &above)?;
        }
        let select = Select {
            table,
            tenant,
            parent: above.last().cloned(),
            full: apart::sees(table, &call.grant),
            conditions: question.conditions.clone(),
            order: question.order,
            descending: question.descending,
            after: question.after.clone(),
            limit: question.limit,
            offset: question.offset,
        };
        let (store, full) = (self.store.clone(), select.full);
        // A long list must not hold up other requests of this thread.
        let page = tokio::task::spawn_blocking(move || store.list(&select)).await;
        let page = page.unwrap_or_else(|_| Err(Error::stopped()))?;
        let path = format!("{}{}", self.base, place::collection(table, &above));
        let links = links(&path, table.list.page, &question, &page);
        let json = [(CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        let total = page.total;
        let body = enveloped(table.list.envelope, &question, page);
        let mut answer = (json, body).into_response();
        let headers = answer.headers_mut();
        headers.insert(TOTAL, HeaderValue::from(total));
        response::guard(headers, full);
        if !links.is_empty() {
            headers.insert(LINK, response::value(&links));
        }
        Ok(answer)
    }
}

/// The other pages: the next when there is one, the one before and the first
/// when this is not the first.
fn links(path: &str, style: Option<Style>, question: &Question, page: &Page) -> String {
    let Some(limit) = question.limit else {
        return String::new();
    };
    let next = match (style, question.page) {
        (Some(Style::LimitOffset { .. }) | None, _) => None,
        (Some(Style::PageNumber { by, size, .. }), Some((number, objects))) => {
            let more = question.offset.saturating_add(page.count) < page.rest && page.count > 0;
            let target = format!("{by}={}&{size}={objects}", number.saturating_add(1));
            Some(more.then_some(target))
        }
        (Some(style), _) => {
            let last = page.last.as_ref().filter(|_| page.count < page.rest);
            Some(last.and_then(|last| continued(style, last)))
        }
    };
    if let Some(next) = next {
        let link = |next| format!("<{path}?{}>; rel=\"next\"", target(question, next));
        return next.map(link).unwrap_or_default();
    }
    let size = u64::from(limit);
    let mut links = Vec::new();
    let mut link = |offset: u64, limit: u64, rel: &str| {
        let target = target(question, format!("limit={limit}&offset={offset}"));
        links.push(format!("<{path}?{target}>; rel=\"{rel}\""));
    };
    let next = question.offset.saturating_add(page.count);
    if page.count > 0 && next < page.total {
        link(next, size, "next");
    }
    if question.offset > 0 {
        // The page before a short first page ends where this one begins.
        let start = question.offset.saturating_sub(size);
        link(start, size.min(question.offset), "prev");
        link(0, size, "first");
    }
    links.join(", ")
}

/// What continues a list behind its last object.
fn continued(style: Style, last: &Place) -> Option<String> {
    let place = || place_text(last);
    match style {
        Style::LimitOffset { .. } => None,
        Style::IdAfter(by) => Some(format!("{by}={}", last.id)),
        Style::Cursor(by) => Some(format!("{by}={}", place())),
        Style::PageNumber { cursor, .. } => cursor.map(|by| format!("{by}={}", place())),
    }
}

/// The array of a page, in its envelope when there is one.
fn enveloped(envelope: Option<Envelope>, question: &Question, page: Page) -> String {
    let Some(envelope) = envelope.filter(|one| !one.paged || question.page.is_some()) else {
        return page.body;
    };
    let mut body = format!("{{\"{}\":{}", envelope.items, page.body);
    let (number, size) = question.page.unwrap_or((1, u32::MAX));
    let counts = [
        (envelope.total, page.total),
        (envelope.pages, page.total.div_ceil(u64::from(size))),
        (envelope.page, number),
    ];
    for (name, count) in counts {
        if let Some(name) = name {
            body.push_str(&format!(",\"{name}\":{count}"));
        }
    }
    body.push('}');
    body
}

/// Text as it stands in a query string.
pub(super) fn encoded(text: &str) -> impl std::fmt::Display + '_ {
    utf8_percent_encode(text, ENCODED)
}

/// The query string of a page: what turns to it, then everything else as sent.
fn target(question: &Question, mut target: String) -> String {
    for (name, value) in &question.others {
        let (name, value) = (encoded(name), encoded(value));
        target.push_str(&format!("&{name}={value}"));
    }
    target
}
