//! Deliveries: nothing is lost, in order, and nobody waits for a black hole.

mod days;
mod turmoil;
mod turns;

use fieldproof_runtime::value::Instant;
use fieldproof_runtime::watch::machine::{
    Claim, Claims, Delivery, Memory, Outcome, Policy, Settled, enqueue, settle,
};

const SECOND: i64 = 1_000_000;
const HOUR: i64 = 3_600 * SECOND;

fn at(micros: i64) -> Instant {
    Instant::from_micros(micros)
}

fn answered(status: u16) -> Outcome {
    Outcome::Answered {
        status,
        retry_after: None,
    }
}

/// Notes the delivery of change `number`, which is its identifier as well.
fn note(ledger: &mut Memory, watch: &str, object: &str, number: u64, now: Instant) {
    let id = number.to_string();
    let delivery = Delivery::new(id, watch.to_owned(), object.to_owned(), number, now);
    enqueue(ledger, &delivery).unwrap();
}

/// Claims all that is due, and settles it with what `receiver` says.
fn round(
    ledger: &mut Memory,
    policy: &Policy,
    now: Instant,
    mut receiver: impl FnMut(&Claim) -> Outcome,
) -> Vec<Settled> {
    let claims = Claims::new("one".to_owned())
        .claim(ledger, policy, now, usize::MAX)
        .unwrap();
    let settle = |claim: &Claim| {
        let outcome = receiver(claim);
        settle(ledger, policy, claim, &outcome, now, 0).unwrap()
    };
    claims.iter().map(settle).collect()
}
