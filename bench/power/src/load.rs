//! Clients that make, change and remove objects as fast as they are answered.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};

use crate::history::{Kind, Object, State, Write, now};
use crate::http::{Answer, Connection};
use crate::source::Source;

/// A client, who keeps its objects when the server is started again.
pub(crate) struct Client {
    name: String,
    source: Source,
    steps: usize,
    pub(crate) objects: Vec<Object>,
    living: Vec<usize>,
}

/// Lets all clients write until `count` writes were acknowledged.
///
/// # Errors
/// A write was not answered as it should be.
pub(crate) fn run(clients: &mut [Client], address: &str, count: usize) -> Result<(), String> {
    let left = AtomicUsize::new(count);
    thread::scope(|scope| {
        let work = |client| {
            let left = &left;
            scope.spawn(move || Client::work(client, address, left))
        };
        let all: Vec<_> = clients.iter_mut().map(work).collect();
        let ends = all.into_iter().map(|one| one.join().expect("a client"));
        ends.collect::<Vec<_>>().into_iter().collect()
    })
}

impl Client {
    /// A client who goes on with `objects`.
    pub(crate) fn new(seed: u64, run: u64, number: usize, objects: Vec<Object>) -> Self {
        let is_there = |one: &Object| one.writes.last().is_some_and(|last| last.state.is_some());
        let living = (0..objects.len()).filter(|at| is_there(&objects[*at]));
        Self {
            name: format!("r{run}c{number}"),
            source: Source::new(seed, (run << 16) + number as u64),
            steps: 0,
            living: living.collect(),
            objects,
        }
    }

    fn work(&mut self, address: &str, left: &AtomicUsize) -> Result<(), String> {
        let mut connection = Connection::open(address).map_err(|why| why.to_string())?;
        let take = |left: usize| left.checked_sub(1);
        while left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
            .is_ok()
        {
            self.step(&mut connection)?;
        }
        Ok(())
    }

    fn step(&mut self, connection: &mut Connection) -> Result<(), String> {
        self.steps += 1;
        if self.source.chance(1) {
            // It writes without waiting for the disk.
            self.ask(connection, 200, "GET", "/readyz", "")?;
        }
        if self.living.is_empty() || self.source.chance(45) {
            return self.create(connection);
        }
        let at = self.source.below(self.living.len());
        let index = self.living[at];
        let (kind, id) = (self.objects[index].kind, self.objects[index].id.clone());
        let path = kind.one(&id);
        if self.source.chance(35) {
            let (sent, _) = self.ask(connection, 204, "DELETE", &path, "")?;
            self.living.swap_remove(at);
            self.note(index, sent, None);
        } else {
            let body = self.body(kind).to_string();
            let (sent, answer) = self.ask(connection, 200, "PUT", &path, &body)?;
            self.note(index, sent, Some(state(kind, &answer)?));
        }
        Ok(())
    }

    fn create(&mut self, connection: &mut Connection) -> Result<(), String> {
        // Few are told of, because that takes longer than the write itself.
        let kind = match self.source.chance(10) {
            true => Kind::Agent,
            false => *self.source.pick(&[Kind::Depot, Kind::Shelf]),
        };
        let mut body = self.body(kind);
        if kind == Kind::Agent {
            body["mail"] = json!(format!("{}-{}@x.example", self.name, self.steps));
            body["grade"] = json!({ "code": "x" });
        }
        let body = body.to_string();
        let (sent, answer) = self.ask(connection, 201, "POST", kind.path(), &body)?;
        let made: Value = serde_json::from_str(&answer.body).map_err(|why| why.to_string())?;
        let id = made[kind.id()].as_str().ok_or("no identifier")?.to_owned();
        let writes = Vec::new();
        self.objects.push(Object { kind, id, writes });
        let index = self.objects.len() - 1;
        self.living.push(index);
        self.note(index, sent, Some(state(kind, &answer)?));
        Ok(())
    }

    /// Small objects, and some that take pages of their own.
    fn body(&mut self, kind: Kind) -> Value {
        let name = format!("{}-{}", self.name, self.steps);
        match kind {
            Kind::Agent => json!({ "first": name }),
            Kind::Depot => json!({ "name": name, "gates": self.source.below(9) }),
            Kind::Shelf => {
                let pieces = match self.source.chance(8) {
                    true => 50 + self.source.below(800),
                    false => self.source.below(8),
                };
                let text = format!("{:08x}", self.source.below(1 << 31)).repeat(pieces);
                json!({ "label": name, "code": name, "pin": "sealed", "extra": { "text": text } })
            }
        }
    }

    fn ask(
        &self,
        connection: &mut Connection,
        status: u16,
        method: &str,
        path: &str,
        body: &str,
    ) -> Result<(u64, Answer), String> {
        let sent = now();
        let answer = connection.send(method, path, body);
        let answer = answer.map_err(|why| format!("{method} {path}: {why}"))?;
        match answer.status == status {
            true => Ok((sent, answer)),
            false => Err(format!(
                "{method} {path}: {} {}",
                answer.status, answer.body
            )),
        }
    }

    fn note(&mut self, index: usize, sent: u64, state: Option<State>) {
        self.objects[index].writes.push(Write {
            sent,
            answered: now(),
            state,
        });
    }
}

fn state(kind: Kind, answer: &Answer) -> Result<State, String> {
    Ok(State {
        version: answer
            .version
            .ok_or_else(|| format!("no validator: {answer:?}"))?,
        digest: kind.digest(&answer.body),
    })
}
