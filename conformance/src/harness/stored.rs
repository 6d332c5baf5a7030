//! Answers that nobody may store.

use serde_json::Value;

use super::{CheckError, Exchange, Harness, Request, created};
use crate::model::match_route;

impl Harness<'_> {
    /// Under the house conventions an answer with a member that only a scope shows is marked
    /// as one that no cache stores, whatever it answers.
    pub(super) fn judge_stored(
        &self,
        request: &Request,
        exchange: &Exchange,
    ) -> Result<(), CheckError> {
        let matched = match_route(self.api, &request.method, created::target(&request.path));
        let Some(matched) = matched.filter(|_| self.is_house()) else {
            return Ok(());
        };
        let mut apart = matched
            .resource
            .fields
            .iter()
            .filter(|one| one.scope.is_some());
        let json = exchange.json();
        let shown = |name: &str| match &json {
            Value::Array(items) => items.iter().any(|item| item.get(name).is_some()),
            object => object.get(name).is_some(),
        };
        let Some(secret) = apart.find(|one| shown(&one.name)) else {
            return Ok(());
        };
        let stored = exchange.header("cache-control").unwrap_or_default();
        self.ensure(stored.contains("no-store"), || {
            let name = &secret.name;
            format!("an answer with `{name}` is Cache-Control: no-store, got `{stored}`")
        })
    }
}
