//! Lists.

use fieldproof_spec::model::{Envelope, EnvelopeWhen, Op, Page, PageStyle, Resource, Type};
use serde_json::{Value, json};

use super::refusal::{decode, problem, refusal};
use super::route::fill;
use super::{Caller, Kind, Record, Refusal, Reply, Request, Service};
use crate::model::{Question, list, matches, moment, ordered};

impl Service {
    pub(super) fn list(
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
            page.retain(|record| (record.created, &record.id) > (after.0, &after.1));
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
        let (by, last) = match style.map(|(page, _)| page) {
            Some(style) if style.style != PageStyle::LimitOffset => {
                turn(style, asked.page, page.last().copied())
            }
            _ => (None, None),
        };
        let more = match asked.page {
            Some(_) => asked.offset + body.len() < rest && !body.is_empty(),
            None => body.len() < rest,
        };
        let path = fill(&resource.path, ids);
        let others = match self.broken(Kind::LinkForgets, &resource.name, "") {
            true => "",
            false => asked.others.as_str(),
        };
        let linked = !self.broken(Kind::LinkMissing, &resource.name, "");
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
        let body = self
            .enveloped(resource, asked.page, total, body)
            .to_string();
        Ok(Reply {
            status: 200,
            headers,
            body,
        })
    }

    /// The array of a page in its envelope, when there is one.
    fn enveloped(
        &self,
        resource: &Resource,
        page: Option<(usize, usize)>,
        total: usize,
        items: Vec<Value>,
    ) -> Value {
        let list = resource.list.as_ref();
        let envelope = list.and_then(|list| list.envelope.as_ref());
        let there = |one: &&Envelope| one.when == EnvelopeWhen::Always || page.is_some();
        let missing = self.broken(Kind::EnvelopeMissing, &resource.name, "");
        let Some(envelope) = envelope.filter(there).filter(|_| !missing) else {
            return Value::Array(items);
        };
        let mut object = json!({ &envelope.items: items });
        let (number, size) = page.unwrap_or((1, usize::MAX));
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

    pub(super) fn selected(
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

    pub(super) fn order<'r>(
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

    pub(super) fn ask(&self, resource: &Resource, request: &Request) -> Result<Asked, Refusal> {
        let mut asked = Asked {
            question: Question {
                filters: Vec::new(),
                sort: None,
                descending: list::default_descending(resource),
            },
            limit: None,
            offset: 0,
            after: None,
            page: None,
            others: String::new(),
        };
        let spec = resource
            .list
            .clone()
            .ok_or_else(|| problem(404, "not_found", &[]))?;
        let cap = self.api.switches.list_cap;
        let page = spec.page.as_ref().map(|(page, _)| page);
        let limit = page.and_then(|page| page.default.or(cap));
        asked.limit = limit.map(|limit| limit as usize);
        if self.broken(Kind::PageDefault, &resource.name, "") {
            asked.limit = Some(asked.limit.map_or(50, |limit| limit + 1));
        }
        let limits = page.filter(|page| page.style == PageStyle::LimitOffset);
        let mut refused = Vec::new();
        let mut seen = Vec::new();
        for raw in request.query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = raw.split_once('=').unwrap_or((raw, ""));
            let value = match self.broken(Kind::EncodingIgnored, &resource.name, "") {
                true => value.replace('+', "%2B"),
                false => value.to_owned(),
            };
            let (Some(name), Some(value)) = (decode(name), decode(&value)) else {
                refused.push((String::new(), "format"));
                continue;
            };
            let several = spec
                .filters
                .iter()
                .any(|one| one.op == Op::HasAll && one.names.contains(&name));
            if seen.contains(&name) && !several {
                refused.push((name, "repeated_parameter"));
                continue;
            }
            seen.push(name.clone());
            let number = value
                .parse::<u64>()
                .ok()
                .filter(|_| value.chars().all(|c| c.is_ascii_digit()));
            let number = number.filter(|number| *number <= i64::MAX as u64);
            let most = limits.map(|page| u64::from(page.max));
            let loose = self.broken(Kind::PageUnbounded, &resource.name, "");
            match (name.as_str(), most) {
                ("limit", Some(most)) => {
                    match number.filter(|n| *n >= 1 && (*n <= most || loose)) {
                        Some(number) => asked.limit = Some(number as usize),
                        None => refused.push((name, "not_a_value")),
                    }
                }
                ("offset", Some(_)) => match number {
                    Some(number) => asked.offset = number as usize,
                    None => refused.push((name, "not_a_value")),
                },
                _ => {
                    let named = |own: &Option<String>| own.as_ref() == Some(&name);
                    let turns = page.is_some_and(|page| {
                        [&page.by, &page.size, &page.cursor].into_iter().any(named)
                    });
                    if let Some(page) =
                        page.filter(|page| turns && page.style != PageStyle::IdAfter)
                    {
                        if !asked.turn(page, &name, &value, number) {
                            refused.push((name, "not_a_value"));
                        }
                        continue;
                    }
                    if !turns {
                        asked.others.push_str(&format!("{raw}&"));
                    }
                    if let Err(code) = self.take(resource, &spec, &name, value, &mut asked.question)
                    {
                        refused.push((name, code));
                    }
                }
            }
        }
        for interval in &spec.intervals {
            if !self.broken(Kind::IntervalOneWay, &resource.name, "") {
                turn_round(&mut asked.question.filters, &interval.from, &interval.to);
            }
        }
        if let Some((number, size)) = asked.page {
            asked.limit = Some(size);
            asked.offset = (number - 1).saturating_mul(size);
        }
        match refused.is_empty() {
            true => Ok(asked),
            false => {
                let errors: Vec<Value> = refused
                    .iter()
                    .map(|(name, code)| json!({ "parameter": name, "code": code, "detail": "" }))
                    .collect();
                Err(refusal(400, "bad_query", errors))
            }
        }
    }

    pub(super) fn take(
        &self,
        resource: &Resource,
        spec: &fieldproof_spec::model::List,
        name: &str,
        value: String,
        question: &mut Question,
    ) -> Result<(), &'static str> {
        if let Some(sort) = &spec.sort {
            if name == sort.by {
                if !sort.keys.contains(&value) {
                    return Err("not_a_value");
                }
                question.sort = Some(value);
                return Ok(());
            }
            if name == sort.order {
                question.descending = match value.as_str() {
                    "asc" => false,
                    "desc" => true,
                    _ => return Err("not_a_value"),
                };
                return Ok(());
            }
        }
        let Some(filter) = spec
            .filters
            .iter()
            .find(|filter| filter.names.iter().any(|other| other == name))
        else {
            return match self.broken(Kind::ParameterIgnored, &resource.name, "") {
                true => Ok(()),
                false => Err("unknown_parameter"),
            };
        };
        if filter.names[0] != name
            && self.broken(Kind::FilterAliasMissing, &resource.name, &filter.names[0])
        {
            return Err("unknown_parameter");
        }
        let ty = resource.field(&filter.field).map(|field| &field.ty);
        let fits = match (ty, filter.op) {
            (Some(Type::DateTime(_) | Type::ZonedTime { .. }), _) => moment(&value).is_some(),
            (Some(Type::Values(legal)), Op::Equals) => legal.contains(&value),
            (Some(Type::Values(legal)), Op::HasAll) => value
                .split(',')
                .all(|one| legal.iter().any(|text| text == one.trim())),
            (Some(Type::Id), Op::Greater | Op::AtLeast) => {
                value.parse::<i64>().is_ok() && !value.starts_with('+')
            }
            _ => true,
        };
        if !fits {
            return Err("not_a_value");
        }
        let boolean = ty == Some(&Type::Boolean);
        if boolean && !["1", "0", "true", "false"].contains(&value.to_lowercase().as_str()) {
            return Err("not_a_value");
        }
        let number = resource
            .field(&filter.field)
            .is_some_and(|field| matches!(field.ty, Type::Integer { .. } | Type::Decimal { .. }));
        if number && value.parse::<f64>().is_err() {
            return Err("not_a_value");
        }
        question.filters.push((name.to_owned(), value));
        Ok(())
    }
}

