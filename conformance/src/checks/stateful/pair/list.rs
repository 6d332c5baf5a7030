//! Lists of both sides.

use std::collections::HashMap;

use fieldproof_spec::model::Resource;
use serde_json::Value;

use super::super::compare::{blank, parse};
use super::Pair;
use crate::harness::{CheckError, asking, part};
use crate::http::encode;
use crate::kind::{Json, kind};

impl Pair<'_, '_> {
    /// Compares a list with one filter and one sort order, object by object.
    pub(super) fn list(&mut self, at: usize, draw: u8) -> Result<(), CheckError> {
        let resource = self.counterparts[at].resource;
        if resource.list.is_none() {
            return Ok(());
        }
        let query = self.query(at, draw);
        let (service, model) = {
            let one = &self.counterparts[at];
            (one.service.clone(), one.model.clone())
        };
        let collection =
            |ids: &[String]| crate::harness::collection(resource, &ids[..ids.len() - 1]);
        let own: Vec<String> = self
            .counterparts
            .iter()
            .filter(|counterpart| counterpart.resource.name == resource.name)
            .filter_map(|counterpart| counterpart.service.last().cloned())
            .collect();
        let (items, status) = self.list_of_model(resource, &collection(&model), &query);
        let found = self
            .harness
            .walk(resource, &collection(&service), &query, &own);
        let found = match found {
            Err(CheckError::Fail(failure)) if failure.status() == status => return Ok(()),
            other => other?,
        };
        let pairs = self.counterparts.iter();
        let names: HashMap<&str, &str> = pairs
            .filter_map(|one| Some((one.model.last()?.as_str(), one.service.last()?.as_str())))
            .collect();
        let expected: Vec<&str> = items
            .iter()
            .filter_map(|item| names.get(resource.id_of(item)?.as_str()).copied())
            .collect();
        let (mut found, mut expected) = (found, expected);
        // The order of equal values, and of those that differ in case, is not documented.
        if !self.harness.is_house() {
            found.sort();
            expected.sort_unstable();
        }
        self.harness.ensure(found == expected, || {
            format!("`{query}` lists {expected:?}, got {found:?}")
        })?;
        self.items(resource, &collection(&service), &query, &items)
    }

    /// Judges that objects in both lists are equal on both sides.
    fn items(
        &self,
        resource: &Resource,
        collection: &str,
        query: &str,
        items: &[Value],
    ) -> Result<(), CheckError> {
        let found = self.harness.all(resource, collection, query)?;
        let api = self.harness.api;
        for one in self
            .counterparts
            .iter()
            .filter(|one| one.resource.name == resource.name)
        {
            let of = |all: &[Value], id: Option<&String>| {
                let mut all = all.iter();
                let own = all.find(|item| resource.id_of(item).as_ref() == id);
                own.map(|item| blank(api, resource, item))
            };
            let (own, other) = (of(&found, one.service.last()), of(items, one.model.last()));
            if let (Some(own), Some(other)) = (own, other) {
                self.harness.ensure(own == other, || {
                    format!("the model lists {other}, got {own}")
                })?;
            }
        }
        Ok(())
    }

    /// A query of the list with at most one filter and one sort order.
    fn query(&self, at: usize, draw: u8) -> String {
        let resource = self.counterparts[at].resource;
        let mut parts = Vec::new();
        let Some(list) = &resource.list else {
            return String::new();
        };
        let filter = list
            .filters
            .get(usize::from(draw) % (list.filters.len() + 1));
        if let Some(filter) = filter.filter(|one| self.is_shared(resource, &one.field)) {
            let text = match self.counterparts[at].shown.get(&filter.field) {
                Some(Value::String(text)) => Some(text.to_uppercase()),
                Some(Value::Bool(flag)) => Some(flag.to_string()),
                Some(Value::Number(number)) => Some(number.to_string()),
                _ => None,
            };
            let field = resource.field(&filter.field);
            let text = text.or(match field.map(|field| kind(&field.ty).json()) {
                Some(Json::Whole | Json::Fraction) => None,
                Some(Json::Truth) => Some("1".to_owned()),
                _ => Some("none".to_owned()),
            });
            let name = encode(&filter.names[0]);
            parts.extend(text.map(|text| format!("{name}={}", encode(&text))));
        }
        if let Some(sort) = &list.sort {
            let key = &sort.keys[usize::from(draw / 4) % sort.keys.len()];
            let order = if draw.is_multiple_of(2) {
                "asc"
            } else {
                "desc"
            };
            parts.push(format!(
                "{}={}&{}={order}",
                sort.by,
                encode(key),
                sort.order
            ));
        }
        parts.join("&")
    }

    /// All objects that the model lists, over all pages as for the service, and the status
    /// of the last page.
    fn list_of_model(
        &mut self,
        resource: &Resource,
        collection: &str,
        query: &str,
    ) -> (Vec<Value>, u16) {
        let list = resource.list.as_ref();
        let page = list.and_then(|list| list.page.as_ref());
        let page = page.map(|(page, _)| page).filter(|page| page.is_cut());
        let mut items: Vec<Value> = Vec::new();
        loop {
            let last = items.last().and_then(|item| resource.id_of(item));
            let part = page.map(|page| part(page, page.max as usize, items.len(), last.as_deref()));
            let target = asking(collection, &[part.as_deref().unwrap_or_default(), query]);
            let reply = self.ask_model("GET", &target, None);
            let body = parse(&reply);
            let envelope = list.and_then(|list| list.envelope.as_ref());
            let envelope = envelope.filter(|_| body.is_object());
            let shown = envelope.map_or(&body, |one| &body[&one.items]);
            let shown = shown.as_array().cloned().unwrap_or_default();
            let count = shown.len();
            items.extend(shown);
            match page {
                Some(page) if count == page.max as usize => {}
                _ => return (items, reply.status),
            }
        }
    }

    /// Whether a member has the same value on both sides.
    fn is_shared(&self, resource: &Resource, name: &str) -> bool {
        let times = resource.times.as_ref();
        name != resource.id
            && resource
                .field(name)
                .is_none_or(|field| !kind(&field.ty).is_made() && !field.list)
            && times.is_none_or(|times| name != times.created && name != times.updated)
    }
}
