//! A rewrite: the exchanges it matches, the operator, and the place. It is written on one
//! line, such as `GET /shelves 200 if many each 2: answer drop $[*].label`.

use std::fmt;
use std::str::FromStr;

use super::message::{Request, Response, name_of};
use super::operator::{Operator, Scope};
use super::place::Place;

/// The side of an exchange that is rewritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The request to the service.
    Request,
    /// The answer to the client.
    Answer,
}

/// The condition on exchanges of a route.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// All of them.
    #[default]
    Always,
    /// Answers with a list of at least two items.
    Many,
    /// Requests with a parameter.
    With(String),
    /// Requests without a query.
    Bare,
    /// Requests that send a member.
    Sends(String),
}

/// A rewrite of all exchanges that it matches.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rewrite {
    /// The method.
    pub method: String,
    /// The route.
    pub route: String,
    /// The status of the answer; `None` for any.
    pub status: Option<u16>,
    /// The condition on exchanges.
    pub when: When,
    /// Rewrites only every `each`th matching exchange; 1 for all.
    pub each: usize,
    /// The side that is rewritten.
    pub side: Side,
    /// The change that is made.
    pub operator: Operator,
    /// The header field, parameter or status.
    pub name: String,
    /// The place in the body.
    pub place: Place,
}

impl Rewrite {
    /// Whether a request on a route matches.
    #[must_use]
    pub fn fits_request(&self, route: &str, request: &Request) -> bool {
        let way = request.method == self.method && route == self.route;
        way && match &self.when {
            When::Always | When::Many => true,
            When::With(name) => request.pairs().any(|pair| name_of(pair) == *name),
            When::Bare => request.pairs().next().is_none(),
            When::Sends(name) => {
                let body = request.json().unwrap_or_default();
                body.get(name.as_str()).is_some()
            }
        }
    }

    /// Whether an answer to a matching request matches.
    #[must_use]
    pub fn fits_answer(&self, response: &Response) -> bool {
        let status = self.status.is_none_or(|status| status == response.status);
        status && (self.when != When::Many || has_many(response))
    }
}

/// Whether an answer is a list of at least two items, or has a member with one.
fn has_many(response: &Response) -> bool {
    let body = response.json().unwrap_or_default();
    let many = |value: &serde_json::Value| value.as_array().is_some_and(|items| items.len() > 1);
    let inside = body.as_object().into_iter().flat_map(|one| one.values());
    many(&body) || inside.into_iter().any(many)
}

impl fmt::Display for Rewrite {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} ", self.method, self.route)?;
        match self.status {
            Some(status) => write!(out, "{status}")?,
            None => write!(out, "any")?,
        }
        match &self.when {
            When::Always => {}
            When::Many => write!(out, " if many")?,
            When::With(name) => write!(out, " if ?{name}")?,
            When::Bare => write!(out, " if bare")?,
            When::Sends(name) => write!(out, " if sends={name}")?,
        }
        if self.each > 1 {
            write!(out, " each {}", self.each)?;
        }
        let side = match self.side {
            Side::Request => "request",
            Side::Answer => "answer",
        };
        write!(out, ": {side} {}", self.operator.name())?;
        match self.operator.scope() {
            Scope::Place => write!(out, " {}", self.place),
            Scope::Name => write!(out, " {}", self.name),
            Scope::Whole => Ok(()),
        }
    }
}

impl FromStr for Rewrite {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = |what: &str| format!("`{text}` {what}");
        let (which, what) = text
            .split_once(": ")
            .ok_or_else(|| wrong("has no `: ` before what is done"))?;
        let mut words = which.split(' ');
        let mut next = || words.next().map(str::to_owned);
        let (Some(method), Some(route), Some(status)) = (next(), next(), next()) else {
            return Err(wrong("does not begin with METHOD ROUTE STATUS"));
        };
        let status = match status.as_str() {
            "any" => None,
            status => Some(status.parse().map_err(|_| wrong("has no status"))?),
        };
        let (mut when, mut each) = (When::Always, 1);
        while let Some(word) = next() {
            let value = next().ok_or_else(|| wrong("breaks off"))?;
            match word.as_str() {
                "if" => when = condition(&value).ok_or_else(|| wrong("has no such condition"))?,
                "each" => {
                    each = value
                        .parse()
                        .map_err(|_| wrong("has no number after `each`"))?
                }
                _ => return Err(wrong("has a word that is neither `if` nor `each`")),
            }
        }
        let mut words = what.splitn(3, ' ');
        let side = match words.next() {
            Some("request") => Side::Request,
            Some("answer") => Side::Answer,
            _ => return Err(wrong("names neither `request` nor `answer`")),
        };
        let operator = words.next().and_then(Operator::named);
        let operator = operator.ok_or_else(|| wrong("names no operator of rewrite"))?;
        let rest = words.next().unwrap_or_default();
        let (name, place) = match operator.scope() {
            Scope::Place => (String::new(), rest.parse()?),
            Scope::Name => (rest.to_owned(), Place::default()),
            Scope::Whole => (String::new(), Place::default()),
        };
        Ok(Self {
            method,
            route,
            status,
            when,
            each,
            side,
            operator,
            name,
            place,
        })
    }
}

fn condition(text: &str) -> Option<When> {
    match text {
        "many" => Some(When::Many),
        "bare" => Some(When::Bare),
        text => match text.strip_prefix('?') {
            Some(name) => Some(When::With(name.to_owned())),
            None => Some(When::Sends(text.strip_prefix("sends=")?.to_owned())),
        },
    }
}
