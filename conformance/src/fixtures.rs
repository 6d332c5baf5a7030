//! Objects that exist before the suite begins: examples printed in documents and, for
//! resources that HTTP cannot create, generated ones.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Api, Field, Resource};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value};

use crate::kind::kind;
use crate::model::accept;
use crate::strategy::valid;

/// Initial objects, as an import loads them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fixtures {
    /// The objects of the main caller.
    pub main: Vec<FixtureData>,
    /// The objects of another user of the same tenant.
    pub other_user: Vec<FixtureData>,
}

/// An initial object.
#[derive(Debug, Clone, PartialEq)]
pub struct FixtureData {
    /// Its API and resource; if `None`, they are found by its members.
    pub of: Option<(String, String)>,
    /// The object.
    pub object: Map<String, Value>,
}

impl FixtureData {
    fn new(api: &Api, resource: &str, object: Map<String, Value>) -> Self {
        let of = Some((api.name.clone(), resource.to_owned()));
        Self { of, object }
    }
}

impl Fixtures {
    /// Whether there are no fixtures.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.main.is_empty() && self.other_user.is_empty()
    }

    /// Adds the fixtures of another API.
    pub fn extend(&mut self, other: Self) {
        self.main.extend(other.main);
        self.other_user.extend(other.other_user);
    }
}

/// The fixtures of a resource: those that name it, and those without a name that have its
/// identifier and no unknown members.
#[must_use]
pub fn of<'o>(
    api: &Api,
    resource: &Resource,
    fixtures: &'o [FixtureData],
) -> Vec<&'o Map<String, Value>> {
    let own = |one: &&FixtureData| match &one.of {
        Some((name, of)) => *name == api.name && *of == resource.name,
        None => {
            one.object.contains_key(&resource.id)
                && one.object.keys().all(|name| resource.field(name).is_some())
        }
    };
    fixtures.iter().filter(own).map(|one| &one.object).collect()
}

/// The number of objects generated beside the printed ones.
const MADE: usize = 9;

/// How often another value is drawn if one is not usable.
const TRIES: usize = 50;

/// The fixtures of an API: printed objects without a parent, and generated objects of
/// resources without a create.
#[must_use]
pub fn fixtures(api: &Api) -> Fixtures {
    let mut all = Fixtures::default();
    let printed = api.examples.iter().filter(|example| {
        let resource = api.resource(&example.of);
        resource.is_some_and(|resource| resource.parent.is_none())
    });
    all.main.extend(printed.filter_map(|one| {
        let object = one.value.as_object().cloned()?;
        Some(FixtureData::new(api, &one.of, object))
    }));
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), seed);
    let given = api
        .resources
        .iter()
        .filter(|one| one.create.is_none() && one.parent.is_none());
    for resource in given {
        let mut taken = BTreeSet::new();
        for number in 0..MADE {
            let one = made(api, resource, number, &mut taken, &mut runner);
            let one = one.map(|object| FixtureData::new(api, &resource.name, object));
            all.main.extend(one);
        }
        let Some(bound) = &resource.bound else {
            continue;
        };
        // The other user sees some of the same objects, with values of his own in them.
        let shared: Vec<Map<String, Value>> = of(api, resource, &all.main)
            .into_iter()
            .step_by(3)
            .cloned()
            .collect();
        for mut object in shared {
            for name in &bound.fields {
                if let Some(field) = resource.field(name) {
                    let before = object.get(name).cloned();
                    object.insert(
                        name.clone(),
                        other(api, field, before.as_ref(), &mut runner),
                    );
                }
            }
            all.other_user
                .push(FixtureData::new(api, &resource.name, object));
        }
    }
    all
}

