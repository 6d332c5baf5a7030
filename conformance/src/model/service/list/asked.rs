//! What a list is asked for.

use std::collections::HashSet;

use fieldproof_spec::model::{Op, Page, PageStyle, Resource, Type};
use serde_json::{Value, json};

use crate::kind::kind;
use crate::model::service::refusal::{decode, problem, refusal};
use crate::model::service::{Kind, Refusal, Request, Service};
use crate::model::{Question, list, moment};

pub(super) struct Asked {
    pub(super) question: Question,
    pub(super) limit: Option<usize>,
    pub(super) offset: usize,
    pub(super) after: Option<(i64, String)>,
    pub(super) page: Option<(usize, usize)>,
    /// Whether the client asks for a page.
    pub(super) paged: bool,
    pub(super) others: String,
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

/// The parameter that continues a list in the order of creation, where it is in that order.
pub(super) fn continues<'p>(resource: &Resource, page: &'p Page) -> Option<&'p String> {
    let sorted = resource
        .list
        .as_ref()
        .is_some_and(|list| list.sort.is_some());
    page.cursor.as_ref().filter(|_| !sorted)
}

/// The bounds of an interval the right way round.
pub(super) fn turn_round(filters: &mut [(String, String)], from: &str, to: &str) {
    let at = |name: &str| filters.iter().position(|(other, _)| other == name);
    let (Some(from), Some(to)) = (at(from), at(to)) else {
        return;
    };
    if moment(&filters[from].1) > moment(&filters[to].1) {
        let earlier = filters[to].1.clone();
        filters[to].1 = std::mem::replace(&mut filters[from].1, earlier);
    }
}

impl Service {
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
            paged: false,
            others: String::new(),
        };
        let spec = resource
            .list
            .clone()
            .ok_or_else(|| problem(404, "not_found", &[]))?;
        let cap = self.api.switches.list_cap;
        let page = spec.page.as_ref().map(|(page, _)| page);
        let limit = page.and_then(|page| match page.style {
            PageStyle::LimitOffset => page.default.or(cap),
            // Where pages with numbers continue it, one of them is no larger than such a page.
            PageStyle::PageNumber if continues(resource, page).is_none() => {
                cap.map(|cap| cap.min(page.max))
            }
            _ => cap,
        });
        asked.limit = limit.map(|limit| limit as usize);
        if self.broken(Kind::ListCut, &resource.name, "") {
            asked.limit = Some(1);
        }
        if self.broken(Kind::PageDefault, &resource.name, "") {
            asked.limit = Some(asked.limit.map_or(50, |limit| limit + 1));
        }
        let limits = page.filter(|page| page.style == PageStyle::LimitOffset);
        let mut refused = Vec::new();
        let mut seen = HashSet::new();
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
            if !seen.insert(name.clone()) && !several {
                refused.push((name, "repeated_parameter"));
                continue;
            }
            let number = value
                .parse::<u64>()
                .ok()
                .filter(|_| value.chars().all(|c| c.is_ascii_digit()));
            let number = number.filter(|number| *number <= i64::MAX as u64);
            let most = limits.map(|page| u64::from(page.max));
            asked.paged |= most.is_some() && matches!(name.as_str(), "limit" | "offset");
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
            turn_round(&mut asked.question.filters, &interval.from, &interval.to);
        }
        asked.paged |= asked.page.is_some();
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
        let ty = resource.field(&filter.field).map(|field| &field.ty);
        let fits = match (ty, filter.op) {
            (Some(Type::DateTime(_) | Type::ZonedTime { .. }), _) => {
                let loose = self.broken(Kind::MomentLoose, &resource.name, &filter.names[0]);
                moment(&value).is_some() || loose && value.parse::<jiff::Timestamp>().is_ok()
            }
            (Some(Type::Values(legal)), Op::Equals) => legal.contains(&value),
            (Some(Type::Values(legal)), Op::HasAll) => value
                .split(',')
                .all(|one| legal.iter().any(|text| text == one.trim())),
            (Some(Type::Id), Op::Greater | Op::AtLeast | Op::Less) => {
                value.parse::<i64>().is_ok() && !value.starts_with('+')
            }
            (Some(ty), _) => kind(ty).reads(&value),
            (None, _) => true,
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
        let loose = self.broken(Kind::FilterUnbounded, &resource.name, &filter.names[0]);
        let before = question.filters.iter();
        let before = before.filter(|(other, _)| filter.names.contains(other));
        let parts: usize = before.map(|(_, text)| parts(filter.op, text)).sum();
        if parts + self::parts(filter.op, &value) > filter.most() as usize && !loose {
            return Err("too_many_items");
        }
        question.filters.push((name.to_owned(), value));
        Ok(())
    }
}

/// Words or values in the text of a filter.
fn parts(op: Op, text: &str) -> usize {
    match op {
        Op::ContainsWords => text.split_whitespace().count(),
        Op::HasAll => text.split(',').count(),
        _ => 0,
    }
}
