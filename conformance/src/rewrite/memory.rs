//! What the proxy knows from exchanges before this one.

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

use super::message::{Request, Response, Seen};
use super::place::Place;

/// CampaignOptions many answers of a route are known.
const SOME: usize = 8;

/// What the proxy knows from exchanges before this one.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Exchanges that the rewrite was about.
    fitting: usize,
    /// The answer before, or the first one, by who asked for what.
    reads: HashMap<(String, String), Response>,
    /// Answers by method and route, newest last.
    answers: HashMap<(String, String), VecDeque<(Request, Response)>>,
    /// What was made and by whom, until it is removed.
    made: Vec<(String, Request)>,
}

impl Memory {
    /// Whether it is the turn of this exchange, where each so-manieth is rewritten.
    pub(super) fn turn(&mut self, each: usize) -> bool {
        self.fitting += 1;
        self.fitting.is_multiple_of(each.max(1))
    }

    /// Notes an exchange.
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

    /// What the same caller was answered before; from now on it is this answer, if not
    /// only the first one counts.
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

    /// The newest answer that the same caller had on a route for another object.
    pub(super) fn another(&self, route: &str, request: &Request) -> Option<(Request, Response)> {
        let way = (request.method.clone(), route.to_owned());
        let mut known = self.answers.get(&way)?.iter().rev();
        let other = known.find(|(other, _)| {
            other.path() != request.path() && other.caller() == request.caller()
        });
        other.cloned()
    }

    /// Values that other answers on a route had at a place.
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

    /// What was made and is not removed, newest first.
    pub(super) fn left(&mut self) -> Vec<(String, Request)> {
        let mut left = std::mem::take(&mut self.made);
        left.reverse();
        left
    }
}
