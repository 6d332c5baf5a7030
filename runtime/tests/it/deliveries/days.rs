//! Days of retries, one after the other.

use std::time::Duration;

use fieldproof_runtime::watch::machine::{
    Claims, DeliveryState, Ledger, Memory, Outcome, Policy, Selection, disable, prune, redeliver,
    resume, settle,
};

use super::{HOUR, SECOND, answered, at, note, round};

#[test]
fn ten_attempts_within_days_then_it_is_dead_and_can_be_sent_again() {
    let (mut ledger, policy) = (Memory::default(), Policy::default());
    note(&mut ledger, "w", "o", 1, at(0));
    note(&mut ledger, "w", "o", 2, at(0));
    let mut moments = Vec::new();
    while let Some(now) = ledger.next_due(at(-1)).unwrap() {
        let settled = round(&mut ledger, &policy, now, |claim| {
            assert_eq!(claim.delivery.id, "1", "the later change waits");
            moments.push((claim.attempt, now.micros() / SECOND));
            answered(500)
        });
        if settled[0].delivery.state == DeliveryState::Dead {
            break;
        }
    }
    let waits = [
        0, 5, 305, 2_105, 9_305, 27_305, 63_305, 113_705, 185_705, 272_105,
    ];
    assert_eq!(moments, (1..=10).zip(waits).collect::<Vec<_>>());

    let now = at(100 * HOUR);
    round(&mut ledger, &policy, now, |_| answered(204));
    assert_eq!(
        ledger.delivery("2").unwrap().unwrap().state,
        DeliveryState::Delivered
    );
    assert_eq!(ledger.next_due(at(-1)).unwrap(), None);

    let late = Selection::DeadSince(at(76 * HOUR));
    assert_eq!(redeliver(&mut ledger, "w", &late, now).unwrap(), 0);
    let dead = Selection::DeadSince(at(75 * HOUR));
    assert_eq!(redeliver(&mut ledger, "w", &dead, now).unwrap(), 1);
    let settled = round(&mut ledger, &policy, now, |claim| {
        assert_eq!((claim.delivery.id.as_str(), claim.attempt), ("1", 1));
        answered(200)
    });
    assert_eq!(settled[0].delivery.reason, None);
    let all = Selection::Range(1, 2);
    assert_eq!(redeliver(&mut ledger, "w", &all, now).unwrap(), 2);
    let one = Selection::One("1".to_owned());
    assert_eq!(redeliver(&mut ledger, "other", &one, now).unwrap(), 0);
}

#[test]
fn a_receiver_that_asks_for_time_gets_it() {
    let (mut ledger, policy) = (Memory::default(), Policy::default());
    note(&mut ledger, "w", "o", 1, at(0));
    round(&mut ledger, &policy, at(0), |_| Outcome::Answered {
        status: 503,
        retry_after: Some(Duration::from_secs(90)),
    });
    assert_eq!(ledger.next_due(at(-1)).unwrap(), Some(at(90 * SECOND)));
}

#[test]
fn what_cannot_be_sent_dies_at_once_and_the_watch_is_not_to_blame() {
    let (mut ledger, policy) = (Memory::default(), Policy::default());
    note(&mut ledger, "w", "o", 1, at(0));
    let outcome = Outcome::Unsendable("too large".to_owned());
    let settled = round(&mut ledger, &policy, at(0), |_| outcome.clone());
    assert_eq!(settled[0].delivery.state, DeliveryState::Dead);
    assert_eq!(settled[0].delivery.reason.as_deref(), Some("too large"));
    assert_eq!(ledger.health("w").unwrap().failing, None);
}

#[test]
fn a_receiver_that_is_gone_disables_its_watch_until_it_is_resumed() {
    let (mut ledger, policy) = (Memory::default(), Policy::default());
    note(&mut ledger, "w", "o", 1, at(0));
    let settled = round(&mut ledger, &policy, at(0), |_| answered(410));
    let disabled = settled[0].disabled.clone().unwrap();
    assert_eq!(disabled.reason, "answered with 410");
    assert_eq!(ledger.health("w").unwrap().disabled, Some(disabled));
    note(&mut ledger, "w", "o", 2, at(HOUR));
    assert_eq!(ledger.next_due(at(-1)).unwrap(), None);
    assert!(round(&mut ledger, &policy, at(9 * HOUR), |_| answered(200)).is_empty());

    resume(&mut ledger, "w", at(9 * HOUR)).unwrap();
    for id in ["1", "2"] {
        let settled = round(&mut ledger, &policy, at(9 * HOUR), |claim| {
            assert_eq!(claim.attempt, 1);
            answered(200)
        });
        assert_eq!(settled[0].delivery.id, id);
    }
}

