//! Other lists: what is not asked for a page is cut.

use fieldproof_spec::model::{PageStyle, Resource};
use serde_json::Value;

use super::answer::edit;
use crate::model::{Reply, Request};
use crate::mutant::mutation::Operator;

/// Shows one object of a list that is not asked for a page.
pub(super) fn apply(operator: Operator, resource: &Resource, request: &Request, reply: &mut Reply) {
    let pairs = request.query.split('&');
    let mut names = pairs.map(|pair| pair.split('=').next().unwrap_or_default());
    let pages = page_names(resource);
    if operator != Operator::ListCut || names.any(|name| pages.iter().any(|page| page == name)) {
        return;
    }
    let list = resource.list.as_ref();
    let envelope = list.and_then(|list| list.envelope.as_ref());
    edit(reply, |body| {
        let items = match (envelope, body) {
            (Some(envelope), Value::Object(map)) => map.get_mut(&envelope.items),
            (_, body) => Some(body),
        };
        if let Some(Value::Array(items)) = items {
            items.truncate(1);
        }
    });
}

/// The parameters that ask for a page.
pub(super) fn page_names(resource: &Resource) -> Vec<String> {
    let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
    match page {
        Some((page, _)) if page.style == PageStyle::LimitOffset => {
            vec!["limit".to_owned(), "offset".to_owned()]
        }
        Some((page, _)) => {
            let names = [&page.by, &page.size, &page.cursor].into_iter();
            names.flatten().cloned().collect()
        }
        None => Vec::new(),
    }
}
