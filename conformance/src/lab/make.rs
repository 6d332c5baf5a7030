//! Objects that checks work on.

use fieldproof_spec::model::{Envelope, EnvelopeWhen, Field, PageStyle, Resource, Verb};
use serde_json::{Map, Value};

use super::{Ask, Exchange, Lab, Stop};
use crate::check::room;
use crate::http::encode;
use crate::model::{fill, path};

/// An object that a check has made.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// Identifiers from the outermost parent down to it.
    pub ids: Vec<String>,
    /// Its path below the base.
    pub path: String,
    /// The path of its collection.
    pub collection: String,
    /// What was sent.
    pub sent: Map<String, Value>,
    /// What came back.
    pub shown: Map<String, Value>,
    /// Its entity tag.
    pub etag: String,
}

impl Made {
    /// Its own identifier.
    #[must_use]
    pub fn id(&self) -> &str {
        self.ids.last().map_or("", String::as_str)
    }
}

impl Lab<'_> {
    /// Makes an object with some legal values, and its parents.
    ///
    /// # Errors
    /// A service that does not make it.
    pub fn make(&self, resource: &Resource) -> Result<Made, Stop> {
        if resource.create.is_none() || !self.writes {
            return self.known(resource);
        }
        let above = self.make_above(resource)?;
        let body = self.body(resource, &Map::new());
        setup(self.make_below(resource, &above, body))
    }

    /// The first object that is known to be there, with its entity tag.
    fn known(&self, resource: &Resource) -> Result<Made, Stop> {
        let mut first = self
            .present(resource, &self.make_above(resource)?)?
            .swap_remove(0);
        if resource.get.is_some() {
            let exchange = self.expect(200, &Ask::get(&first.path))?;
            first.etag = exchange.header("etag").unwrap_or_default().to_owned();
        }
        Ok(first)
    }

    /// Some objects: new ones, or those that are there when HTTP makes none.
    ///
    /// # Errors
    /// A service that does not make or show them.
    pub fn some(&self, resource: &Resource, above: &[String]) -> Result<Vec<Made>, Stop> {
        if resource.create.is_none() || !self.writes {
            return self.present(resource, above);
        }
        let one = |_| self.make_below(resource, above, self.body(resource, &Map::new()));
        let count = room(self.api, resource).min(6);
        (0..count).map(one).collect()
    }

    /// At most so many objects, as small as they can be.
    ///
    /// # Errors
    /// A service that does not make or show them.
    pub fn several(
        &self,
        resource: &Resource,
        above: &[String],
        most: usize,
    ) -> Result<Vec<Made>, Stop> {
        if resource.create.is_none() || !self.writes {
            let mut made = self.present(resource, above)?;
            made.truncate(most);
            return Ok(made);
        }
        let small = || self.small_body(resource, &Map::new());
        let count = room(self.api, resource).min(most);
        (0..count)
            .map(|_| self.make_below(resource, above, small()))
            .collect()
    }

    /// The objects that are known to be there, in the order of the list.
    ///
    /// # Errors
    /// A service that does not show them, or none that are known.
    pub fn given(&self, resource: &Resource, above: &[String]) -> Result<Vec<Made>, Stop> {
        let known = crate::fixtures::of(self.api, resource, &self.fixtures.main);
        let own: Vec<String> = known
            .iter()
            .filter_map(|one| one.get(&resource.id)?.as_str())
            .map(str::to_owned)
            .collect();
        if own.is_empty() {
            return Err(none(resource));
        }
        let shown = match &resource.list {
            Some(_) => self.whole(resource, &collection(resource, above), "")?,
            None => {
                let read = |id: &String| {
                    let ids: Vec<String> = above.iter().chain([id]).cloned().collect();
                    self.get(resource, &path(resource, &ids)).map(Value::Object)
                };
                own.iter().map(read).collect::<Result<_, Stop>>()?
            }
        };
        let mut made: Vec<Made> = shown
            .into_iter()
            .filter_map(|item| there(resource, above, item))
            .collect();
        made.retain(|one| own.iter().any(|id| id == one.id()));
        self.ensure(made.len() == own.len(), || {
            format!(
                "the list shows {} of {} known objects",
                made.len(),
                own.len()
            )
        })?;
        Ok(made)
    }

    /// The objects that are known to be there; where none is, the first that
    /// the list shows, which are only read.
    ///
    /// # Errors
    /// A service that does not show them, or none that are there.
    pub fn present(&self, resource: &Resource, above: &[String]) -> Result<Vec<Made>, Stop> {
        let known = !crate::fixtures::of(self.api, resource, &self.fixtures.main).is_empty();
        if known || resource.list.is_none() {
            return self.given(resource, above);
        }
        let first = self.expect(200, &Ask::get(&collection(resource, above)))?;
        let items = self.items(resource, &first)?.into_iter();
        let made = items.filter_map(|item| there(resource, above, item));
        let made: Vec<Made> = made.take(9).collect();
        self.borrow(&made);
        match made.is_empty() {
            true => Err(none(resource)),
            false => Ok(made),
        }
    }

    /// The array of a list, without the envelope that every answer has.
    ///
    /// # Errors
    /// An answer of another shape.
    pub fn items(&self, resource: &Resource, exchange: &Exchange) -> Result<Vec<Value>, Stop> {
        let list = resource.list.as_ref();
        let envelope = list.and_then(|list| list.envelope.as_ref());
        let json = exchange.json();
        // Some lists have their envelope only where a page was asked for.
        let paged = |one: &&Envelope| {
            let query = exchange.url.split_once('?').map_or("", |(_, query)| query);
            one.when == EnvelopeWhen::Always || asks_page(resource, query)
        };
        let envelope = envelope.filter(paged);
        let (array, shape) = match envelope {
            Some(one) => (
                json[&one.items].clone(),
                format!("an object with `{}`", one.items),
            ),
            None => (json, "a bare array".to_owned()),
        };
        match array {
            Value::Array(items) => Ok(items),
            _ => self.fail(format!("a list is {shape}")),
        }
    }

    /// Makes an object with few values beside `with`, and its parents.
    ///
    /// # Errors
    /// A service that does not make it.
    pub fn make_with(&self, resource: &Resource, with: &Map<String, Value>) -> Result<Made, Stop> {
        let above = self.make_above(resource)?;
        let made = self.make_below(resource, &above, self.small_body(resource, with));
        match with.is_empty() {
            true => setup(made),
            false => made,
        }
    }

    /// Makes an object that can be sent back as it is shown: where an update replaces,
    /// members that are never shown have no value of their own.
    ///
    /// # Errors
    /// A service that does not make it, or members that have to be sent and are not shown.
    pub fn steady(&self, resource: &Resource) -> Result<Made, Stop> {
        let mut hidden = hidden(resource).peekable();
        if hidden.peek().is_none() {
            return self.make(resource);
        }
        if hidden.any(|field| field.required) {
            let why = "what has to be sent and is never shown cannot be sent back";
            return Err(Stop::Skip(why.to_owned()));
        }
        self.make_with(resource, &Map::new())
    }

    /// A create of an object in `collection`, by the documented method.
    #[must_use]
    pub fn create(&self, resource: &Resource, collection: &str) -> Ask {
        let create = resource.create.as_ref();
        let verb = create.and_then(|create| create.verbs.first());
        let own = create.and_then(|create| create.path.as_deref());
        let verb = verb.map_or("POST", |verb| verb.as_str());
        Ask::new(verb, own.unwrap_or(collection))
    }

    /// Notes an object that is to be removed at the end.
    pub fn remember(&self, path: &str) {
        let mut made = self.made.borrow_mut();
        if made.last().is_none_or(|last| last != path) {
            made.push(path.to_owned());
        }
    }

    /// Makes the parents of an object; their identifiers, outermost first.
    ///
    /// # Errors
    /// A service that does not make them.
    pub fn make_above(&self, resource: &Resource) -> Result<Vec<String>, Stop> {
        match resource
            .parent
            .as_ref()
            .and_then(|parent| self.api.resource(&parent.resource))
        {
            Some(above) => Ok(self.make(above)?.ids),
            None => Ok(Vec::new()),
        }
    }

    /// Other parents of an object than `above`.
    ///
    /// # Errors
    /// A service that does not make them, or has no others.
    pub fn other_above(&self, resource: &Resource, above: &[String]) -> Result<Vec<String>, Stop> {
        let parent = resource.parent.as_ref();
        let Some(parent) = parent.and_then(|one| self.api.resource(&one.resource)) else {
            return Ok(Vec::new());
        };
        if parent.create.is_some() && self.writes {
            return self.make_above(resource);
        }
        let all = self.present(parent, &self.make_above(parent)?)?;
        let other = all.into_iter().map(|one| one.ids).find(|ids| ids != above);
        other.ok_or_else(|| Stop::Skip(format!("there is only one {} to ask about", parent.name)))
    }

    /// Makes an object below the parents `above`.
    ///
    /// # Errors
    /// A service that does not make it, or shows it otherwise.
    pub fn make_below(
        &self,
        resource: &Resource,
        above: &[String],
        body: Map<String, Value>,
    ) -> Result<Made, Stop> {
        let Some(create) = &resource.create else {
            return Err(Stop::Skip(format!("{} has no create", resource.name)));
        };
        let collection = collection(resource, above);
        let ask = self
            .create(resource, &collection)
            .json(&Value::Object(body.clone()));
        let exchange = self.expect(create.status, &ask)?;
        let Value::Object(shown) = exchange.json() else {
            return self.fail("a create answers with the object");
        };
        let Some(id) = shown.get(&resource.id).and_then(Value::as_str) else {
            return self.fail(format!("the object has its `{}`", resource.id));
        };
        let mut ids = above.to_vec();
        ids.push(id.to_owned());
        let path = path(resource, &ids);
        if resource.delete.is_some() {
            self.remember(&path);
        }
        self.seen.borrow_mut().insert(path.clone(), shown.clone());
        Ok(Made {
            ids,
            path,
            collection,
            sent: body,
            shown,
            etag: exchange.header("etag").unwrap_or_default().to_owned(),
        })
    }

    /// Reads an object.
    ///
    /// # Errors
    /// A service that does not show it.
    pub fn get(&self, resource: &Resource, path: &str) -> Result<Map<String, Value>, Stop> {
        if resource.get.is_none() {
            return Err(Stop::Skip(format!("{} has no get", resource.name)));
        }
        match self.expect(200, &Ask::get(path))?.json() {
            Value::Object(shown) => Ok(shown),
            _ => self.fail("a get answers with the object"),
        }
    }

    /// Changes an object by its first documented method.
    ///
    /// # Errors
    /// A resource without an update.
    pub fn change(&self, resource: &Resource, path: &str, body: &Value) -> Result<Ask, Stop> {
        let Some(update) = &resource.update else {
            return Err(Stop::Skip(format!("{} has no update", resource.name)));
        };
        let merging = update.verbs.iter().find(|verb| !update.replaces(**verb));
        let verb = merging.or(update.verbs.first()).copied();
        Ok(self.change_by(resource, path, verb.unwrap_or(Verb::Put), body))
    }

    /// The same by one method: where it replaces, what the object has is sent
    /// along.
    #[must_use]
    pub fn change_by(&self, resource: &Resource, path: &str, verb: Verb, body: &Value) -> Ask {
        let ask = Ask::new(verb.as_str(), path);
        let replaces = resource
            .update
            .as_ref()
            .is_some_and(|one| one.replaces(verb));
        let (true, Value::Object(sent)) = (replaces, body) else {
            return ask.json(body);
        };
        // Of an object that is not there nothing can be sent along.
        let shown = match resource.get {
            Some(_) => self.get(resource, path).unwrap_or_default(),
            None => self.seen.borrow().get(path).cloned().unwrap_or_default(),
        };
        let mut whole = Map::new();
        for field in resource.fields.iter().filter(|field| field.on_update()) {
            let kept = shown.get(&field.name).cloned();
            let hidden = field.required && !field.is_shown();
            let needed = hidden.then(|| self.value(resource, field, &whole));
            whole.extend(kept.or(needed).map(|value| (field.name.clone(), value)));
        }
        whole.extend(sent.clone());
        ask.json(&Value::Object(whole))
    }

    /// A request that adds to lists of an object.
    #[must_use]
    pub fn append(&self, resource: &Resource, path: &str, body: &Value) -> Ask {
        let verb = resource.append.as_ref().and_then(|one| one.verbs.first());
        Ask::new(verb.map_or("PATCH", |verb| verb.as_str()), path).json(body)
    }

    /// All objects of a list in order, page by page; only those in `own`.
    ///
    /// # Errors
    /// A service that does not list them.
    pub fn walk(
        &self,
        resource: &Resource,
        collection: &str,
        query: &str,
        own: &[String],
    ) -> Result<Vec<String>, Stop> {
        let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
        if page.is_some_and(|(page, _)| page.style != PageStyle::LimitOffset) {
            let items = self.whole(resource, collection, query)?;
            let ids = items.iter().filter_map(|item| item[&resource.id].as_str());
            let own = ids.filter(|id| own.iter().any(|own| own == id));
            return Ok(own.map(str::to_owned).collect());
        }
        let limit = page.map(|(page, _)| page.max as usize);
        let (found, _) = self.pages(resource, collection, query, own, limit)?;
        Ok(found)
    }

    /// The same in pages of so many objects, and how many objects there are of
    /// everybody.
    ///
    /// # Errors
    /// A service that does not list them.
    pub fn pages(
        &self,
        resource: &Resource,
        collection: &str,
        query: &str,
        own: &[String],
        limit: Option<usize>,
    ) -> Result<(Vec<String>, usize), Stop> {
        let (mut found, mut total) = (Vec::new(), 0);
        let mut offset = 0;
        loop {
            let mut parts: Vec<String> = Vec::new();
            parts.extend(limit.map(|limit| format!("limit={limit}&offset={offset}")));
            parts.extend((!query.is_empty()).then(|| query.to_owned()));
            let path = match parts.is_empty() {
                true => collection.to_owned(),
                false => format!("{collection}?{}", parts.join("&")),
            };
            let exchange = self.expect(200, &Ask::get(&path))?;
            let items = self.items(resource, &exchange)?;
            let ids = items.iter().filter_map(|item| item[&resource.id].as_str());
            found.extend(
                ids.filter(|id| own.iter().any(|own| own == id))
                    .map(str::to_owned),
            );
            total += items.len();
            match limit {
                Some(limit) if items.len() == limit => offset += limit,
                _ => return Ok((found, total)),
            }
        }
    }
}

