//! One history: requests one after the other, answered by all servers.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use crate::World;
use crate::answer::{Answer, Pairs, Request};
use crate::document::Operation;
use crate::draw::Draw;
use crate::known::Known;
use crate::place::TENANTS;
use crate::source::Source;

/// What is encoded in a path or a query.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// How many requests were answered how.
#[derive(Debug, Default)]
pub struct Tally(pub BTreeMap<(String, u16), u64>);

/// Asks all servers the same `steps` requests, drawn from `seed` and `number`.
///
/// # Errors
/// What was asked, and how two of them answered differently.
pub fn walk(
    world: &mut World,
    (seed, number): (u64, u64),
    steps: usize,
    tally: &mut Tally,
) -> Result<(), String> {
    world.empty();
    let mut history = History {
        source: Source::new(seed, number),
        texts: TestRunner::new_with_rng(
            Config::default(),
            TestRng::from_seed(RngAlgorithm::ChaCha, &[number.to_le_bytes()[0]; 32]),
        ),
        known: BTreeMap::new(),
        first: Vec::new(),
        keyed: None,
        pairs: world.places.iter().map(|_| Pairs::default()).collect(),
    };
    let apis = world.operations.iter().map(|one| one.api.name);
    let apis: Vec<&str> = apis
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    // A history stays with few APIs, so that objects meet.
    let few = [*history.source.pick(&apis), *history.source.pick(&apis)];
    let of = |one: &usize| few.contains(&world.operations[*one].api.name);
    let mine: Vec<usize> = (0..world.operations.len()).filter(of).collect();
    let plain = |at: &&usize| {
        let one = &world.operations[**at];
        one.method == "GET" && !one.path.contains('{')
    };
    history.first = mine.iter().filter(plain).copied().collect();
    for step in 0..steps {
        world.pass([0, 1, 1_000, 1_500_000, 3_600_000_000][history.source.below(5)]);
        let at = history.choose(world, &mine);
        let told = history
            .step(world, at)
            .map_err(|why| format!("seed {seed}, history {number}, step {step}:\n{why}"))?;
        *tally.0.entry(told).or_default() += 1;
    }
    Ok(())
}

struct History {
    source: Source,
    texts: TestRunner,
    /// What the answers of each API have shown.
    known: BTreeMap<&'static str, Known>,
    /// Collections that are still to be looked at, so that it is known what is there.
    first: Vec<usize>,
    /// The last request with an idempotency key.
    keyed: Option<Request>,
    pairs: Vec<Pairs>,
}

impl History {
    /// An operation; in the beginning mostly one that makes objects.
    fn choose(&mut self, world: &World, mine: &[usize]) -> usize {
        if let Some(at) = self.first.pop() {
            return at;
        }
        let makes = |at: &&usize| {
            let one = &world.operations[**at];
            one.method == "POST" && !one.path.contains('{') || one.is_import()
        };
        let makes: Vec<usize> = mine.iter().filter(makes).copied().collect();
        match !makes.is_empty() && self.source.chance(25) {
            true => *self.source.pick(&makes),
            false => *self.source.pick(mine),
        }
    }

    /// Asks one request, and compares the answers.
    fn step(&mut self, world: &World, at: usize) -> Result<(String, u16), String> {
        let operation = &world.operations[at];
        if operation.is_import() {
            return self.import(world, operation);
        }
        let request = match self.keyed.clone().filter(|_| self.source.chance(4)) {
            Some(request) => request,
            None => self.request(operation),
        };
        if request
            .headers
            .iter()
            .any(|(name, _)| *name == "idempotency-key")
        {
            self.keyed = Some(request.clone());
        }
        let answers = world.threads.block_on(async {
            let mut answers = Vec::new();
            for place in &world.places {
                answers.push(request.send(&place.router).await);
            }
            answers
        });
        self.compare(world, &answers, &format!("{request:#?}"))?;
        self.learn(&request, operation, &answers[0]);
        Ok((
            format!("{} {}", operation.method, operation.path),
            answers[0].status,
        ))
    }

