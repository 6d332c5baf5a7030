//! A client: it alone changes its objects, so it knows how each of them has to be.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::super::receiver::Taken;
use super::servers::Servers;

pub(super) const AGENTS: &str = "/agency/agents";
pub(super) const DEPOTS: &str = "/depots/v1/depots/";

/// A client and what it was answered.
pub(super) struct Client<'s> {
    servers: &'s Servers<'s>,
    number: usize,
    steps: usize,
    done: History,
}

/// What a client was answered.
#[derive(Default)]
pub(super) struct History {
    /// Numbers of depots.
    pub(super) depots: Vec<u64>,
    /// Paths of agents with the name that each has, or none if it is gone.
    pub(super) agents: BTreeMap<String, Option<String>>,
    /// Changes that a watch has to be told of, as [`change`] says them.
    pub(super) told: BTreeSet<String>,
    pub(super) writes: usize,
}

/// What happened, as a notification tells it.
pub(super) fn change(taken: &Taken) -> String {
    let body = taken.json();
    let (event, id) = (
        taken.header("x-watch-event"),
        taken.header("x-watch-resource-id"),
    );
    let first = body["first"].as_str().unwrap_or_default();
    match event.ends_with("deleted") {
        true => format!("{id} is gone"),
        false => format!("{id} {first}"),
    }
}

impl<'s> Client<'s> {
    pub(super) fn new(servers: &'s Servers<'s>, number: usize) -> Self {
        Self {
            servers,
            number,
            steps: 0,
            done: History::default(),
        }
    }

    pub(super) fn history(self) -> History {
        self.done
    }

    /// One request, repeated until it is answered, so that what it did is known.
    pub(super) fn step(&mut self) {
        self.steps += 1;
        // Any spread will do that visits every kind of step and object.
        let draw = (self.steps * 7 + self.number * 3 + self.steps / 9) % 20;
        let living = self.done.agents.iter().filter(|(_, first)| first.is_some());
        let living: Vec<String> = living.map(|(path, _)| path.clone()).collect();
        let one = (!living.is_empty()).then(|| living[self.steps * 13 % living.len()].clone());
        match (draw, one) {
            (0..4, _) => self.depot(),
            (4..12, Some(path)) => self.rename(path),
            (12..14, Some(path)) => self.delete(path),
            (14..16, Some(path)) => self.look(&path),
            _ => self.agent(),
        }
    }

    fn depot(&mut self) {
        let key = format!("idempotency-key: k-{}-{}\r\n", self.number, self.steps);
        let body = json!({ "name": "a" });
        let (status, made) = self.servers.insist("POST", DEPOTS, &key, &body);
        assert_eq!(status, 201, "{made}");
        let number = made["number"].as_str().unwrap().parse().unwrap();
        self.done.depots.push(number);
        self.done.writes += 1;
    }

    fn agent(&mut self) {
        let first = self.name();
        let mail = format!("{first}@x.example");
        let body = json!({ "first": first, "mail": mail, "grade": { "code": "x" } });
        let (status, made) = self.servers.insist("POST", AGENTS, "", &body);
        // A repeated one may find what the first has made.
        let made = match status {
            201 => made,
            409 => self.servers.read(&format!("{AGENTS}/{mail}")).json(),
            _ => panic!("{status} {made}"),
        };
        let id = made["agentId"]
            .as_str()
            .unwrap_or_else(|| panic!("{mail} {made}"));
        assert_eq!(made["first"], *first);
        self.keep(&format!("{AGENTS}/{id}"), Some(first));
    }

    fn rename(&mut self, path: String) {
        let first = self.name();
        let body = json!({ "first": first });
        let (status, now) = self.servers.insist("PUT", &path, "", &body);
        assert_eq!(
            (status, &now["first"]),
            (200, &json!(first)),
            "{path} {now}"
        );
        self.keep(&path, Some(first));
    }

    fn delete(&mut self, path: String) {
        let (status, why) = self.servers.insist("DELETE", &path, "", &Value::Null);
        assert!(matches!(status, 204 | 404), "{path} {status} {why}");
        self.keep(&path, None);
    }

    /// What was answered is read, whichever server is asked.
    fn look(&mut self, path: &str) {
        let read = self.servers.read(path);
        let first = self.done.agents[path].as_deref();
        let shown = read.json();
        assert_eq!(shown["first"].as_str(), first, "{path} {}", read.status);
    }

    fn keep(&mut self, path: &str, first: Option<String>) {
        let id = path.rsplit('/').next().unwrap_or_default();
        self.done.told.insert(match &first {
            Some(first) => format!("{id} {first}"),
            None => format!("{id} is gone"),
        });
        self.done.agents.insert(path.to_owned(), first);
        self.done.writes += 1;
    }

    /// A name that nothing else has.
    fn name(&self) -> String {
        format!("c{}-{}", self.number, self.steps)
    }
}
