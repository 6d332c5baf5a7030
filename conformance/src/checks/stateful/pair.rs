//! The service and the model, which receive the same requests.

use std::collections::HashMap;

use fieldproof_spec::model::{IfMatch, PageStyle, Refusal, Resource, Type, Violations};
use serde_json::{Map, Value};

use super::compare::{blank, parse, places_of};
use crate::harness::{CheckError, Exchange, Harness, Request};
use crate::http::encode;
use crate::kind::{Json, kind};
use crate::model::{self, Reply, Service, path, refusal_kind};
use crate::strategy::wrong_types;

/// An object on both sides.
struct Counterparts<'a> {
    resource: &'a Resource,
    service: Vec<String>,
    model: Vec<String>,
    shown: Map<String, Value>,
}

/// The service and the model, which receive the same requests.
pub(super) struct Pair<'a, 'b> {
    harness: &'a Harness<'b>,
    root: &'a Resource,
    model: Service,
    counterparts: Vec<Counterparts<'a>>,
}

impl<'a, 'b> Pair<'a, 'b> {
    pub(super) fn new(harness: &'a Harness<'b>, root: &'a Resource) -> Self {
        // A single page of the model is compared with all pages of the service.
        let mut api = harness.api.clone();
        api.switches.list_cap = None;
        // The harness adds required versions for the service; the model does without.
        api.switches.if_match = IfMatch::Optional;
        Self {
            harness,
            root,
            model: Service::new(api),
            counterparts: Vec::new(),
        }
    }

    pub(super) fn step(&mut self, (kind, pick, draw): (u8, u8, u8)) -> Result<(), CheckError> {
        let count = self.counterparts.len();
        if count == 0 || kind % 8 < 2 {
            return self.create(self.root, None, draw);
        }
        let at = usize::from(pick) % count;
        match kind % 8 {
            2 => match self
                .harness
                .api
                .children(&self.counterparts[at].resource.name)
                .find(|child| child.create.is_some())
            {
                Some(child) => self.create(child, Some(at), draw),
                None => self.get(at),
            },
            3 | 4 => self.update(at, draw),
            5 => self.delete(at),
            6 => self.list(at, draw),
            _ => self.get(at),
        }
    }

    fn create(
        &mut self,
        resource: &'a Resource,
        above: Option<usize>,
        draw: u8,
    ) -> Result<(), CheckError> {
        let mut body = self.harness.body(resource, &Map::new());
        self.spoil(resource, &mut body, draw);
        let (service, model) = match above {
            Some(at) => (
                self.counterparts[at].service.clone(),
                self.counterparts[at].model.clone(),
            ),
            None => (Vec::new(), Vec::new()),
        };
        let own = resource
            .create
            .as_ref()
            .and_then(|create| create.path.clone());
        let target = |ids: &[String]| {
            let own = own.clone();
            own.unwrap_or_else(|| crate::harness::collection(resource, ids))
        };
        let method = self.harness.create(resource, "").method;
        let (exchange, reply) = self.both(
            &method,
            &target(&service),
            &target(&model),
            Some(&Value::Object(body)),
        )?;
        self.same(resource, &exchange, &reply)?;
        let (own, other) = (exchange.json(), parse(&reply));
        if let (Some(id), Some(counterpart)) = (resource.id_of(&own), resource.id_of(&other)) {
            let with = |mut ids: Vec<String>, id: String| {
                ids.push(id);
                ids
            };
            let counterpart = Counterparts {
                resource,
                service: with(service, id),
                model: with(model, counterpart),
                shown: own.as_object().cloned().unwrap_or_default(),
            };
            self.counterparts.push(counterpart);
        }
        Ok(())
    }

