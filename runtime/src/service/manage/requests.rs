//! The request log of a watch, newest first.

use std::collections::HashSet;

use axum::response::IntoResponse;
use http::StatusCode;
use http::header::LINK;
use serde_json::{Value, json};

use super::super::list::encoded;
use super::super::response;
use super::json;
use crate::problem::{At, Found, Problem, Violation};
use crate::query::decode;
use crate::service::{Answer, Call, Service};
use crate::store::{ColumnValue, Compare, Condition, REQUESTS, Select, Term};
use crate::table::{Attribute, GLOBAL, Table};

/// Parameters that filter, each with its column.
const FILTERS: &[(&str, usize)] = &[
    ("outcome", 0),
    ("event", 1),
    ("resourceId", 2),
    ("webhookId", 3),
];

/// The outcomes of a delivery attempt.
const OUTCOMES: &[&str] = &["delivered", "retrying", "dead"];

/// Default and maximum number of requests on a page.
const USUAL: u32 = 50;
const MOST: u32 = 500;

/// The column with the numbers of the requests.
const NUMBER: usize = 4;

impl Service {
    /// Lists the logged requests that the parameters select, with links to other pages (RFC
    /// 8288).
    pub(super) async fn requests(&self, table: &'static Table, call: Call) -> Answer {
        let watcher = self.watcher(table, &call).await?;
        let pairs = decode(call.query.as_deref().unwrap_or_default())?;
        let (mut conditions, mut limit, mut kept) = (Vec::new(), USUAL, String::new());
        let (mut refused, mut seen) = (Found::default(), HashSet::new());
        for (name, value) in &pairs {
            if !seen.insert(name) {
                refused.push(Violation {
                    at: At::Parameter(name.clone()),
                    code: "repeated_parameter",
                    detail: "must be sent once".to_owned(),
                });
                continue;
            }
            let filter = FILTERS.iter().find(|(own, _)| own == name);
            let number: Option<i64> = value.parse().ok().filter(|number| *number > 0);
            match (name.as_str(), filter, number) {
                ("outcome", ..) if !OUTCOMES.contains(&value.as_str()) => refused.push(Violation {
                    at: At::Parameter(name.to_owned()),
                    code: "not_a_value",
                    detail: format!("must be one of: {}", OUTCOMES.join(", ")),
                }),
                (_, Some((_, column)), _) => {
                    conditions.push(same(*column, value));
                    kept.push_str(&format!("{name}={}&", encoded(value)));
                }
                ("limit", _, Some(number)) if number <= i64::from(MOST) => {
                    limit = u32::try_from(number).unwrap_or(MOST);
                    kept.push_str(&format!("limit={limit}&"));
                }
                ("before", _, Some(number)) => conditions.push(before(number)),
                _ => refused.push(Violation {
                    at: At::Parameter(name.to_owned()),
                    code: if matches!(name.as_str(), "limit" | "before") {
                        "not_a_value"
                    } else {
                        "unknown_parameter"
                    },
                    detail:
                        "the parameters are limit, before, outcome, event, resourceId and webhookId"
                            .to_owned(),
                }),
            }
        }
        if !refused.is_empty() {
            return Err(Problem::bad_query(refused));
        }
        let page = self.store.list(Select {
            table: &REQUESTS,
            tenant: GLOBAL.to_owned(),
            parent: Some(watcher.name()),
            privileged: false,
            conditions,
            order: Attribute::Created,
            descending: true,
            after: None,
            limit: Some(limit),
            offset: 0,
        });
        let page = page.await?;
        let items: Vec<Value> = serde_json::from_str(&page.body).unwrap_or_default();
        let more = page.total > page.count;
        let last = items
            .last()
            .and_then(|one| one["id"].as_str())
            .map(str::to_owned);
        let mut answer = json(StatusCode::OK, &json!({ "items": items })).into_response();
        if let (true, Some(last)) = (more, last) {
            let link = format!(
                "<{}{}?{kept}before={last}>; rel=\"next\"",
                self.base, call.path
            );
            answer.headers_mut().insert(LINK, response::value(&link));
        }
        Ok(answer)
    }

    /// Returns one logged request.
    pub(super) async fn request(&self, table: &'static Table, call: Call) -> Answer {
        let watcher = self.plain_watcher(table, &call).await?;
        Ok(json(StatusCode::OK, &self.record(&watcher, &call).await?))
    }
}

fn same(column: usize, text: &str) -> Condition {
    only(column, Compare::Equal, ColumnValue::Text(text.to_owned()))
}

fn before(number: i64) -> Condition {
    only(NUMBER, Compare::Less, ColumnValue::Number(number))
}

fn only(column: usize, compare: Compare, value: ColumnValue) -> Condition {
    let term = Term {
        field: Attribute::Column(column),
        folded: false,
        compare,
        value,
    };
    Condition::Any(vec![term])
}