impl Lab<'_> {
    /// All objects of a list in order, page by page as `Link` says.
    ///
    /// # Errors
    /// A service that does not list them.
    pub fn whole(
        &self,
        resource: &Resource,
        collection: &str,
        query: &str,
    ) -> Result<Vec<Value>, Stop> {
        let mut found = Vec::new();
        let mut target = Some(match query.is_empty() {
            true => collection.to_owned(),
            false => format!("{collection}?{query}"),
        });
        while let Some(path) = target {
            let exchange = self.expect(200, &Ask::get(&path))?;
            found.extend(self.items(resource, &exchange)?);
            target = self.next(&exchange, collection, &path)?;
        }
        Ok(found)
    }
}

/// Whether an object can be sent back as it is shown without a change: where an update
/// replaces, nothing has to be sent that is never shown.
pub(crate) fn echoes(resource: &Resource) -> bool {
    !hidden(resource).any(|field| field.required)
}

/// The members that an update loses which sends back what is shown.
fn hidden(resource: &Resource) -> impl Iterator<Item = &Field> {
    let replaces = resource
        .update
        .as_ref()
        .is_some_and(|update| !update.merges());
    let hidden = move |field: &&Field| replaces && field.on_update() && !field.is_shown();
    resource.fields.iter().filter(hidden)
}