    /// Loads an object in all stores.
    fn import(&mut self, world: &World, operation: &Operation) -> Result<(String, u16), String> {
        let object = self.draw(operation, |draw| draw.value("", "", &operation.bodies[0].1));
        let answers = world.threads.block_on(async {
            let mut answers = Vec::new();
            for place in &world.places {
                let mut services = place.services.iter();
                let service = services.find(|one| one.api.name == operation.api.name);
                let service = service.expect("a service of every API");
                let (tenant, resource) = (TENANTS[0], Some(operation.path.as_str()));
                let done = service.import(tenant, Some("someone"), resource, object.clone());
                answers.push(match done.await {
                    Ok(_) => Answer::plain(200, String::new()),
                    Err(stopped) => Answer::plain(stopped.problem.status, stopped.problem.detail),
                });
            }
            answers
        });
        self.compare(world, &answers, &format!("import {object}"))?;
        Ok((format!("IMPORT {}", operation.path), answers[0].status))
    }

    fn compare(&mut self, world: &World, answers: &[Answer], asked: &str) -> Result<(), String> {
        let fails = answers[0].status >= 500;
        for (at, answer) in answers.iter().enumerate() {
            if fails || !self.pairs[at].same(&answers[0], answer) {
                let (one, other) = (world.places[0].name, world.places[at].name);
                let first = &answers[0];
                return Err(format!("{asked}\n{one}: {first:#?}\n{other}: {answer:#?}"));
            }
        }
        Ok(())
    }

    fn draw<T>(&mut self, of: &Operation, drawn: impl FnOnce(&mut Draw<'_>) -> T) -> T {
        drawn(&mut Draw {
            source: &mut self.source,
            known: self.known.entry(of.api.name).or_default(),
            texts: &mut self.texts,
        })
    }

    fn request(&mut self, operation: &Operation) -> Request {
        let path = self.path(operation);
        let shown = self.known.entry(operation.api.name).or_default();
        let shown = shown.shown(&path).cloned();
        let mut query = Vec::new();
        let mut headers = Vec::new();
        for (name, place, schema) in &operation.parameters {
            // Orders are asked for more often, since most filters leave nothing to order.
            let percent = match schema.get("enum") {
                Some(_) => 40,
                None => 15,
            };
            if place == "query" && self.source.chance(percent) {
                let leaf = name.rsplit(['[', '.']).next().unwrap_or(name);
                let leaf = leaf.trim_end_matches(']');
                let value = self.draw(operation, |draw| draw.value("", leaf, schema));
                let value = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                let encode = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
                query.push(format!("{}={}", encode(name), encode(&value)));
            } else if place == "header" && name == "Idempotency-Key" && self.source.chance(12) {
                headers.push((
                    "idempotency-key",
                    format!("\"key-{}\"", self.source.below(6)),
                ));
            }
        }
        if self.source.chance(12) {
            let tag = match &shown {
                Some((tag, _)) if self.source.chance(60) => Some(tag.clone()),
                _ => {
                    let known = self.known.entry(operation.api.name).or_default();
                    known.tag(&mut self.source)
                }
            };
            let name = *self.source.pick(&["if-match", "if-none-match"]);
            headers.extend(tag.map(|tag| (name, tag)));
        }
        // Numbers are the tenant's own in one of the databases: the other tenant makes nothing.
        let makes = matches!(operation.method.as_str(), "POST" | "PUT");
        let tenant = usize::from(!makes && self.source.chance(3));
        headers.push(("authorization", format!("Bearer {}", TENANTS[tenant])));
        let mut body = None;
        if !operation.bodies.is_empty() {
            let (kind, schema) = self.source.pick(&operation.bodies).clone();
            headers.push(("content-type", kind));
            body = Some(
                self.body(operation, &schema, shown.map(|(_, object)| object))
                    .to_string(),
            );
        }
        let target = match query.is_empty() {
            true => path,
            false => format!("{path}?{}", query.join("&")),
        };
        Request {
            method: operation.method.clone(),
            target,
            headers,
            body,
        }
    }

    /// A body: drawn, or what was shown with a change.
    fn body(&mut self, operation: &Operation, schema: &Value, shown: Option<Value>) -> Value {
        let drawn = self.draw(operation, |draw| draw.value("", "", schema));
        let Some(Value::Object(mut object)) = shown.filter(|_| self.source.chance(30)) else {
            return drawn;
        };
        let members = drawn.as_object().cloned().unwrap_or_default();
        object.extend(members.into_iter().take(self.source.below(2)));
        Value::Object(object)
    }

    /// A path with the identifiers of an object that was shown, mostly.
    fn path(&mut self, operation: &Operation) -> String {
        let names: Vec<&str> = operation.path.split('/').filter_map(parameter).collect();
        let all = self.known.entry(operation.api.name).or_default();
        let ids = all.object(item(&operation.path), &names, &mut self.source);
        let mut path = String::new();
        for part in operation.path.split('/').skip(1) {
            let name = parameter(part);
            let part = match name {
                None => part.to_owned(),
                Some(name) => {
                    let known = ids.get(name).cloned();
                    let known = known.or_else(|| all.value("", name, &mut self.source));
                    let value = known.unwrap_or(json!("1"));
                    let text = value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned);
                    match self.source.chance(3) {
                        true => format!("{text}0"),
                        false => text,
                    }
                }
            };
            path.push('/');
            path.push_str(&utf8_percent_encode(&part, ENCODED).to_string());
        }
        path
    }

