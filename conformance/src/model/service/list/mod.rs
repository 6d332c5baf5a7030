//! Lists.

mod asked;

use fieldproof_spec::model::{EnvelopeWhen, Op, Page, PageStyle, Resource};
use serde_json::{Value, json};

use self::asked::continues;
use super::refusal::problem;
use super::route::fill;
use super::{Caller, Kind, Record, Refusal, Reply, Request, Service};
use crate::model::list::rank;
use crate::model::{Question, matches, ordered};

impl Service {
    pub(in crate::model::service) fn list(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
        request: &Request,
    ) -> Result<Reply, Refusal> {
        let asked = self.ask(resource, request)?;
        let parent = match (&resource.parent, ids) {
            (Some(parent), ids) => {
                let above = self.api.resource(&parent.resource).cloned();
                let above = above.ok_or_else(|| problem(404, "not_found", &[]))?;
                Some(self.find(&above, caller, ids)?.id)
            }
            _ => None,
        };
        let mut selected: Vec<&Record> = self.all(resource).iter().collect();
        selected.retain(|record| {
            self.seen(resource, caller, record)
                && record.parent == parent
                && self.selected(resource, &asked.question, record)
        });
        if self.broken(Kind::ListStale, &resource.name, "") {
            let old = jiff::Timestamp::now().as_microsecond() - 20_000;
            selected.retain(|record| record.created < old);
        }
        let total = selected.len();
        let key = asked.question.sort.as_deref().unwrap_or_default();
        let late = !key.is_empty() && self.broken(Kind::SortInPage, &resource.name, key);
        let first = match late {
            true => Question {
                sort: None,
                ..asked.question.clone()
            },
            false => asked.question.clone(),
        };
        let mut page = self.order(resource, &first, selected);
        let shift =
            usize::from(self.broken(Kind::PageShifted, &resource.name, "") && asked.offset > 0);
        if self.broken(Kind::ListReversed, &resource.name, "") {
            page.reverse();
        }
        if let Some(after) = &asked.after {
            let place = |created: i64, id: &str| (created, rank(resource, id));
            page.retain(|record| place(record.created, &record.id) > place(after.0, &after.1));
        }
        let rest = page.len();
        let offset = asked.offset.saturating_add(shift).min(page.len());
        page.drain(..offset);
        page.truncate(asked.limit.unwrap_or(usize::MAX));
        if late {
            page = self.order(resource, &asked.question, page);
        }
        let body: Vec<Value> = page
            .iter()
            .map(|record| Value::Object(self.shown(resource, caller, record)))
            .collect();
        let total = if self.broken(Kind::TotalOfPage, &resource.name, "") {
            body.len()
        } else {
            total
        };
        let mut headers = vec![
            ("content-type".to_owned(), "application/json".to_owned()),
            ("x-total-count".to_owned(), total.to_string()),
        ];
        headers.extend(self.guard(resource, caller));
        let style = resource.list.as_ref().and_then(|list| list.page.as_ref());
        let size = asked.limit.unwrap_or(usize::MAX);
        // The page that this is, also where nobody asked for one.
        let number = (total.saturating_sub(rest) + asked.offset) / size + 1;
        let (by, last) = match style.map(|(page, _)| page) {
            Some(style) if style.style != PageStyle::LimitOffset => {
                let numbered = style.style == PageStyle::PageNumber
                    && asked.after.is_none()
                    && continues(resource, style).is_none();
                let turned = asked.page.or(numbered.then_some((number, size)));
                turn(style, turned, page.last().copied())
            }
            _ => (None, None),
        };
        let more = asked.offset + body.len() < rest && !body.is_empty();
        let path = fill(&resource.path, ids);
        let others = match self.broken(Kind::LinkForgets, &resource.name, "") {
            true => "",
            false => asked.others.as_str(),
        };
        let linked = [Kind::LinkMissing, Kind::ListCut]
            .iter()
            .all(|kind| !self.broken(*kind, &resource.name, ""));
        if let (Some(by), Some(last), true) = (&by, last, linked && more) {
            let link = format!("<{path}?{others}{by}={last}>; rel=\"next\"");
            headers.push(("link".to_owned(), link));
        } else if let (Some(limit), None) = (asked.limit, &by) {
            let mut links = Vec::new();
            let mut link = |offset: usize, rel: &str| {
                links.push(format!(
                    "<{path}?{others}limit={limit}&offset={offset}>; rel=\"{rel}\""
                ));
            };
            if asked.offset + body.len() < total && !body.is_empty() {
                link(asked.offset + body.len(), "next");
            }
            if asked.offset > 0 {
                let back = match self.broken(Kind::LinkBack, &resource.name, "") {
                    true => asked.offset,
                    false => asked.offset.saturating_sub(limit),
                };
                link(back, "prev");
                link(0, "first");
            }
            if !links.is_empty() {
                headers.push(("link".to_owned(), links.join(", ")));
            }
        }
        let body = match self.has_envelope(resource, asked.paged) {
            true => enveloped(resource, number, (total, size), body),
            false => Value::Array(body),
        };
        let body = body.to_string();
        Ok(Reply {
            status: 200,
            headers,
            body,
        })
    }