/// The path of a collection below the parents `above`.
pub(crate) fn collection(resource: &Resource, above: &[String]) -> String {
    fill(&resource.path, above)
}

/// Why there is nothing to ask about.
fn none(resource: &Resource) -> Stop {
    Stop::Skip(format!(
        "no {} can be made, and none is known to be there; see --fixtures",
        resource.name
    ))
}

/// An object that was there before, as it is shown.
fn there(resource: &Resource, above: &[String], item: Value) -> Option<Made> {
    let Value::Object(shown) = item else {
        return None;
    };
    let mut ids = above.to_vec();
    ids.push(shown.get(&resource.id)?.as_str()?.to_owned());
    Some(Made {
        path: path(resource, &ids),
        ids,
        collection: collection(resource, above),
        sent: Map::new(),
        shown,
        etag: String::new(),
    })
}

/// Whether a query string asks for a page.
fn asks_page(resource: &Resource, query: &str) -> bool {
    let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
    let own: Vec<&str> = match page {
        Some((page, _)) if page.style == PageStyle::PageNumber => {
            let names = [&page.by, &page.size].into_iter().flatten();
            names.map(String::as_str).collect()
        }
        Some((page, _)) if page.style == PageStyle::LimitOffset => vec!["limit", "offset"],
        _ => return false,
    };
    let mut names = query.split('&').filter_map(|pair| pair.split('=').next());
    names.any(|name| own.iter().any(|own| encode(own) == name || *own == name))
}

/// An object that only a check's question is about: where it cannot be made,
/// the obligation about creates fails, and this one cannot be judged.
fn setup(made: Result<Made, Stop>) -> Result<Made, Stop> {
    made.map_err(|stop| match stop {
        Stop::Fail(failure) => {
            let why = format!("there is no object to ask about: {}", failure.message);
            Stop::Inconclusive(why)
        }
        other => other,
    })
}
