//! Valid bodies, from strategies over the spec.

use fieldproof_spec::model::{Field, Resource, Type};
use proptest::strategy::{Strategy, ValueTree};
use serde_json::{Map, Value};

use super::Harness;
use crate::kind::{deciding_first, kind};
use crate::model::accept;
use crate::strategy;

/// How often another value is drawn if one was used before.
const TRIES: usize = 200;

/// With fewer possible values than this, unused ones run out soon.
const FEW: u64 = 1_000;

impl Harness<'_> {
    /// Draws a value from a strategy, determined by the seed of the obligation.
    pub fn draw<S: Strategy>(&self, strategy: &S) -> S::Value {
        let mut runner = self.runner.borrow_mut();
        let tree = strategy.new_tree(&mut runner);
        tree.expect("strategies over a checked spec give values")
            .current()
    }

    /// A valid value of a field in a body with members `owner`; unique fields get an unused
    /// value.
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
            return self.fresh_for(field, owner);
        }
        self.draw(&strategy::valid(self.api, field, owner))
    }

    /// A valid value of a field that this obligation has not used; for a list, a single
    /// item.
    pub fn fresh_for(&self, field: &Field, owner: &Map<String, Value>) -> Value {
        let mut single = field.clone();
        (single.list, single.unique_items) = (false, false);
        let mut value = self.fresh(&field.ty, owner);
        for _ in 0..TRIES {
            let legal = accept(self.api, &single, &value, owner, "", &mut Vec::new()).is_some();
            let new = field.unique.is_none() || self.is_new(&field.name, &value);
            if legal && new {
                return value;
            }
            value = self.fresh(&field.ty, owner);
        }
        value
    }

    /// Marks a value as used; returns whether it was unused.
    fn is_new(&self, name: &str, value: &Value) -> bool {
        self.given.borrow_mut().insert(format!("{name}={value}"))
    }

    /// Why a conflict says nothing, if a unique member has few possible values.
    pub(crate) fn limited(&self) -> Option<String> {
        self.limited.borrow().clone()
    }

    /// Whether unique members of the resource have so few possible values that a conflict
    /// says nothing.
    pub fn is_limited(&self, resource: &Resource) -> bool {
        let single = resource.fields.iter().filter(|one| one.unique.is_some());
        let single = single.map(|one| vec![one]);
        let combined = resource.unique.iter().map(|unique| {
            let members = unique.fields.iter();
            members.filter_map(|name| resource.field(name)).collect()
        });
        let mut limited = false;
        for members in single.chain(combined) {
            let room = members
                .iter()
                .map(|one: &&Field| kind(&one.ty).room(self.api));
            let room = room.fold(1_u64, u64::saturating_mul);
            if room < FEW {
                limited = true;
                let names: Vec<&str> = members.iter().map(|one| one.name.as_str()).collect();
                *self.limited.borrow_mut() = Some(format!(
                    "there is room for {room} objects with their own `{}`, and all of it may be taken",
                    names.join("` and `")
                ));
            }
        }
        limited
    }

    /// A value of a type that no other object has.
    pub fn fresh(&self, ty: &Type, owner: &Map<String, Value>) -> Value {
        kind(ty).fresh(&strategy::within(self.api, owner), self)
    }

    /// A valid body of a create: required members, `with`, and some of the others.
    pub fn body(&self, resource: &Resource, with: &Map<String, Value>) -> Map<String, Value> {
        let optional = |field: &Field| {
            let child = matches!(field.ty, Type::Child(_) | Type::Shared(_));
            !child && self.draw(&proptest::bool::ANY)
        };
        let mut body = self.filled(resource, with, &optional, false);
        self.one_of_each(resource, &mut body, with);
        body
    }

    /// A legal body of every member that a create takes, children included, each with a
    /// value that it would not have by itself, where it has another one.
    pub(crate) fn full_body(
        &self,
        resource: &Resource,
        with: &Map<String, Value>,
    ) -> Map<String, Value> {
        let mut body = self.filled(resource, with, &|_| true, true);
        self.one_of_each(resource, &mut body, with);
        body
    }

    /// A valid body with `with` and every other member but children and shared objects.
    pub fn wide_body(&self, resource: &Resource, with: &Map<String, Value>) -> Map<String, Value> {
        let also = |field: &Field| !matches!(field.ty, Type::Child(_) | Type::Shared(_));
        let mut body = self.filled(resource, with, &also, false);
        self.one_of_each(resource, &mut body, with);
        body
    }

    /// The smallest valid body that contains `with`.
    pub fn small_body(&self, resource: &Resource, with: &Map<String, Value>) -> Map<String, Value> {
        self.filled(resource, with, &|_| false, false)
    }

    /// A valid body with `with`, the required members, and those that `also` selects. With
    /// `tells`, members differ from what they are if nothing is sent.
    fn filled(
        &self,
        resource: &Resource,
        with: &Map<String, Value>,
        also: &dyn Fn(&Field) -> bool,
        tells: bool,
    ) -> Map<String, Value> {
        self.is_limited(resource);
        let with = &self.decided(resource, with);
        let mut body = Map::new();
        let fields = resource.fields.iter().filter(|one| one.on_create());
        for field in deciding_first(fields) {
            if let Some(value) = with.get(&field.name) {
                if field.unique.is_some() {
                    self.is_new(&field.name, value);
                }
                body.insert(field.name.clone(), value.clone());
            } else if field.required || also(field) {
                let mut owner = initial(resource);
                owner.extend(body.clone());
                owner.extend(with.clone());
                let value = match tells {
                    true => self.telling(resource, field, &owner),
                    false => self.value(resource, field, &owner),
                };
                body.insert(field.name.clone(), value);
            }
        }
        self.set_apart(resource, &mut body, with);
        body
    }

    /// A legal value of a field that is neither empty nor the one that it has when nothing
    /// is sent, where there is another.
    fn telling(&self, resource: &Resource, field: &Field, owner: &Map<String, Value>) -> Value {
        let silent = |value: &Value| match value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        };
        let mut value = self.value(resource, field, owner);
        for _ in 0..TRIES {
            if !silent(&value) && value != field.initial() {
                break;
            }
            value = self.value(resource, field, owner);
        }
        value
    }

    /// The members, with siblings added so that the types of the values are right.
    fn decided(&self, resource: &Resource, with: &Map<String, Value>) -> Map<String, Value> {
        let mut whole = with.clone();
        let before = initial(resource);
        for field in &resource.fields {
            let (Type::Choice { by, of }, Some(value)) = (&field.ty, with.get(&field.name)) else {
                continue;
            };
            let fits = |owner: &Map<String, Value>| {
                accept(self.api, field, value, owner, "", &mut Vec::new()).is_some()
            };
            let needed = resource.field(by).is_some_and(|one| one.required);
            if value.is_null() || whole.contains_key(by) || (!needed && fits(&before)) {
                continue;
            }
            let mut owners = of.iter().map(|(text, _)| {
                let own = [(by.clone(), Value::from(text.as_str()))];
                own.into_iter().collect::<Map<String, Value>>()
            });
            whole.extend(owners.find(fits).into_iter().flatten());
        }
        whole
    }

    /// Redraws members of unique combinations until the combination is unused.
    fn set_apart(
        &self,
        resource: &Resource,
        body: &mut Map<String, Value>,
        with: &Map<String, Value>,
    ) {
        for unique in &resource.unique {
            let members = unique.fields.iter().filter_map(|name| resource.field(name));
            let free: Vec<&Field> = members
                .filter(|one| !with.contains_key(&one.name) && body.contains_key(&one.name))
                .collect();
            if free.is_empty() {
                continue;
            }
            for _ in 0..TRIES {
                let parts = unique.fields.iter().map(|name| body.get(name).cloned());
                let whole: Value = parts.map(Option::unwrap_or_default).collect();
                if self.is_new(&unique.fields.join("+"), &whole) {
                    break;
                }
                for field in &free {
                    let value = self.value(resource, field, body);
                    body.insert(field.name.clone(), value);
                }
            }
        }
    }

    /// Keeps one of the members that exclude each other, preferably one of `with`.
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
            // Each of them has its turn.
            if !given.is_empty() {
                let first = self.draw(&(0..given.len()));
                given.rotate_left(first);
            }
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
}

/// The values of members that a body does not send.
fn initial(resource: &Resource) -> Map<String, Value> {
    let written = resource.fields.iter().filter(|one| one.on_create());
    written
        .map(|one| (one.name.clone(), one.initial()))
        .collect()
}

/// The members of a body, including the sibling that decides the type of a field, with its
/// default if it is not sent.
fn decided(resource: &Resource, field: &Field, owner: &Map<String, Value>) -> Map<String, Value> {
    let mut owner = owner.clone();
    if let Type::Choice { by, .. } = &field.ty
        && let Some(sibling) = resource.field(by).filter(|_| !owner.contains_key(by))
    {
        owner.insert(by.clone(), sibling.initial());
    }
    owner
}
