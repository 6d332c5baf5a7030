//! Objects that existed before the suite began.

use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

use super::{CheckError, Fixture, Harness, Request, collection};
use crate::model::path;

impl Harness<'_> {
    /// The first existing object, with its entity tag.
    pub(super) fn known(&self, resource: &Resource) -> Result<Fixture, CheckError> {
        let mut first = self
            .present(resource, &self.make_above(resource)?)?
            .swap_remove(0);
        if resource.get.is_some() {
            let exchange = self.expect(200, &Request::get(&first.path))?;
            first.etag = exchange.header("etag").unwrap_or_default().to_owned();
        }
        Ok(first)
    }

    /// The known objects, in the order of the list.
    ///
    /// # Errors
    /// The service does not show them, or none are known.
    pub fn given(&self, resource: &Resource, above: &[String]) -> Result<Vec<Fixture>, CheckError> {
        let known = crate::fixtures::of(self.api, resource, &self.fixtures.main);
        let own: Vec<String> = known.iter().filter_map(|one| resource.id_in(one)).collect();
        if own.is_empty() {
            return Err(none(resource));
        }
        let shown = match &resource.list {
            Some(_) => self.all(resource, &collection(resource, above), "")?,
            None => {
                let read = |id: &String| {
                    let ids: Vec<String> = above.iter().chain([id]).cloned().collect();
                    self.get(resource, &path(resource, &ids)).map(Value::Object)
                };
                own.iter().map(read).collect::<Result<_, CheckError>>()?
            }
        };
        let mut made: Vec<Fixture> = shown
            .into_iter()
            .filter_map(|item| there(resource, above, item))
            .collect();
        made.retain(|one| own.iter().any(|id| id == one.id()));
        self.own_given(resource, &made);
        self.ensure(made.len() == own.len(), || {
            format!(
                "the list shows {} of {} known objects",
                made.len(),
                own.len()
            )
        })?;
        Ok(made)
    }

    /// The known objects; if there are none, the first ones in the list, which are then
    /// only read.
    ///
    /// # Errors
    /// The service does not show them, or has none.
    pub fn present(
        &self,
        resource: &Resource,
        above: &[String],
    ) -> Result<Vec<Fixture>, CheckError> {
        let known = !crate::fixtures::of(self.api, resource, &self.fixtures.main).is_empty();
        if known || resource.list.is_none() {
            return self.given(resource, above);
        }
        let first = self.expect(200, &Request::get(&collection(resource, above)))?;
        let items = self.items(resource, &first)?.into_iter();
        let made = items.filter_map(|item| there(resource, above, item));
        let made: Vec<Fixture> = made.take(9).collect();
        self.borrow(&made);
        self.own_given(resource, &made);
        match made.is_empty() {
            true => Err(none(resource)),
            false => Ok(made),
        }
    }
}

impl Harness<'_> {
    /// Notes objects that were there before, where nothing that the suite does changes them.
    fn own_given(&self, resource: &Resource, made: &[Fixture]) {
        let mut below = self.api.children(&resource.name);
        if resource.create.is_none() && below.all(|child| child.create.is_none()) {
            made.iter().for_each(|one| self.own(resource, one.id()));
        }
    }
}

/// The error that no object is available.
fn none(resource: &Resource) -> CheckError {
    CheckError::Skip(format!(
        "no {} can be made, and none is known to be there; see --fixtures",
        resource.name
    ))
}

/// An existing object, from an item of a list.
fn there(resource: &Resource, above: &[String], item: Value) -> Option<Fixture> {
    let Value::Object(shown) = item else {
        return None;
    };
    let mut ids = above.to_vec();
    ids.push(resource.id_in(&shown)?);
    Some(Fixture {
        path: path(resource, &ids),
        ids,
        collection: collection(resource, above),
        sent: Map::new(),
        shown,
        etag: String::new(),
    })
}
