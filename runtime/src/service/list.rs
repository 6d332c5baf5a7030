//! Reads many objects.

use axum::response::IntoResponse;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, LINK};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Answer, Call, Service, place, response};
use crate::query::{self, Question};
use crate::resource::Resource;
use crate::store::{Error, Page, Select};
use crate::table::Page as Style;

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
        let tenant = call.grant.tenant;
        if let Some(parent) = &table.parent {
            self.find(parent.table, &tenant, &above)?;
        }
        let select = Select {
            table,
            tenant,
            parent: above.last().cloned(),
            conditions: question.conditions.clone(),
            order: question.order,
            descending: question.descending,
            limit: question.limit,
            offset: question.offset,
        };
        let store = self.store.clone();
        // A long list must not hold up other requests of this thread.
        let page = tokio::task::spawn_blocking(move || store.list(&select)).await;
        let page = page.unwrap_or_else(|_| Err(Error::stopped()))?;
        let path = format!("{}{}", self.base, place::collection(table, &above));
        let links = links(&path, table.list.page, &question, &page);
        let json = [(CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        let mut answer = (json, page.body).into_response();
        let headers = answer.headers_mut();
        headers.insert(TOTAL, HeaderValue::from(page.total));
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
    if let Some(Style::IdAfter(by)) = style {
        let more = page.count < page.total;
        let next = page.last.as_ref().filter(|_| more).map(|last| {
            let target = target(question, format!("{by}={last}"));
            format!("<{path}?{target}>; rel=\"next\"")
        });
        return next.unwrap_or_default();
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

/// The query string of a page: what turns to it, then everything else as sent.
fn target(question: &Question, mut target: String) -> String {
    for (name, value) in &question.others {
        let name = utf8_percent_encode(name, ENCODED);
        let value = utf8_percent_encode(value, ENCODED);
        target.push_str(&format!("&{name}={value}"));
    }
    target
}
