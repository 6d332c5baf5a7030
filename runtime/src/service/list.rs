//! The operation that lists objects.

use std::time::Duration;

use axum::response::IntoResponse;
use http::header::{CONTENT_TYPE, HeaderValue, LINK};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::time::timeout;

use super::{Answer, Call, Service, paths, response, user};
use crate::dialect::TOTAL;
use crate::paging::{Link, Shown};
use crate::problem::Problem;
use crate::query::{self, Question};
use crate::resource::Resource;
use crate::store::{Page, Select};
use crate::table::{Envelope, List, Table};
use crate::write::{secrets, unreadable};

/// How long a list may take, with its wait for a turn.
const LONGEST: Duration = Duration::from_secs(30);

/// Characters that are percent-encoded in a query string.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'[')
    .remove(b']');

impl Service {
    /// Returns the objects that the parameters select, as they are stored, in one array with
    /// links to other pages (RFC 8288).
    ///
    /// # Errors
    /// 404 for an unknown parent; 400 with every illegal parameter.
    pub async fn list<R: Resource>(&self, call: Call) -> Answer {
        let table = R::TABLE;
        let above = paths::of_collection(table, &call)?;
        let asked = match self.api.dialect.ignores_parameters {
            true => query::known(&table.list, call.query.as_deref()),
            false => call.query,
        };
        let question = query::read(&table.list, self.switches.list_cap, asked.as_deref())?;
        let tenant = user::partition(table, &call.grant)?;
        if let Some(parent) = &table.parent {
            self.find(parent.table, &tenant, &above).await?;
        }
        let privileged = secrets::can_view(table, &call.grant);
        let select = Select {
            privileged,
            ..select(table, tenant, above.last().cloned(), &question)
        };
        let page = self.page(select).await?;
        let path = format!("{}{}", self.base, paths::collection(table, &above));
        let links = links(&path, &table.list, &question, &page);
        let json = [(CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        let total = page.total;
        let body = enveloped(table.list.envelope, &question, page);
        let mut answer = (json, body).into_response();
        let headers = answer.headers_mut();
        headers.insert(TOTAL, HeaderValue::from(total));
        response::guard(headers, privileged);
        if !links.is_empty() {
            headers.insert(LINK, response::value(&links));
        }
        Ok(answer)
    }

    /// Reads the objects of a tenant that a query string selects, as a list would show them: its
    /// filters, order and page are those of the list. `parent` is the identifier of their parent,
    /// if their resource has one.
    ///
    /// # Errors
    /// The list has no such parameter, or the store fails.
    pub async fn query<R: Resource>(
        &self,
        tenant: &str,
        parent: Option<&str>,
        query: &str,
    ) -> Result<Vec<R>, Problem> {
        let table = R::TABLE;
        let query = Some(query).filter(|query| !query.is_empty());
        let question = query::read(&table.list, None, query)?;
        let parent = parent.map(str::to_owned);
        let page = self.page(select(table, tenant.to_owned(), parent, &question));
        serde_json::from_str(&page.await?.body).map_err(|error| unreadable(&error))
    }

    /// Reads a page, unless that takes too long.
    async fn page(&self, select: Select) -> Result<Page, Problem> {
        match timeout(LONGEST, self.store.list(select)).await {
            Ok(page) => Ok(page?),
            Err(_) => Err(Problem::not_ready("the list took too long")),
        }
    }
}

/// What a question selects, as every caller sees it.
fn select(
    table: &'static Table,
    tenant: String,
    parent: Option<String>,
    question: &Question,
) -> Select {
    Select {
        table,
        tenant,
        parent,
        privileged: false,
        conditions: question.conditions.clone(),
        order: question.order,
        descending: question.descending,
        after: question.turn.after.clone(),
        limit: question.turn.limit,
        offset: question.turn.offset,
    }
}

/// The `Link` header with other pages.
fn links(path: &str, list: &List, question: &Question, page: &Page) -> String {
    let shown = shown(question, page);
    let links = list
        .page
        .map_or_else(Vec::new, |pages| pages.links(&shown, list.sort.is_some()));
    let links: Vec<String> = links
        .into_iter()
        .map(|Link { rel, query }| format!("<{path}?{}>; rel=\"{rel}\"", target(question, query)))
        .collect();
    links.join(", ")
}

/// The part of the list that the page shows.
fn shown<'a>(question: &'a Question, page: &'a Page) -> Shown<'a> {
    Shown {
        turn: &question.turn,
        count: page.count,
        rest: page.rest,
        total: page.total,
        last: page.last.as_ref(),
    }
}

/// The array of a page, in its envelope if there is one.
fn enveloped(envelope: Option<Envelope>, question: &Question, page: Page) -> String {
    let Some(envelope) = envelope.filter(|one| !one.paged || question.turn.paged) else {
        return page.body;
    };
    let shown = shown(question, &page);
    let mut body = format!("{{\"{}\":{}", envelope.items, page.body);
    let counts = [
        (envelope.total, shown.total),
        (envelope.pages, shown.pages()),
        (envelope.page, shown.number()),
    ];
    for (name, count) in counts {
        if let Some(name) = name {
            body.push_str(&format!(",\"{name}\":{count}"));
        }
    }
    body.push('}');
    body
}

/// Percent-encodes text for a query string.
pub(super) fn encoded(text: &str) -> impl std::fmt::Display + '_ {
    utf8_percent_encode(text, ENCODED)
}

/// The query string of a page: the parameters that select it, then all others as sent.
fn target(question: &Question, mut target: String) -> String {
    for (name, value) in &question.others {
        let (name, value) = (encoded(name), encoded(value));
        target.push_str(&format!("&{name}={value}"));
    }
    target
}

#[cfg(test)]
mod tests {
    use super::links;
    use crate::paging::{Pages, Position, Role};
    use crate::query::read;
    use crate::store::Page;
    use crate::table::{Attribute, List, Sort};
    use crate::value::{IdKind, Instant};