    /// Sometimes replaces a value by one of another type, or by one that another object
    /// has.
    fn spoil(&self, resource: &Resource, body: &mut Map<String, Value>, draw: u8) {
        let written: Vec<&String> = body.keys().collect();
        let Some(name) = written
            .get(usize::from(draw / 8) % written.len().max(1))
            .map(|name| (*name).clone())
        else {
            return;
        };
        let Some(field) = resource.field(&name) else {
            return;
        };
        match draw % 8 {
            // The treatment of values of another type is not documented.
            0 if self.harness.api.dialect.scalars.row.is_some() => {
                let mut wrong = wrong_types(self.harness.api, field);
                if !wrong.is_empty() {
                    body.insert(name, wrong.swap_remove(usize::from(draw) % wrong.len()));
                }
            }
            1 => {
                let unique = resource
                    .fields
                    .iter()
                    .find(|field| field.unique.is_some() && field.on_create());
                let other = self
                    .counterparts
                    .iter()
                    .rev()
                    .find(|counterpart| counterpart.resource.name == resource.name);
                if let (Some(field), Some(counterpart)) = (unique, other) {
                    body.insert(
                        field.name.clone(),
                        counterpart
                            .shown
                            .get(&field.name)
                            .cloned()
                            .unwrap_or_default(),
                    );
                }
            }
            _ => {}
        }
    }

    fn update(&mut self, at: usize, draw: u8) -> Result<(), CheckError> {
        let resource = self.counterparts[at].resource;
        let Some(update) = &resource.update else {
            return Ok(());
        };
        let mut body = Map::new();
        for (index, field) in resource
            .fields
            .iter()
            .filter(|field| field.on_update())
            .enumerate()
        {
            let chosen = (usize::from(draw) + index) % 3 == 0;
            let decides = resource
                .fields
                .iter()
                .any(|one| kind(&one.ty).decided_by() == Some(field.name.as_str()));
            if chosen && !decides && !matches!(field.ty, Type::Shared(_)) {
                let mut owner = self.counterparts[at].shown.clone();
                owner.extend(body.clone());
                let value = match field.nullable && draw.is_multiple_of(5) {
                    true => Value::Null,
                    false => self.harness.value(resource, field, &owner),
                };
                body.insert(field.name.clone(), value);
            }
        }
        self.spoil(resource, &mut body, draw);
        let verb = update.verbs[usize::from(draw) % update.verbs.len()].as_str();
        let (service, model) = self.paths(at);
        let (exchange, reply) = self.both(verb, &service, &model, Some(&Value::Object(body)))?;
        self.same(resource, &exchange, &reply)?;
        if let (200, Value::Object(shown)) = (exchange.status, exchange.json()) {
            self.counterparts[at].shown = shown;
        }
        Ok(())
    }

    fn delete(&mut self, at: usize) -> Result<(), CheckError> {
        let resource = self.counterparts[at].resource;
        if resource.delete.is_none() {
            return Ok(());
        }
        let (service, model) = self.paths(at);
        let (exchange, reply) = self.both("DELETE", &service, &model, None)?;
        self.same(resource, &exchange, &reply)
    }

    fn get(&mut self, at: usize) -> Result<(), CheckError> {
        let resource = self.counterparts[at].resource;
        if resource.get.is_none() {
            return Ok(());
        }
        let (service, model) = self.paths(at);
        let (exchange, reply) = self.both("GET", &service, &model, None)?;
        self.same(resource, &exchange, &reply)
    }

