//! The traffic by shape: routes, members with their types, header fields, parameters.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::message::{Seen, name_of};
use super::place::{Place, Step};

/// The maximum number of steps of a place.
const DEEPEST: usize = 5;

/// A name that occurs in this many groups of exchanges belongs to the service; others may
/// be values.
const KNOWN: usize = 2;

/// The type of a JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Type {
    Null,
    Boolean,
    Number,
    Text,
    List,
    Object,
}

impl Type {
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::Text,
            Value::Array(_) => Self::List,
            Value::Object(_) => Self::Object,
        }
    }
}

/// A method and a route.
pub(super) type Way = (String, String);

/// Names, each with the groups of exchanges it occurs in.
type Names = BTreeMap<String, BTreeSet<usize>>;

/// Places in bodies.
#[derive(Debug, Default)]
pub(super) struct Places {
    types: BTreeMap<Place, BTreeSet<Type>>,
    groups: BTreeMap<Place, BTreeSet<usize>>,
}

impl Places {
    fn add(&mut self, group: usize, place: &Place, value: &Value) {
        self.types
            .entry(place.clone())
            .or_default()
            .insert(Type::of(value));
        self.groups.entry(place.clone()).or_default().insert(group);
        if place.0.len() == DEEPEST {
            return;
        }
        match value {
            Value::Array(items) => items
                .iter()
                .for_each(|item| self.add(group, &place.then(Step::Every), item)),
            Value::Object(object) => {
                for (name, value) in object.iter().filter(|(name, _)| is_plain(name)) {
                    self.add(group, &place.then(Step::Member(name.clone())), value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// The known places, with the types of their values.
    pub(super) fn known(&self) -> impl Iterator<Item = (&Place, &BTreeSet<Type>)> {
        self.types
            .iter()
            .filter(|(place, _)| self.groups[*place].len() >= KNOWN)
    }
}

/// Whether a place with this name can be written down.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains(['.', '[', ' ', '\n', '\r', '\t'])
}

/// The shape of answers with one status.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub(super) places: Places,
    fields: Names,
    /// Whether some contain lists of at least two items.
    pub(super) many: bool,
    /// Whether some answer requests without a query.
    pub(super) bare: bool,
    parameters: Names,
    members: Names,
    /// Whether all have JSON bodies.
    pub(super) json: bool,
}

/// The shape of requests on a route.
#[derive(Debug, Default)]
pub(super) struct Requests {
    pub(super) places: Places,
    fields: Names,
    parameters: Names,
    pub(super) bodies: bool,
    /// The statuses of successful answers.
    pub(super) done: BTreeSet<u16>,
    /// Whether answers have the location of a created object.
    pub(super) makes: bool,
}

/// The traffic by shape.
#[derive(Debug, Default)]
pub struct Traffic {
    pub(super) answers: BTreeMap<(Way, u16), Answers>,
    pub(super) requests: BTreeMap<Way, Requests>,
}

impl Traffic {
    /// Adds an exchange of a group; a name that occurs in one group only may be a value.
    pub fn add(&mut self, group: usize, seen: &Seen) {
        let (request, response) = (&seen.request, &seen.response);
        let way = (request.method.clone(), seen.route.clone());
        let parameters: Vec<String> = request.pairs().map(name_of).collect();
        let sent = request.json();
        let requests = self.requests.entry(way.clone()).or_default();
        note(
            &mut requests.fields,
            group,
            request.fields.iter().map(|(name, _)| name),
        );
        note(&mut requests.parameters, group, parameters.iter());
        requests.bodies |= !request.body.is_empty();
        if response.is_success() {
            requests.done.insert(response.status);
            requests.makes |= response.field("location").is_some();
            if let Some(body) = &sent {
                requests.places.add(group, &Place::default(), body);
            }
        }
        let answers = self.answers.entry((way, response.status)).or_default();
        note(
            &mut answers.fields,
            group,
            response.fields.iter().map(|(name, _)| name),
        );
        note(&mut answers.parameters, group, parameters.iter());
        answers.bare |= parameters.is_empty();
        if let Some(Value::Object(sent)) = &sent {
            let members = sent.keys().filter(|name| is_plain(name));
            note(&mut answers.members, group, members);
        }
        if let Some(body) = response.json() {
            answers.json = true;
            let many = |value: &Value| value.as_array().is_some_and(|items| items.len() > 1);
            let inside = body.as_object().into_iter().flat_map(|one| one.values());
            answers.many |= many(&body) || inside.into_iter().any(many);
            answers.places.add(group, &Place::default(), &body);
        }
    }
}

fn note<'n>(names: &mut Names, group: usize, all: impl Iterator<Item = &'n String>) {
    for name in all {
        names.entry(name.clone()).or_default().insert(group);
    }
}

fn known(names: &Names) -> impl Iterator<Item = &String> {
    names
        .iter()
        .filter(|(name, groups)| groups.len() >= KNOWN && !name.contains([' ', ',']))
        .map(|(name, _)| name)
}

impl Answers {
    pub(super) fn fields(&self) -> impl Iterator<Item = &String> {
        known(&self.fields)
    }

    pub(super) fn parameters(&self) -> impl Iterator<Item = &String> {
        known(&self.parameters)
    }

    pub(super) fn members(&self) -> impl Iterator<Item = &String> {
        known(&self.members)
    }
}

impl Requests {
    pub(super) fn fields(&self) -> impl Iterator<Item = &String> {
        known(&self.fields)
    }

    pub(super) fn parameters(&self) -> impl Iterator<Item = &String> {
        known(&self.parameters)
    }
}
