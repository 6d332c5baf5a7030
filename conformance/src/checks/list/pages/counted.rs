//! What lists say of how many objects there are.

use fieldproof_spec::model::Resource;
use fieldproof_spec::paging::PageRole;
use serde_json::Value;

use crate::harness::{CheckError, Fixture, Harness, Request};
use crate::http::encode;

/// Judges the counts of an envelope, with and without a filter.
pub(super) fn counted(
    harness: &Harness<'_>,
    resource: &Resource,
    collection: &str,
    made: &[Fixture],
) -> Result<(), CheckError> {
    let list = resource.list.as_ref();
    let total = list.and_then(|list| list.envelope.as_ref()?.total.as_ref());
    let mut questions = vec![String::new()];
    questions.extend(made.iter().filter_map(|one| question(resource, one, made)));
    questions.truncate(4);
    for query in questions {
        let expected = harness.all(resource, collection, &query)?.len();
        let mark = if query.is_empty() { "" } else { "?" };
        let exchange = harness.expect(200, &Request::get(&format!("{collection}{mark}{query}")))?;
        let header = exchange
            .header("x-total-count")
            .filter(|_| harness.has_total());
        let json = exchange.json();
        let counts = [
            header.and_then(|count| count.parse().ok()),
            total
                .filter(|_| json.is_object())
                .map(|name| json[name].as_u64().unwrap_or_default()),
        ];
        if expected > 0 {
            let page = first_page(resource);
            let more = if query.is_empty() { "" } else { "&" };
            let target = format!("{collection}?{page}{more}{query}");
            let shown = harness.expect(200, &Request::get(&target))?;
            let shown = harness.items(resource, &shown)?.len();
            harness.ensure(shown == 1, || {
                format!("a page of one object of `{query}` has {shown}")
            })?;
        }
        for count in counts.into_iter().flatten() {
            harness.ensure(count == expected as u64, || {
                format!("`{query}` selects {expected} objects, and {count} are counted")
            })?;
        }
    }
    Ok(())
}

/// The query for a first page of one object.
fn first_page(resource: &Resource) -> String {
    let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
    let page = page.map(|(page, _)| page);
    let first = [PageRole::Number, PageRole::Size].into_iter();
    let names = first.filter_map(|role| page?.name(role));
    let all: Vec<String> = names.map(|name| format!("{}=1", encode(name))).collect();
    all.join("&")
}

/// A filter that selects only one of the created objects.
fn question(resource: &Resource, one: &Fixture, made: &[Fixture]) -> Option<String> {
    let filters = resource.list.as_ref()?.filters.iter();
    let mut asked = filters.filter_map(|filter| {
        let equal = filter.op.asks().is_equality();
        let own = one.shown.get(&filter.field).filter(|_| equal)?;
        let alike = made
            .iter()
            .filter(|other| other.shown.get(&filter.field) == Some(own));
        let text = match own {
            Value::String(text) if !text.trim().is_empty() => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let alone = alike.count() == 1;
        alone.then(|| format!("{}={}", encode(&filter.names[0]), encode(&text)))
    });
    asked.next()
}
