//! Lists.

mod asked;
mod link;
mod parameter;

use fieldproof_spec::model::{EnvelopeWhen, Resource};
use serde_json::{Value, json};

use self::link::Shown;
use super::{Caller, Record, Refusal, Reply, Request, Service};
use crate::model::semantics::Turn;

impl Service {
    pub(in crate::model::service) fn list(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
        request: &Request,
    ) -> Result<Reply, Refusal> {
        let asked = self.ask(resource, request)?;
        let parent = self.parent(resource, caller, ids)?;
        let mut selected: Vec<&Record> = self.all(resource).iter().collect();
        selected.retain(|record| {
            self.seen(resource, caller, record)
                && record.parent == parent
                && self.semantics.selects(resource, &asked.question, record)
        });
        let count = selected.len();
        selected.retain(|record| asked.wanted.reaches(resource, record));
        let rest = selected.len();
        let turn = Turn {
            offset: asked.wanted.offset,
            limit: asked.wanted.limit.unwrap_or(usize::MAX),
            behind: asked.wanted.is_behind(),
        };
        let page = self
            .semantics
            .page(resource, &asked.question, turn, selected);
        let total = self.semantics.total(resource, count, page.len());
        // The number of this page, even if no page was asked for.
        let number = (total.saturating_sub(rest) + turn.offset) / turn.limit + 1;
        let shown = Shown {
            turn,
            rest,
            total,
            count: page.len(),
            last: page.last().copied(),
            number,
        };
        let mut headers = vec![
            ("content-type".to_owned(), "application/json".to_owned()),
            ("x-total-count".to_owned(), total.to_string()),
        ];
        headers.extend(self.guard(resource, caller));
        let links = self.links(resource, ids, &asked, &shown);
        headers.extend(links.map(|links| ("link".to_owned(), links)));
        let items: Vec<Value> = page
            .iter()
            .map(|record| Value::Object(self.shown(resource, caller, record)))
            .collect();
        let body = match has_envelope(resource, asked.wanted.paged) {
            true => enveloped(resource, number, (total, turn.limit), items),
            false => Value::Array(items),
        };
        Ok(Reply {
            status: 200,
            headers,
            body: body.to_string(),
        })
    }
}

/// Whether the list is wrapped in its envelope.
fn has_envelope(resource: &Resource, paged: bool) -> bool {
    let list = resource.list.as_ref();
    let envelope = list.and_then(|list| list.envelope.as_ref());
    envelope.is_some_and(|one| one.when == EnvelopeWhen::Always || paged)
}

/// The items in their envelope, with the counts for pages of this size.
fn enveloped(
    resource: &Resource,
    number: usize,
    (total, size): (usize, usize),
    items: Vec<Value>,
) -> Value {
    let list = resource.list.as_ref();
    let Some(envelope) = list.and_then(|list| list.envelope.as_ref()) else {
        return Value::Array(items);
    };
    let mut object = json!({ &envelope.items: items });
    let counts = [
        (&envelope.total, total),
        (&envelope.pages, total.div_ceil(size)),
        (&envelope.page, number),
    ];
    for (name, count) in counts {
        if let Some(name) = name {
            object[name] = json!(count);
        }
    }
    object
}
