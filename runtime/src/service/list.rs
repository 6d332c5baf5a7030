//! Reads many objects.

use axum::response::IntoResponse;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, LINK};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Answer, Call, Service, place, response};
use crate::query::{self, Question};
use crate::resource::Resource;
use crate::store::{Error, Page, Select};

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
        let question = query::read(&table.list, call.query.as_deref())?;
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
        let path = format!("{}{}", self.base, call.path);
        let links = links(&path, &question, &page);
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
fn links(path: &str, question: &Question, page: &Page) -> String {
    let Some(limit) = question.limit else {
        return String::new();
    };
    let size = u64::from(limit);
    let mut links = Vec::new();
    let mut link = |offset: u64, limit: u64, rel: &str| {
        links.push(format!(
            "<{path}?{}>; rel=\"{rel}\"",
            target(question, offset, limit)
        ));
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

fn target(question: &Question, offset: u64, limit: u64) -> String {
    let mut target = format!("limit={limit}&offset={offset}");
    for (name, value) in &question.others {
        let name = utf8_percent_encode(name, ENCODED);
        let value = utf8_percent_encode(value, ENCODED);
        target.push_str(&format!("&{name}={value}"));
    }
    target
}
