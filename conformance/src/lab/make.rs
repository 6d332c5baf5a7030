//! Objects that checks work on.

use fieldproof_spec::model::{EnvelopeWhen, PageStyle, Resource, Verb};
use serde_json::{Map, Value};

use super::{Ask, Exchange, Lab, Stop};
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
        let mut first = self.given(resource)?.swap_remove(0);
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
            return self.given(resource);
        }
        let one = |_| self.make_below(resource, above, self.body(resource, &Map::new()));
        (0..6).map(one).collect()
    }

    /// The objects that are there, in the order of the list.
    ///
    /// # Errors
    /// A service that does not list them, or none that are known to be there.
    pub fn given(&self, resource: &Resource) -> Result<Vec<Made>, Stop> {
        let known = crate::fixtures::of(resource, &self.fixtures.main);
        let own: Vec<String> = known
            .iter()
            .filter_map(|one| one.get(&resource.id)?.as_str())
            .map(str::to_owned)
            .collect();
        if own.is_empty() {
            let why = format!("no {} is known to be there; see --fixtures", resource.name);
            return Err(Stop::Skip(why));
        }
        let collection = collection(resource, &[]);
        let mut made = Vec::new();
        for item in self.whole(resource, &collection, "")? {
            let id = item[&resource.id].as_str().unwrap_or_default().to_owned();
            if let (true, Value::Object(shown)) = (own.contains(&id), item) {
                made.push(Made {
                    path: path(resource, std::slice::from_ref(&id)),
                    ids: vec![id],
                    collection: collection.clone(),
                    sent: Map::new(),
                    shown,
                    etag: String::new(),
                });
            }
        }
        self.ensure(made.len() == own.len(), || {
            format!(
                "the list shows {} of {} known objects",
                made.len(),
                own.len()
            )
        })?;
        Ok(made)
    }

    /// The array of a list, without the envelope that every answer has.
    ///
    /// # Errors
    /// An answer of another shape.
    pub fn items(&self, resource: &Resource, exchange: &Exchange) -> Result<Vec<Value>, Stop> {
        let list = resource.list.as_ref();
        let envelope = list.and_then(|list| list.envelope.as_ref());
        let envelope = envelope.filter(|one| one.when == EnvelopeWhen::Always);
        let json = exchange.json();
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
        let shown = self.get(resource, path).unwrap_or_default();
        let mut whole: Map<String, Value> = resource
            .fields
            .iter()
            .filter(|field| field.on_update() && field.is_shown())
            .filter_map(|field| Some((field.name.clone(), shown.get(&field.name)?.clone())))
            .collect();
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

/// The path of a collection below the parents `above`.
pub(crate) fn collection(resource: &Resource, above: &[String]) -> String {
    fill(&resource.path, above)
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