    /// Compares a list with one filter and one sort order, object by object.
    fn list(&mut self, at: usize, draw: u8) -> Result<(), CheckError> {
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
        let page = page.filter(|(page, _)| page.style == PageStyle::LimitOffset);
        let limit = page.map(|(page, _)| page.max as usize);
        let (mut items, mut offset) = (Vec::new(), 0);
        loop {
            let page = limit.map(|limit| format!("limit={limit}&offset={offset}"));
            let parts = page.iter().map(String::as_str).chain([query]);
            let whole: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
            let target = format!("{collection}?{}", whole.join("&"));
            let reply = self.ask_model("GET", &target, None);
            let body = parse(&reply);
            let envelope = list.and_then(|list| list.envelope.as_ref());
            let envelope = envelope.filter(|_| body.is_object());
            let shown = envelope.map_or(&body, |one| &body[&one.items]);
            let shown = shown.as_array().cloned().unwrap_or_default();
            let count = shown.len();
            items.extend(shown);
            match limit {
                Some(limit) if count == limit => offset += limit,
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

    fn paths(&self, at: usize) -> (String, String) {
        let counterpart = &self.counterparts[at];
        (
            path(counterpart.resource, &counterpart.service),
            path(counterpart.resource, &counterpart.model),
        )
    }

    fn both(
        &mut self,
        method: &str,
        service: &str,
        model: &str,
        body: Option<&Value>,
    ) -> Result<(Exchange, Reply), CheckError> {
        let mut request = Request::new(method, service);
        if let Some(body) = body {
            request = request.json(body);
        }
        let exchange = self.harness.send(&request)?;
        Ok((exchange, self.ask_model(method, model, body)))
    }

    fn ask_model(&mut self, method: &str, target: &str, body: Option<&Value>) -> Reply {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers = HashMap::new();
        headers.insert("authorization".to_owned(), "Bearer main".to_owned());
        headers.insert("content-type".to_owned(), "application/json".to_owned());
        self.model.answer(&model::Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: body
                .map(|body| body.to_string().into_bytes())
                .unwrap_or_default(),
        })
    }

    /// Judges that both have the same status, the same object apart from identifiers and
    /// times, and the same places of violations.
    fn same(
        &self,
        resource: &Resource,
        exchange: &Exchange,
        reply: &Reply,
    ) -> Result<(), CheckError> {
        let (found, expected) = (exchange.status, reply.status);
        if let Some(kind) = refusal(reply) {
            return self.refuses(kind, exchange, reply);
        }
        // An object left from before may hold one of the few possible values.
        if self.harness.is_refused(Refusal::Conflict, exchange).is_ok()
            && let Some(why) = self.harness.limited()
        {
            return Err(CheckError::Skip(why));
        }
        let same =
            found == expected || self.harness.is_open(&exchange.method, &exchange.url, found);
        self.harness.ensure(same, || {
            format!("the model answers {expected} ({}), got {found}", reply.body)
        })?;
        let bare = exchange.reply.is_empty() || !self.harness.is_house();
        if bare && exchange.method == "DELETE" {
            return Ok(());
        }
        let (own, other) = (
            blank(self.harness.api, resource, &exchange.json()),
            blank(self.harness.api, resource, &parse(reply)),
        );
        self.harness.ensure(own == other, || {
            format!("the model answers {other}, got {own}")
        })
    }

    /// Judges that the service refuses what the model refuses, for the same reasons.
    fn refuses(&self, kind: Refusal, exchange: &Exchange, reply: &Reply) -> Result<(), CheckError> {
        self.harness.is_refused(kind, exchange).map_err(|error| {
            let body = &reply.body;
            error.because(format!("the model refuses {body}, got {}", exchange.status))
        })?;
        let Some(found) = self.harness.violations(exchange) else {
            return Ok(());
        };
        let places = self.harness.places();
        let expected = places_of(&parse(reply), places);
        let found = found.into_iter().map(|one| (one.place, one.code));
        let mut found: Vec<_> = found.collect();
        found.sort();
        let all = self.harness.api.dialect.violations.is(Violations::All);
        let same = match all {
            true => alike(&found, &expected),
            false => found
                .iter()
                .all(|one| expected.iter().any(|other| is(one, other))),
        };
        self.harness.ensure(same, || {
            format!("the model refuses {expected:?}, got {found:?}")
        })
    }
}

/// The kind of refusal of an answer of the model.
fn refusal(reply: &Reply) -> Option<Refusal> {
    if reply.status < 400 {
        return None;
    }
    let body = parse(reply);
    let kind = body["type"].as_str().and_then(refusal_kind);
    Some(kind.unwrap_or(Refusal::Malformed))
}

/// The place of a violation with its code, if the code is known.
type Named = (String, Option<String>);

fn is(one: &Named, other: &Named) -> bool {
    one.0 == other.0 && (one.1.is_none() || one.1 == other.1)
}

fn alike(found: &[Named], expected: &[Named]) -> bool {
    found.len() == expected.len()
        && found
            .iter()
            .zip(expected)
            .all(|(one, other)| is(one, other))
}
