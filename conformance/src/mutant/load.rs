//! Mutations of the objects that exist before the first request.

use fieldproof_spec::model::{Api, Resource};
use serde_json::{Map, Value};

use super::mutation::{Mutation, Operator};
use crate::fixtures::{FixtureData, Fixtures, of};

impl Mutation {
    /// The initial objects, without what the promise is about.
    pub(super) fn loaded(&self, api: &Api, fixtures: &Fixtures) -> Fixtures {
        let mut loaded = fixtures.clone();
        for all in [&mut loaded.main, &mut loaded.other_user] {
            for one in all {
                self.of_fixture(api, one);
            }
        }
        loaded
    }

    fn of_fixture(&self, api: &Api, one: &mut FixtureData) {
        let known = std::slice::from_ref(one);
        let mut top = api.resources.iter().filter(|one| one.parent.is_none());
        let resource = top.find(|resource| !of(api, resource, known).is_empty());
        if let Some(resource) = resource {
            self.of_object(api, resource, &mut one.object);
        }
    }

    /// Changes an object and the children embedded in it.
    fn of_object(&self, api: &Api, resource: &Resource, object: &mut Map<String, Value>) {
        for child in api.children(&resource.name) {
            let relation = child.parent.as_ref();
            let field = relation.and_then(|relation| relation.embed.as_ref());
            let items = field.and_then(|field| object.get_mut(field)?.as_array_mut());
            for item in items.into_iter().flatten().filter_map(Value::as_object_mut) {
                self.of_object(api, child, item);
            }
        }
        if resource.name != self.resource {
            return;
        }
        match self.operator {
            Operator::DefaultMissing if self.member.is_empty() => {
                for field in &resource.fields {
                    object.entry(field.name.clone()).or_insert(Value::Null);
                }
            }
            Operator::LoadForgets => {
                let texts = resource.fields.iter().filter(|field| {
                    let text = object.get(&field.name).and_then(Value::as_str);
                    field.name != resource.id
                        && field.derive.is_none()
                        && text.is_some_and(|text| !text.is_empty())
                });
                let first = texts.map(|field| field.name.clone()).next();
                object.extend(first.map(|name| (name, "".into())));
            }
            _ => {}
        }
    }
}
