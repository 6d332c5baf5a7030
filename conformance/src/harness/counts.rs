//! What a list says of itself beside its objects.

use fieldproof_spec::model::{Envelope, Resource};
use fieldproof_spec::paging::PageRole;
use serde_json::Value;

use super::{CheckError, Exchange, Harness};
use crate::http::encode;

impl Harness<'_> {
    /// Judges the members around the objects of a list and its counts, which every answer
    /// has to tell rightly, whatever it was asked by.
    pub(super) fn judge_counts(
        &self,
        resource: &Resource,
        exchange: &Exchange,
        around: Option<(&Envelope, &Value)>,
        shown: usize,
    ) -> Result<(), CheckError> {
        let query = exchange.url.split_once('?').map_or("", |(_, query)| query);
        let header = self.header_total(resource, exchange)?;
        let total = around.and_then(|(one, json)| json[one.total.as_ref()?].as_u64());
        self.judge_next(resource, exchange, total.or(header), shown)?;
        let Some((envelope, json)) = around else {
            return self.judge_total("X-Total-Count", header, resource, query, shown);
        };
        self.judge_around(envelope, json)?;
        let counts = [&envelope.total, &envelope.pages, &envelope.page];
        for name in counts.into_iter().flatten() {
            self.ensure(json[name].is_u64(), || {
                format!("`{name}` is a whole number, got {}", json[name])
            })?;
        }
        if let (Some(total), Some(header)) = (total, header) {
            self.ensure(total == header, || {
                format!("X-Total-Count is {header}, and the envelope counts {total}")
            })?;
        }
        let name = envelope.total.as_deref().unwrap_or("X-Total-Count");
        self.judge_total(name, total.or(header), resource, query, shown)?;
        let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
        if let Some((page, _)) = page.filter(|(page, _)| page.has(PageRole::Number)) {
            let asked = |role| number(query, page.name(role)?);
            let size = asked(PageRole::Size).filter(|size| *size > 0);
            let pages = total.zip(size).map(|(total, size)| total.div_ceil(size));
            let own = asked(PageRole::Number);
            for (name, expected) in [(&envelope.page, own), (&envelope.pages, pages)] {
                if let (Some(name), Some(expected)) = (name, expected) {
                    self.ensure(json[name] == expected, || {
                        format!("`{name}` is {expected}, got {}", json[name])
                    })?;
                }
            }
        }
        Ok(())
    }

    /// The total that the header of a list tells; `None` if lists have none.
    fn header_total(
        &self,
        resource: &Resource,
        exchange: &Exchange,
    ) -> Result<Option<u64>, CheckError> {
        if !self.has_total() {
            return Ok(None);
        }
        let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
        let told = exchange.header("x-total-count");
        match told.map(str::parse) {
            Some(Ok(total)) => Ok(Some(total)),
            None if page.is_none() => Ok(None),
            _ => self.fail(format!("X-Total-Count is a number, got {told:?}")),
        }
    }

    /// Judges a total by what the same answer shows: no more than there is, and exactly the
    /// rest where a page is not full.
    fn judge_total(
        &self,
        name: &str,
        total: Option<u64>,
        resource: &Resource,
        query: &str,
        shown: usize,
    ) -> Result<(), CheckError> {
        let Some(total) = total else { return Ok(()) };
        let (shown, mut before, mut most) = (shown as u64, 0, None);
        let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
        if let Some((page, _)) = page.filter(|(page, _)| page.has(PageRole::Offset)) {
            let asked = |role| number(query, page.name(role)?);
            before = asked(PageRole::Offset).unwrap_or_default();
            let limit = asked(PageRole::Size).or(page.default.map(u64::from));
            most = Some(limit.unwrap_or_default().min(u64::from(page.max)));
        }
        let least = if shown == 0 { 0 } else { before + shown };
        self.ensure(total >= least, || {
            format!("`{name}` counts all objects, of which {least} are shown so far, got {total}")
        })?;
        let ends = most.is_some_and(|most| (1..most).contains(&shown))
            && self.api.switches.list_cap.is_none();
        self.ensure(!ends || total == least, || {
            format!("`{name}` is {least} where a page that is not full ends the list, got {total}")
        })
    }

    /// Judges that an envelope has its documented members, and under the house conventions
    /// no other.
    fn judge_around(&self, envelope: &Envelope, json: &Value) -> Result<(), CheckError> {
        let counts = [&envelope.total, &envelope.pages, &envelope.page];
        let expected: Vec<&String> = std::iter::once(&envelope.items)
            .chain(counts.into_iter().flatten())
            .collect();
        let has = |name: &&&String| json.get(name.as_str()).is_some();
        let found = json.as_object().map_or(0, serde_json::Map::len);
        let all = expected.iter().filter(has).count() == expected.len();
        self.ensure(all && (found == expected.len() || !self.is_house()), || {
            format!("an envelope has {expected:?}, got {json}")
        })
    }
}

/// The number that a query gives a parameter, if it gives it once.
pub(super) fn number(query: &str, name: &str) -> Option<u64> {
    let name = encode(name);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut own = pairs.filter(|(own, _)| *own == name);
    let (_, value) = own.next()?;
    own.next().is_none().then(|| value.parse().ok())?
}
