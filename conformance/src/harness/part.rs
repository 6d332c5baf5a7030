//! How a part of a list is asked for.

use fieldproof_spec::model::Page;
use fieldproof_spec::paging::PageRole;

use crate::http::encode;

/// The parameters that ask for `most` objects of a list behind `shown` others, of which `last`
/// is the identifier of the last one. Pages with numbers all have `most` objects.
pub(crate) fn part(page: &Page, most: usize, shown: usize, last: Option<&str>) -> String {
    let parameters = page.parameters().into_iter();
    let values = parameters.filter_map(|one| {
        let value = match one.role {
            PageRole::Size => most.to_string(),
            PageRole::Offset => shown.to_string(),
            PageRole::Number => (shown / most.max(1) + 1).to_string(),
            PageRole::After => encode(last?),
            // Only the service makes positions.
            PageRole::Position => return None,
        };
        Some(format!("{}={value}", encode(one.name)))
    });
    let all: Vec<String> = values.collect();
    all.join("&")
}

/// A target with more parameters in its query.
pub(crate) fn asking(target: &str, queries: &[&str]) -> String {
    let given = queries.iter().copied().filter(|query| !query.is_empty());
    let all: Vec<&str> = given.collect();
    match all.is_empty() {
        true => target.to_owned(),
        false => format!("{target}?{}", all.join("&")),
    }
}