/// A generated object; every third has only its required members. `None` if no unused
/// unique value is left.
fn made(
    api: &Api,
    resource: &Resource,
    number: usize,
    taken: &mut BTreeSet<String>,
    runner: &mut TestRunner,
) -> Option<Map<String, Value>> {
    let mut object = Map::new();
    object.insert(
        resource.id.clone(),
        resource.id_kind.shown(&identifier(resource, number)),
    );
    for field in resource.fields.iter().filter(|field| field.on_create()) {
        let sparse = number.is_multiple_of(3);
        if (field.required || !sparse) && !excluded(resource, field, &object) {
            let value = value(api, field, number, (&object, taken), runner);
            if let Some(value) = value {
                object.insert(field.name.clone(), value);
            } else if field.required {
                return None;
            }
        }
    }
    for unique in &resource.unique {
        let parts = unique.fields.iter().map(|name| object.get(name).cloned());
        let whole: Value = parts.map(Option::unwrap_or_default).collect();
        if !taken.insert(format!("{}={whole}", unique.fields.join("+"))) {
            return None;
        }
    }
    if let Some(times) = &resource.times {
        // Two objects each share a creation time, so that their order depends on the
        // identifier.
        let created = 1_600_000_000_000_000 + (number as i64 / 2) * 86_400_123_000;
        for (name, at) in [
            (&times.created, created),
            (&times.updated, created + 5_000_000),
        ] {
            let kept = name == &times.created || number.is_multiple_of(2);
            let field = resource.field(name).filter(|_| kept);
            if let Some(text) = field.and_then(|field| kind(&field.ty).print(at)) {
                object.insert(name.clone(), text.into());
            }
        }
    }
    Some(object)
}

/// An identifier; identifiers differ in length if possible, and do not follow the order of
/// creation.
fn identifier(resource: &Resource, number: usize) -> String {
    let id = 7_000_000_019 * (MADE - number) as u64 * 10_u64.pow(number as u32 % 3);
    resource.id_kind.sample(0, id)
}

/// Whether a member of the object excludes the field.
fn excluded(resource: &Resource, field: &Field, object: &Map<String, Value>) -> bool {
    let mut rules = resource.exclusive.iter();
    rules.any(|rule| {
        let has = |name: &String| object.get(name).is_some_and(|one| !Field::is_nothing(one));
        rule.fields.contains(&field.name) && rule.fields.iter().any(has)
    })
}

/// A valid value as shown; unique fields get an unused value, or `None` if there is none.
fn value(
    api: &Api,
    field: &Field,
    number: usize,
    (object, taken): (&Map<String, Value>, &mut BTreeSet<String>),
    runner: &mut TestRunner,
) -> Option<Value> {
    let kind = kind(&field.ty);
    let first = match field.unique {
        Some(_) => kind.lengths().map(|_| format!("own-{number}")),
        // Values that differ only in case show how filters compare.
        None => kind
            .free()
            .filter(|_| !field.list)
            .map(|_| match number % 4 {
                1 => "Straße".to_owned(),
                2 => "STRAßE".to_owned(),
                _ => format!("Straße {number}"),
            }),
    };
    let first = first.map(Value::from);
    let drawn = (0..TRIES).map(|_| draw(api, field, object, runner));
    first.into_iter().chain(drawn).find_map(|value| {
        let value = accept(api, field, &value, object, "", &mut Vec::new())?;
        let new = field.unique.is_none() || taken.insert(format!("{}={value}", field.name));
        new.then_some(value)
    })
}

/// A value other than `before`; `null` if there is none.
fn other(api: &Api, field: &Field, before: Option<&Value>, runner: &mut TestRunner) -> Value {
    let drawn = (0..50).map(|_| draw(api, field, &Map::new(), runner));
    let read = |value: Value| accept(api, field, &value, &Map::new(), "", &mut Vec::new());
    let differs = |value: &Value| Some(value) != before && !Field::is_nothing(value);
    let mut others = drawn.filter_map(read).filter(differs);
    others.next().unwrap_or_default()
}

fn draw(api: &Api, field: &Field, owner: &Map<String, Value>, runner: &mut TestRunner) -> Value {
    let tree = valid(api, field, owner).new_tree(runner);
    tree.expect("strategies over a checked spec give values")
        .current()
}