    const OFFSET: Pages = Pages {
        takes: &[("limit", Role::Size), ("offset", Role::Offset)],
        default: Some(10),
        max: 100,
        ..Pages::BASE
    };
    const NUMBERED: Pages = Pages {
        takes: &[
            ("page", Role::Number),
            ("size", Role::Size),
            ("rest", Role::Position),
        ],
        default: Some(10),
        max: 100,
        ..Pages::BASE
    };
    /// Numbered pages that nothing else continues.
    const BARE: Pages = Pages {
        takes: &[("page", Role::Number), ("size", Role::Size)],
        default: Some(30),
        max: 100,
        ..Pages::BASE
    };

    fn list(style: Pages) -> List {
        List {
            page: Some(style),
            envelope: None,
            sort: None,
            intervals: &[],
            filters: &[],
        }
    }

    /// The links from a page of `count` objects, the last of them "7", in a list of `all`.
    fn linked(style: Pages, query: &str, count: u64, all: u64) -> String {
        linked_of(&list(style), query, count, all)
    }

    fn linked_of(list: &List, query: &str, count: u64, all: u64) -> String {
        let last = Position {
            created: Instant::from_micros(5),
            id: "7".to_owned(),
        };
        let page = Page {
            body: String::new(),
            count,
            last: Some(last),
            total: all,
            rest: all,
        };
        let question = read(list, Some(10), Some(query)).unwrap();
        links("/x", list, &question, &page)
    }

    #[test]
    fn every_object_of_a_capped_list_can_be_reached() {
        let next = "</x?page=2&size=10>; rel=\"next\"";
        assert_eq!(linked(BARE, "", 10, 11), next, "nothing else continues it");
        let sorted = List {
            sort: Some(Sort {
                by: "by",
                order: "way",
                keys: &[],
                default: Attribute::Created,
                descending: false,
            }),
            ..list(NUMBERED)
        };
        assert_eq!(linked_of(&sorted, "", 10, 11), next, "in another order");
        let small = Pages {
            default: Some(4),
            max: 4,
            ..BARE
        };
        let next = "</x?page=2&size=4>; rel=\"next\"";
        assert_eq!(linked(small, "", 4, 11), next, "no page has more");
    }

    #[test]
    fn pages_by_offset_name_those_beside_them_that_exist() {
        let next = "</x?limit=10&offset=10>; rel=\"next\"";
        assert_eq!(linked(OFFSET, "", 10, 11), next);
        assert_eq!(linked(OFFSET, "", 10, 10), "");
        assert_eq!(linked(OFFSET, "", 0, 0), "");
        let short = "</x?limit=4&offset=0>; rel=\"prev\", </x?limit=10&offset=0>; rel=\"first\"";
        assert_eq!(linked(OFFSET, "offset=4", 6, 10), short);
        assert_eq!(linked(OFFSET, "offset=4", 0, 10), short, "behind the end");
    }

    #[test]
    fn other_pages_name_the_next_alone() {
        let next = "</x?page=2&size=10>; rel=\"next\"";
        assert_eq!(linked(NUMBERED, "page=1", 10, 11), next);
        assert_eq!(linked(NUMBERED, "page=1", 10, 10), "");
        assert_eq!(linked(NUMBERED, "page=1", 0, 11), "");
        assert_eq!(linked(NUMBERED, "page=2", 1, 11), "");
        let cursor = Pages {
            takes: &[("rest", Role::Position)],
            order: Some(Attribute::Created),
            ..Pages::BASE
        };
        for style in [NUMBERED, cursor] {
            let next = "</x?rest=5.7>; rel=\"next\"";
            assert_eq!(linked(style, "", 10, 11), next);
            assert_eq!(linked(style, "", 10, 10), "");
        }
        let next = "</x?last=7>; rel=\"next\"";
        let after = Pages {
            takes: &[("last", Role::After(IdKind::Increasing))],
            order: Some(Attribute::Id),
            ..Pages::BASE
        };
        assert_eq!(linked(after, "", 10, 11), next);
    }
}
