//! Bodies that are legal, from strategies over the spec.

use fieldproof_spec::model::{Field, Resource, Type};
use proptest::strategy::{Strategy, ValueTree};
use serde_json::{Map, Value};

use super::Lab;
use crate::strategy;

impl Lab<'_> {
    /// A value of a strategy; the seed of the obligation decides which.
    pub fn draw<S: Strategy>(&self, strategy: &S) -> S::Value {
        let mut runner = self.runner.borrow_mut();
        let tree = strategy.new_tree(&mut runner);
        tree.expect("strategies over a checked spec give values")
            .current()
    }

    /// A legal value of a field in a body with members `owner`; unique fields
    /// get a value that nobody has.
    pub fn value(&self, resource: &Resource, field: &Field, owner: &Map<String, Value>) -> Value {
        let owner = &decided(resource, field, owner);
        let combined = resource
            .unique
            .iter()
            .any(|unique| unique.fields.last() == Some(&field.name));
        if let Type::Child(name) = &field.ty {
            let child = self.api.resource(name);
            let one = child.map(|child| Value::Object(self.body(child, &Map::new())));
            return Value::Array(one.into_iter().collect());
        }
        if matches!(field.ty, Type::Shared(_)) {
            return Value::Array(vec![self.fresh(&field.ty, owner)]);
        }
        if field.unique.is_some() || combined {
            return self.fresh(&field.ty, owner);
        }
        self.draw(&strategy::valid(self.api, field, owner))
    }

    /// A value of a type that nobody has.
    pub fn fresh(&self, ty: &Type, owner: &Map<String, Value>) -> Value {
        match ty {
            Type::Email { .. } => format!("{}@example.org", self.word()).into(),
            Type::Phone => self.phone().into(),
            Type::Integer { min, max } => {
                let room = u64::try_from(max.saturating_sub(*min))
                    .unwrap_or(u64::MAX)
                    .max(1);
                let offset = i64::try_from(self.number() % room).unwrap_or_default();
                (min + offset).into()
            }
            Type::Choice { by, of } => {
                let chosen = owner.get(by).and_then(Value::as_str);
                let one = of
                    .iter()
                    .find(|(text, _)| Some(text.as_str()) == chosen)
                    .or(of.first());
                one.map_or(Value::Null, |(_, ty)| self.fresh(ty, owner))
            }
            Type::Text { .. } | Type::ExternalId => self.word().into(),
            Type::Shared(name) => {
                let mut one = self.draw(&strategy::of_type(self.api, ty, owner));
                let object = self.api.object(name);
                if let Some(shared) = object.and_then(|object| object.shared.as_ref()) {
                    one[&shared.key] = self.word().into();
                }
                one
            }
            ty => self.draw(&strategy::of_type(self.api, ty, owner)),
        }
    }

    /// The fields that a create takes, those that a sibling decides last.
    fn written<'a>(resource: &'a Resource) -> impl Iterator<Item = &'a Field> {
        let chosen = |field: &&Field| matches!(field.ty, Type::Choice { .. });
        let all = || resource.fields.iter().filter(|field| field.on_create());
        all()
            .filter(move |field| !chosen(field))
            .chain(all().filter(chosen))
    }

    /// A legal body of a create: what is required, `with`, and some of the rest.
    pub fn body(&self, resource: &Resource, with: &Map<String, Value>) -> Map<String, Value> {
        let mut body = Map::new();
        for field in Self::written(resource) {
            if let Some(value) = with.get(&field.name) {
                body.insert(field.name.clone(), value.clone());
                continue;
            }
            let child = matches!(field.ty, Type::Child(_) | Type::Shared(_));
            if field.required || (!child && self.draw(&proptest::bool::ANY)) {
                let mut owner = body.clone();
                owner.extend(with.clone());
                body.insert(field.name.clone(), self.value(resource, field, &owner));
            }
        }
        self.one_of_each(resource, &mut body, with);
        body
    }

    /// Leaves one of the members that exclude each other, if possible one of `with`.
    pub fn one_of_each(
        &self,
        resource: &Resource,
        body: &mut Map<String, Value>,
        with: &Map<String, Value>,
    ) {
        for exclusive in &resource.exclusive {
            let given = exclusive
                .fields
                .iter()
                .filter(|name| body.contains_key(*name));
            let mut given: Vec<String> = given.cloned().collect();
            given.sort_by_key(|name| !with.contains_key(name));
            for name in given
                .iter()
                .skip(1)
                .filter(|name| !with.contains_key(*name))
            {
                body.shift_remove(name);
            }
        }
    }

    /// The smallest legal body with `with`.
    pub fn small_body(&self, resource: &Resource, with: &Map<String, Value>) -> Map<String, Value> {
        let mut body = Map::new();
        for field in Self::written(resource) {
            let mut owner = body.clone();
            owner.extend(with.clone());
            match with.get(&field.name) {
                Some(value) => body.insert(field.name.clone(), value.clone()),
                None if field.required => {
                    body.insert(field.name.clone(), self.value(resource, field, &owner))
                }
                None => None,
            };
        }
        body
    }
}

/// The members of a body with the sibling that decides the type of a field, as it
/// is when it is not sent.
pub(crate) fn decided(
    resource: &Resource,
    field: &Field,
    owner: &Map<String, Value>,
) -> Map<String, Value> {
    let mut owner = owner.clone();
    if let Type::Choice { by, .. } = &field.ty
        && let Some(sibling) = resource.field(by).filter(|_| !owner.contains_key(by))
    {
        owner.insert(by.clone(), sibling.initial());
    }
    owner
}