    /// Remembers what an answer shows.
    fn learn(&mut self, request: &Request, operation: &Operation, answer: &Answer) {
        let Ok(mut value) = serde_json::from_str::<Value>(&answer.body) else {
            return;
        };
        if !(200..300).contains(&answer.status) {
            return;
        }
        forget(&mut value, &self.pairs);
        let mut ids = Map::new();
        let place = answer.header("location").unwrap_or(&request.target);
        let place = place.split('?').next().unwrap_or(place).to_owned();
        for (own, part) in operation.path.split('/').zip(place.split('/')) {
            if let Some(name) = parameter(own) {
                ids.insert(name.to_owned(), part.into());
            }
        }
        let known = self.known.entry(operation.api.name).or_default();
        if let Some(name) = &operation.below {
            for item in items(&value) {
                let mut of = ids.clone();
                of.extend(identifier(item, name).map(|id| (name.clone(), id.clone())));
                known.meet(
                    &format!("{}/{{{name}}}", operation.path.trim_end_matches('/')),
                    of,
                );
            }
        }
        let collection = operation
            .path
            .rsplit('/')
            .find(|part| parameter(part).is_none());
        let collection = collection.unwrap_or_default();
        known.learn(&value, collection, &ids);
        if let Some(tag) = answer.header("etag") {
            known.show(&place, tag, value);
        }
    }
}

/// The name of a parameter, if a part of a path is one.
fn parameter(part: &str) -> Option<&str> {
    part.strip_prefix('{')?.strip_suffix('}')
}

/// The path of an object up to its identifier.
fn item(path: &str) -> &str {
    path.rfind('}').map_or(path, |end| &path[..=end])
}

/// The objects that an answer of a collection shows.
fn items(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(members) => {
            let lists = members.values().filter_map(Value::as_array).flatten();
            lists.chain([value]).collect()
        }
        _ => Vec::new(),
    }
}

/// What identifies an object, as far as its members tell: the parameter's name, `id`, or the
/// first one.
fn identifier<'a>(item: &'a Value, name: &str) -> Option<&'a Value> {
    let members = item.as_object()?;
    let first = members.values().next();
    let id = members.get(name).or_else(|| members.get("id")).or(first)?;
    (id.is_string() || id.is_number()).then_some(id)
}

/// Removes random texts, which no server of another store knows.
fn forget(value: &mut Value, pairs: &[Pairs]) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(|one| forget(one, pairs));
        }
        Value::Array(items) => items.iter_mut().for_each(|one| forget(one, pairs)),
        Value::String(text) if pairs.iter().any(|one| one.is_random(text)) => {
            *value = Value::Null;
        }
        _ => {}
    }
}
