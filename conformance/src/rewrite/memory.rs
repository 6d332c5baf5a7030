//! What the proxy remembers from earlier exchanges.

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

use super::message::{Request, Response, Seen};
use super::place::Place;

/// How many answers of a route are remembered.
const SOME: usize = 8;

/// What the proxy remembers from earlier exchanges.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The number of exchanges that matched the rewrite.
    fitting: usize,
    /// The previous or the first answer, by caller and target.
    reads: HashMap<(String, String), Response>,
    /// Answers by method and route, newest last.
    answers: HashMap<(String, String), VecDeque<(Request, Response)>>,
    /// Created objects by path with the request that created them, until they are removed.
    made: Vec<(String, Request)>,
}

impl Memory {
    /// Counts a matching exchange; whether it is one of every `each` that are rewritten.
    pub(super) fn turn(&mut self, each: usize) -> bool {
        self.fitting += 1;
        self.fitting.is_multiple_of(each.max(1))
    }

    /// Remembers an exchange.
    pub(super) fn note(&mut self, seen: &Seen) {
        let (request, response) = (&seen.request, &seen.response);
        if !response.is_success() {
            return;
        }
        match (request.method.as_str(), response.field("location")) {
            ("DELETE", _) => self.made.retain(|(path, _)| path != request.path()),
            (_, Some(path)) => self.made.push((path.to_owned(), request.clone())),
            _ => {}
        }
        let way = (request.method.clone(), seen.route.clone());
        let known = self.answers.entry(way).or_default();
        known.retain(|(other, _)| other.target != request.target);
        known.push_back((request.clone(), response.clone()));
        if known.len() > SOME {
            known.pop_front();
        }
    }

    /// The remembered answer to the same caller; the new answer replaces it, unless only
    /// the first one counts.
    pub(super) fn before(
        &mut self,
        request: &Request,
        now: &Response,
        first: bool,
    ) -> Option<Response> {
        let key = (request.caller(), request.target.clone());
        let before = self.reads.get(&key).cloned();
        if before.is_none() || !first {
            self.reads.insert(key, now.clone());
        }
        before
    }

    /// The last answer to the same caller on a route for another object.
    pub(super) fn another(&self, route: &str, request: &Request) -> Option<(Request, Response)> {
        let way = (request.method.clone(), route.to_owned());
        let mut known = self.answers.get(&way)?.iter().rev();
        let other = known.find(|(other, _)| {
            other.path() != request.path() && other.caller() == request.caller()
        });
        other.cloned()
    }

    /// The values at a place in other answers on a route.
    pub(super) fn values(
        &self,
        method: &str,
        route: &str,
        place: &Place,
        target: &str,
    ) -> Vec<Value> {
        let way = (method.to_owned(), route.to_owned());
        let known = self.answers.get(&way).into_iter().flatten();
        let others = known.filter(|(request, _)| request.target != target);
        let bodies = others.filter_map(|(_, response)| response.json());
        bodies.flat_map(|body| place.values(&body)).collect()
    }

    /// Objects that were created and not removed, newest first.
    pub(super) fn left(&mut self) -> Vec<(String, Request)> {
        let mut left = std::mem::take(&mut self.made);
        left.reverse();
        left
    }
}