    /// Whether a list stands in its envelope.
    fn has_envelope(&self, resource: &Resource, paged: bool) -> bool {
        let list = resource.list.as_ref();
        let envelope = list.and_then(|list| list.envelope.as_ref());
        envelope.is_some_and(|one| one.when == EnvelopeWhen::Always || paged)
    }

    pub(in crate::model::service) fn selected(
        &self,
        resource: &Resource,
        question: &Question,
        record: &Record,
    ) -> bool {
        let Some(spec) = &resource.list else {
            return true;
        };
        let holds = |(name, text): &(String, String)| {
            let Some(filter) = spec
                .filters
                .iter()
                .find(|filter| filter.names.contains(name))
            else {
                return true;
            };
            let broken = |kind| self.broken(kind, &resource.name, &filter.names[0]);
            if broken(Kind::FilterIgnored) {
                return true;
            }
            let value = record.object.get(&filter.field).and_then(Value::as_str);
            if broken(Kind::FilterPrefix)
                && value.is_some_and(|value| value.to_lowercase().starts_with(&text.to_lowercase()))
            {
                return true;
            }
            if broken(Kind::FilterCased) && value.is_some() {
                return value == Some(text.as_str());
            }
            if broken(Kind::FilterLowered) && value.is_some() {
                return value.map(str::to_lowercase) == Some(text.to_lowercase());
            }
            if broken(Kind::FilterSaturates) && *text == i64::MAX.to_string() {
                let mut strict = filter.clone();
                strict.op = Op::AtLeast;
                return matches(resource, &strict, text, &record.object);
            }
            if broken(Kind::FilterStrict) {
                let mut strict = filter.clone();
                strict.op = match strict.op {
                    Op::AtLeast => Op::Greater,
                    _ => Op::AtLeast,
                };
                return matches(resource, &strict, text, &record.object);
            }
            matches(resource, filter, text, &record.object)
        };
        let any_of = self.broken(Kind::FiltersAnyOf, &resource.name, "");
        match any_of && !question.filters.is_empty() {
            true => question.filters.iter().any(holds),
            false => question.filters.iter().all(holds),
        }
    }

    pub(in crate::model::service) fn order<'r>(
        &self,
        resource: &Resource,
        question: &Question,
        records: Vec<&'r Record>,
    ) -> Vec<&'r Record> {
        let key = question.sort.clone().unwrap_or_default();
        let broken = |kind| self.broken(kind, &resource.name, &key);
        let mut question = question.clone();
        if broken(Kind::SortIgnored) {
            question.sort = None;
        }
        if broken(Kind::SortOneWay) {
            question.descending = false;
        }
        let mut records = ordered(resource, &question, records);
        if broken(Kind::SortCased) {
            let text = |record: &Record| {
                record
                    .object
                    .get(&key)
                    .and_then(Value::as_str)
                    .map(str::to_owned)
            };
            records.sort_by_key(|record| text(record));
        }
        records
    }
}

/// The array of a page in its envelope, with the counts of pages of this size.
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

/// The parameter that turns to the next page, and its text.
fn turn(
    style: &Page,
    page: Option<(usize, usize)>,
    last: Option<&Record>,
) -> (Option<String>, Option<String>) {
    let cursor = last.map(|last| format!("{}.{}", last.created, last.id));
    match (style.style, page) {
        (PageStyle::PageNumber, Some((number, size))) => {
            let size = format!(
                "{}&{}={size}",
                number + 1,
                style.size.clone().unwrap_or_default()
            );
            (style.by.clone(), Some(size))
        }
        (PageStyle::PageNumber, None) => (style.cursor.clone(), cursor),
        (PageStyle::IdAfter, _) => (style.by.clone(), last.map(|last| last.id.clone())),
        _ => (style.by.clone(), cursor),
    }
}
