//! The objects that checks work on, and their creation.

use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

use super::{CheckError, Harness, Request};
use crate::model::{fill, path, room};
use crate::support::shows_sent;

/// An object that a check works on: a new one, or one that existed before.
#[derive(Debug, Clone, PartialEq)]
pub struct Fixture {
    /// Identifiers from the outermost parent down to it.
    pub ids: Vec<String>,
    /// Its path below the base.
    pub path: String,
    /// The path of its collection.
    pub collection: String,
    /// The body that created it; empty for an object that existed before.
    pub sent: Map<String, Value>,
    /// The object as the service shows it.
    pub shown: Map<String, Value>,
    /// Its entity tag.
    pub etag: String,
}

impl Fixture {
    /// Its own identifier.
    #[must_use]
    pub fn id(&self) -> &str {
        self.ids.last().map_or("", String::as_str)
    }
}

/// More children of one parent than any check makes one after the other.
const CROWDED: usize = 20;

impl Harness<'_> {
    /// Creates an object with some valid values, and its parents.
    ///
    /// # Errors
    /// The service does not create it.
    pub fn make(&self, resource: &Resource) -> Result<Fixture, CheckError> {
        if resource.create.is_none() || !self.writes {
            return self.known(resource);
        }
        let above = self.make_above(resource)?;
        let body = self.body(resource, &Map::new());
        setup(self.make_below(resource, &above, body))
    }

    /// Some objects: new ones, or existing ones if they cannot be created over HTTP.
    ///
    /// # Errors
    /// The service does not create or show them.
    pub fn some(&self, resource: &Resource, above: &[String]) -> Result<Vec<Fixture>, CheckError> {
        if resource.create.is_none() || !self.writes {
            return self.present(resource, above);
        }
        let one = |_| self.make_below(resource, above, self.body(resource, &Map::new()));
        let count = room(self.api, resource).min(6);
        (0..count).map(one).collect()
    }

    /// At most `most` objects, as small as possible.
    ///
    /// # Errors
    /// The service does not create or show them.
    pub fn several(
        &self,
        resource: &Resource,
        above: &[String],
        most: usize,
    ) -> Result<Vec<Fixture>, CheckError> {
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

    /// Creates an object with few values beside `with`, and its parents.
    ///
    /// # Errors
    /// The service does not create it.
    pub fn make_with(
        &self,
        resource: &Resource,
        with: &Map<String, Value>,
    ) -> Result<Fixture, CheckError> {
        let above = self.make_above(resource)?;
        let made = self.make_below(resource, &above, self.small_body(resource, with));
        match with.is_empty() {
            true => setup(made),
            false => made,
        }
    }

    /// A request that creates an object in `collection`, by the documented method.
    #[must_use]
    pub fn create(&self, resource: &Resource, collection: &str) -> Request {
        let create = resource.create.as_ref();
        let verb = create.and_then(|create| create.verbs.first());
        let own = create.and_then(|create| create.path.as_deref());
        let verb = verb.map_or("POST", |verb| verb.as_str());
        Request::new(verb, own.unwrap_or(collection))
    }

    /// Registers an object to be removed at the end.
    pub fn remember(&self, path: &str) {
        let mut made = self.made.borrow_mut();
        if made.last().is_none_or(|last| last != path) {
            made.push(path.to_owned());
        }
    }

    /// Creates the parents of an object; returns their identifiers, outermost first.
    ///
    /// # Errors
    /// The service does not create them.
    pub fn make_above(&self, resource: &Resource) -> Result<Vec<String>, CheckError> {
        match resource
            .parent
            .as_ref()
            .and_then(|parent| self.api.resource(&parent.resource))
        {
            Some(above) => Ok(self.make(above)?.ids),
            None => Ok(Vec::new()),
        }
    }

    /// The parents for one more object: `above`, or parents of its own where one parent has
    /// few children.
    ///
    /// # Errors
    /// The service does not create them.
    pub(crate) fn beside(
        &self,
        resource: &Resource,
        above: &[String],
    ) -> Result<Vec<String>, CheckError> {
        match room(self.api, resource) < CROWDED {
            true => self.make_above(resource),
            false => Ok(above.to_vec()),
        }
    }

    /// Other parents of an object than `above`.
    ///
    /// # Errors
    /// The service does not create them, or has no others.
    pub fn other_above(
        &self,
        resource: &Resource,
        above: &[String],
    ) -> Result<Vec<String>, CheckError> {
        let parent = resource.parent.as_ref();
        let Some(parent) = parent.and_then(|one| self.api.resource(&one.resource)) else {
            return Ok(Vec::new());
        };
        if parent.create.is_some() && self.writes {
            return self.make_above(resource);
        }
        let all = self.present(parent, &self.make_above(parent)?)?;
        let other = all.into_iter().map(|one| one.ids).find(|ids| ids != above);
        other.ok_or_else(|| {
            CheckError::Skip(format!("there is only one {} to ask about", parent.name))
        })
    }

    /// Creates an object below the parents `above`.
    ///
    /// # Errors
    /// The service does not create it, or shows it with other values.
    pub fn make_below(
        &self,
        resource: &Resource,
        above: &[String],
        body: Map<String, Value>,
    ) -> Result<Fixture, CheckError> {
        let Some(create) = &resource.create else {
            return Err(CheckError::Skip(format!("{} has no create", resource.name)));
        };
        let collection = collection(resource, above);
        let request = self
            .create(resource, &collection)
            .json(&Value::Object(body.clone()));
        let exchange = self.expect(create.status, &request)?;
        let Value::Object(shown) = exchange.json() else {
            return self.fail("a create answers with the object");
        };
        let Some(id) = resource.id_in(&shown) else {
            return self.fail(format!("the object has its `{}`", resource.id));
        };
        self.own(resource, &id);
        shows_sent(self, resource, &body, &shown)?;
        let mut ids = above.to_vec();
        ids.push(id);
        let path = path(resource, &ids);
        if resource.delete.is_some() {
            self.remember(&path);
        }
        self.seen.borrow_mut().insert(path.clone(), shown.clone());
        Ok(Fixture {
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
    /// The service does not show it.
    pub fn get(&self, resource: &Resource, path: &str) -> Result<Map<String, Value>, CheckError> {
        if resource.get.is_none() {
            return Err(CheckError::Skip(format!("{} has no get", resource.name)));
        }
        match self.expect(200, &Request::get(path))?.json() {
            Value::Object(shown) => Ok(shown),
            _ => self.fail("a get answers with the object"),
        }
    }
}

/// The path of a collection below the parents `above`.
pub(crate) fn collection(resource: &Resource, above: &[String]) -> String {
    fill(&resource.path, above)
}

/// Turns a failure to create an object into an inconclusive result: creates have an
/// obligation of their own, and this one cannot be judged.
fn setup(made: Result<Fixture, CheckError>) -> Result<Fixture, CheckError> {
    made.map_err(|error| match error {
        CheckError::Fail(failure) => {
            let why = format!("there is no object to ask about: {}", failure.message);
            CheckError::Inconclusive(why)
        }
        other => other,
    })
}