#[test]
fn a_watch_that_fails_for_days_is_disabled_with_a_reason() {
    let (mut ledger, policy) = (Memory::default(), Policy::default());
    for number in 1..=3 {
        note(&mut ledger, "w", "o", number, at(0));
    }
    let unreached = Outcome::Unreached("refused".to_owned());
    let mut now = at(0);
    let disabled = loop {
        now = now.max(ledger.next_due(at(-1)).unwrap().unwrap());
        let settled = round(&mut ledger, &policy, now, |_| unreached.clone());
        if let Some(disabled) = settled[0].disabled.clone() {
            break disabled;
        }
    };
    let reason = "every attempt failed for 120 hours, the last one: refused";
    assert_eq!(disabled.reason, reason);
    let hours = disabled.since.micros() / HOUR;
    assert!((120..150).contains(&hours), "after {hours} hours");
    assert_eq!(
        ledger.delivery("1").unwrap().unwrap().state,
        DeliveryState::Dead
    );
    assert_eq!(
        ledger.delivery("2").unwrap().unwrap().state,
        DeliveryState::Open
    );

    // What a disabled watch holds is not held for ever.
    assert_eq!(prune(&mut ledger, &policy, at(239 * HOUR)).unwrap(), 0);
    assert_eq!(prune(&mut ledger, &policy, at(241 * HOUR)).unwrap(), 0);
    assert_eq!(
        ledger.delivery("2").unwrap().unwrap().state,
        DeliveryState::Dead
    );
    assert_eq!(prune(&mut ledger, &policy, at(482 * HOUR)).unwrap(), 3);
    assert_eq!(ledger.deliveries().count(), 0);
}

#[test]
fn one_success_is_enough_to_go_on_for_days() {
    let (mut ledger, policy) = (Memory::default(), Policy::default());
    for (hour, number) in (0..).zip(1..=200) {
        let now = at(hour * HOUR);
        note(&mut ledger, "w", &number.to_string(), number, now);
    }
    while let Some(now) = ledger.next_due(at(-1)).unwrap() {
        // One of a hundred never arrives; the others do.
        let settled = round(&mut ledger, &policy, now, |claim| {
            answered(if claim.delivery.number % 100 == 0 {
                500
            } else {
                200
            })
        });
        assert!(settled.iter().all(|settled| settled.disabled.is_none()));
    }
    let dead = ledger
        .deliveries()
        .filter(|one| one.state == DeliveryState::Dead);
    assert_eq!(dead.count(), 2);
}

#[test]
fn what_a_disabled_watch_holds_for_too_long_dies_but_for_what_is_on_its_way() {
    let (mut ledger, policy) = (Memory::default(), Policy::default());
    for (number, hour) in [(1, 0), (2, 0), (3, 200)] {
        note(&mut ledger, "w", "o", number, at(hour * HOUR));
    }
    let now = at(300 * HOUR);
    let mut claims = Claims::new("one".to_owned());
    let claims = claims.claim(&mut ledger, &policy, now, 9).unwrap();
    disable(&mut ledger, "w", "by its owner".to_owned(), now).unwrap();
    prune(&mut ledger, &policy, now).unwrap();
    let state = |ledger: &Memory, id: &str| ledger.delivery(id).unwrap().unwrap().state;
    assert_eq!(state(&ledger, "1"), DeliveryState::Open);
    assert_eq!(state(&ledger, "2"), DeliveryState::Dead);
    settle(&mut ledger, &policy, &claims[0], &answered(500), now, 0).unwrap();
    prune(&mut ledger, &policy, now).unwrap();
    assert_eq!(state(&ledger, "1"), DeliveryState::Dead);

    resume(&mut ledger, "w", now).unwrap();
    let settled = round(&mut ledger, &policy, now, |_| answered(200));
    assert_eq!(settled[0].delivery.id, "3");
}