pub(super) struct Asked {
    question: Question,
    limit: Option<usize>,
    offset: usize,
    after: Option<(i64, String)>,
    page: Option<(usize, usize)>,
    others: String,
}

impl Asked {
    /// Takes a parameter that turns pages; whether it is legal.
    fn turn(&mut self, page: &Page, name: &str, value: &str, number: Option<u64>) -> bool {
        let own = |parameter: &Option<String>| parameter.as_deref() == Some(name);
        let (before, size) = self
            .page
            .unwrap_or((1, page.default.unwrap_or(page.max) as usize));
        let cursor = own(&page.cursor) || page.style == PageStyle::Cursor;
        if cursor {
            let place = value.split_once('.');
            self.after = place.and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned())));
            return self.after.is_some();
        }
        match number.filter(|number| *number > 0) {
            Some(number) if own(&page.by) => self.page = Some((number as usize, size)),
            Some(number) if number <= u64::from(page.max) => {
                self.page = Some((before, number as usize));
            }
            _ => return false,
        }
        true
    }
}

/// The bounds of an interval the right way round.
fn turn_round(filters: &mut [(String, String)], from: &str, to: &str) {
    let at = |name: &str| filters.iter().position(|(other, _)| other == name);
    let (Some(from), Some(to)) = (at(from), at(to)) else {
        return;
    };
    if moment(&filters[from].1) > moment(&filters[to].1) {
        let earlier = filters[to].1.clone();
        filters[to].1 = std::mem::replace(&mut filters[from].1, earlier);
    }
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
