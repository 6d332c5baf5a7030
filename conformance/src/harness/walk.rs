//! Reading of lists, page by page.

use fieldproof_spec::model::{Envelope, EnvelopeWhen, Page, Resource};
use fieldproof_spec::paging::PageRole;
use serde_json::{Map, Value};

use super::part::{asking, part};
use super::{CheckError, Exchange, Fixture, Harness, Request};
use crate::http::encode;

/// An identifier, and its object as a list shows it.
pub(crate) type Listed = (String, Map<String, Value>);

impl Harness<'_> {
    /// The items of a list, without their envelope.
    ///
    /// # Errors
    /// The answer has another form, or shows an object otherwise than a list did before.
    pub fn items(
        &self,
        resource: &Resource,
        exchange: &Exchange,
    ) -> Result<Vec<Value>, CheckError> {
        let list = resource.list.as_ref();
        let envelope = list.and_then(|list| list.envelope.as_ref());
        let json = exchange.json();
        // Some lists only have their envelope if a page was requested.
        let paged = |one: &&Envelope| {
            let query = exchange.url.split_once('?').map_or("", |(_, query)| query);
            one.when == EnvelopeWhen::Always || asks_page(resource, query)
        };
        let envelope = envelope.filter(paged);
        let (array, shape) = match envelope {
            Some(one) => (&json[&one.items], format!("an object with `{}`", one.items)),
            None => (&json, "a bare array".to_owned()),
        };
        let Value::Array(items) = array else {
            return self.fail(format!("a list is {shape}"));
        };
        let around = envelope.map(|one| (one, &json));
        self.judge_counts(resource, exchange, around, items.len())?;
        self.judge_elements(resource, exchange, items)?;
        Ok(items.clone())
    }

    /// The identifiers on a page, in its order.
    ///
    /// # Errors
    /// The answer has another form, or shows an object otherwise than a list did before.
    pub(crate) fn ids(
        &self,
        resource: &Resource,
        exchange: &Exchange,
    ) -> Result<Vec<String>, CheckError> {
        let items = self.items(resource, exchange)?;
        let own = items.iter().filter_map(|item| resource.id_of(item));
        Ok(own.collect())
    }

    /// The identifiers of a list in order, page by page; only those in `own`.
    ///
    /// # Errors
    /// The service does not list them.
    pub fn walk(
        &self,
        resource: &Resource,
        collection: &str,
        query: &str,
        own: &[String],
    ) -> Result<Vec<String>, CheckError> {
        let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
        if page.is_some_and(|(page, _)| !page.has(PageRole::Offset)) {
            let items = self.all(resource, collection, query)?;
            let ids = items.iter().filter_map(|item| resource.id_of(item));
            return Ok(ids.filter(|id| own.contains(id)).collect());
        }
        let limit = page.map(|(page, _)| page.max as usize);
        let (found, _) = self.pages(resource, collection, query, own, limit)?;
        Ok(found)
    }

    /// The objects of `made` in the order and form of their list, each with its identifier.
    ///
    /// # Errors
    /// The service does not list each of them once.
    pub(crate) fn listed(
        &self,
        resource: &Resource,
        above: &[String],
        made: &[Fixture],
    ) -> Result<Vec<Listed>, CheckError> {
        let collection = super::collection(resource, above);
        let mut found = Vec::new();
        for item in self.all(resource, &collection, "")? {
            let id = resource.id_of(&item);
            let own = id.filter(|id| made.iter().any(|one| one.id() == id));
            if let (Some(id), Value::Object(item)) = (own, item) {
                found.push((id, item));
            }
        }
        let shown = found.len();
        self.ensure(shown == made.len(), || {
            format!(
                "the list shows {} objects of this run, got {shown}",
                made.len()
            )
        })?;
        Ok(found)
    }

    /// All objects of a list in order, page by page.
    ///
    /// # Errors
    /// The service does not list them.
    pub fn all(
        &self,
        resource: &Resource,
        collection: &str,
        query: &str,
    ) -> Result<Vec<Value>, CheckError> {
        let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
        let Some((page, _)) = page.filter(|(page, _)| self.is_counted(page)) else {
            return self.whole(resource, collection, query);
        };
        let (most, mut found) = (page.max as usize, Vec::new());
        loop {
            let last = found.last().and_then(|item| resource.id_of(item));
            let part = part(page, most, found.len(), last.as_deref());
            let path = asking(collection, &[&part, query]);
            let items = self.items(resource, &self.expect(200, &Request::get(&path))?)?;
            let count = items.len();
            let ended = items.last().and_then(|item| resource.id_of(item));
            self.ensure(ended.is_none() || ended != last, || {
                format!("`{path}` continues behind `{}`", last.unwrap_or_default())
            })?;
            found.extend(items);
            // A list without sizes shows everything, or as much as a deployment lets it.
            let ends = match page.has(PageRole::Size) {
                true => count < most,
                false => count == 0,
            };
            if ends {
                return Ok(found);
            }
        }
    }

    /// Whether pages are asked for by what was shown so far, rather than by following links: by
    /// an offset, or in another way where there are no links. A filter selects, so that it is
    /// left to those who ask by it.
    fn is_counted(&self, page: &Page) -> bool {
        let mut parameters = page.parameters().into_iter().filter(|one| !one.is_filter);
        let silent = !self.has_links();
        parameters.any(|one| match one.role {
            PageRole::Offset => true,
            PageRole::Number | PageRole::After => silent,
            PageRole::Size | PageRole::Position => false,
        })
    }

    /// The identifiers of a list in order, in pages of `limit` objects; only those in
    /// `own`. Also returns the total number of objects.
    ///
    /// # Errors
    /// The service does not list them.
    pub fn pages(
        &self,
        resource: &Resource,
        collection: &str,
        query: &str,
        own: &[String],
        limit: Option<usize>,
    ) -> Result<(Vec<String>, usize), CheckError> {
        let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
        let (mut found, mut total) = (Vec::new(), 0);
        loop {
            let part = page
                .zip(limit)
                .map(|((page, _), most)| part(page, most, total, None));
            let path = asking(collection, &[part.as_deref().unwrap_or_default(), query]);
            let exchange = self.expect(200, &Request::get(&path))?;
            let items = self.items(resource, &exchange)?;
            let ids = items.iter().filter_map(|item| resource.id_of(item));
            found.extend(ids.filter(|id| own.contains(id)));
            total += items.len();
            match limit {
                Some(limit) if items.len() == limit => {}
                _ => return Ok((found, total)),
            }
        }
    }

    /// All objects of a list in order, following `Link` from page to page.
    ///
    /// # Errors
    /// The service does not list them.
    pub fn whole(
        &self,
        resource: &Resource,
        collection: &str,
        query: &str,
    ) -> Result<Vec<Value>, CheckError> {
        let mut found = Vec::new();
        let mut target = Some(asking(collection, &[query]));
        while let Some(path) = target {
            let exchange = self.expect(200, &Request::get(&path))?;
            found.extend(self.items(resource, &exchange)?);
            target = self.next(&exchange, &path)?;
        }
        Ok(found)
    }
}

/// Whether a query requests a page.
fn asks_page(resource: &Resource, query: &str) -> bool {
    let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
    let own = page.iter().flat_map(|(page, _)| page.parameters());
    let own: Vec<&str> = own.filter(|one| one.asks()).map(|one| one.name).collect();
    let mut names = query.split('&').filter_map(|pair| pair.split('=').next());
    names.any(|name| own.iter().any(|own| encode(own) == name || *own == name))
}
