//! What has to be the same on both sides.

use fieldproof_spec::model::{Refusal, Resource, Violations};

use super::super::compare::{blank, parse, places_of};
use super::Pair;
use crate::harness::{CheckError, Exchange};
use crate::model::{Reply, refusal_kind};

impl Pair<'_, '_> {
    /// Judges that both have the same status, the same object apart from identifiers and
    /// times, and the same places of violations.
    pub(super) fn same(
        &self,
        resource: &Resource,
        exchange: &Exchange,
        reply: &Reply,
    ) -> Result<(), CheckError> {
        let (found, expected) = (exchange.status, reply.status);
        if let Some(kind) = refusal(reply) {
            return self.refuses(kind, exchange, reply);
        }
        // An object left from before may hold one of the few possible values.
        if self.harness.is_refused(Refusal::Conflict, exchange).is_ok()
            && let Some(why) = self.harness.limited()
        {
            return Err(CheckError::Skip(why));
        }
        let same =
            found == expected || self.harness.is_open(&exchange.method, &exchange.url, found);
        self.harness.ensure(same, || {
            format!("the model answers {expected} ({}), got {found}", reply.body)
        })?;
        let bare = exchange.reply.is_empty() || !self.harness.is_house();
        if bare && exchange.method == "DELETE" {
            return Ok(());
        }
        let (own, other) = (
            blank(self.harness.api, resource, &exchange.json()),
            blank(self.harness.api, resource, &parse(reply)),
        );
        self.harness.ensure(own == other, || {
            format!("the model answers {other}, got {own}")
        })
    }

    /// Judges that the service refuses what the model refuses, for the same reasons.
    fn refuses(&self, kind: Refusal, exchange: &Exchange, reply: &Reply) -> Result<(), CheckError> {
        self.harness.is_refused(kind, exchange).map_err(|error| {
            let body = &reply.body;
            error.because(format!("the model refuses {body}, got {}", exchange.status))
        })?;
        let Some(found) = self.harness.violations(exchange) else {
            return Ok(());
        };
        let places = self.harness.places();
        let expected = places_of(&parse(reply), places);
        let found = found.into_iter().map(|one| (one.place, one.code));
        let mut found: Vec<_> = found.collect();
        found.sort();
        let all = self.harness.api.dialect.violations.is(Violations::All);
        let same = match all {
            true => alike(&found, &expected),
            false => found
                .iter()
                .all(|one| expected.iter().any(|other| is(one, other))),
        };
        self.harness.ensure(same, || {
            format!("the model refuses {expected:?}, got {found:?}")
        })
    }
}

/// The kind of refusal of an answer of the model.
fn refusal(reply: &Reply) -> Option<Refusal> {
    if reply.status < 400 {
        return None;
    }
    let body = parse(reply);
    let kind = body["type"].as_str().and_then(refusal_kind);
    Some(kind.unwrap_or(Refusal::Malformed))
}

/// The place of a violation with its code, if the code is known.
type Named = (String, Option<String>);

fn is(one: &Named, other: &Named) -> bool {
    one.0 == other.0 && (one.1.is_none() || one.1 == other.1)
}

fn alike(found: &[Named], expected: &[Named]) -> bool {
    found.len() == expected.len()
        && found
            .iter()
            .zip(expected)
            .all(|(one, other)| is(one, other))
}
