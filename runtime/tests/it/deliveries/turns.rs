//! Who sends what: turns, slots and leases.

use fieldproof_runtime::watch::machine::{
    Claims, DeliveryState, Ledger, Memory, Outcome, Policy, Selection, Unsettled, disable, forget,
    redeliver, release, settle,
};

use super::{HOUR, answered, at, note};

#[test]
fn watches_take_turns_from_one_call_to_the_next() {
    let (mut ledger, policy) = (Memory::default(), Policy::default());
    for number in 1..=9 {
        let watch = ["a", "b", "c"][number % 3];
        note(
            &mut ledger,
            watch,
            &number.to_string(),
            number as u64,
            at(0),
        );
    }
    let mut claims = Claims::new("one".to_owned());
    let mut served = String::new();
    for limit in [1, 1, 1, 2, 2, 2] {
        for claim in claims.claim(&mut ledger, &policy, at(0), limit).unwrap() {
            served += &claim.delivery.watch;
        }
    }
    assert_eq!(served, "abcabcabc");
}

#[test]
fn what_is_on_its_way_is_not_sent_again() {
    let (mut ledger, policy) = (Memory::default(), Policy::default());
    note(&mut ledger, "w", "o", 1, at(0));
    let mut claims = Claims::new("one".to_owned());
    claims.claim(&mut ledger, &policy, at(0), 9).unwrap();
    let one = Selection::One("1".to_owned());
    assert_eq!(redeliver(&mut ledger, "w", &one, at(1)).unwrap(), 0);
    let end = at(0).plus(policy.lease);
    assert_eq!(redeliver(&mut ledger, "w", &one, end).unwrap(), 1);
}

#[test]
fn a_deleted_watch_has_no_deliveries_and_what_is_on_its_way_is_stale() {
    let (mut ledger, policy) = (Memory::default(), Policy::default());
    note(&mut ledger, "w", "o", 1, at(0));
    note(&mut ledger, "v", "o", 2, at(0));
    let mut claims = Claims::new("one".to_owned());
    let claims = claims.claim(&mut ledger, &policy, at(0), 9).unwrap();
    let claim = claims.iter().find(|one| one.delivery.watch == "w").unwrap();
    forget(&mut ledger, "w").unwrap();
    let settled = settle(&mut ledger, &policy, claim, &answered(200), at(0), 0);
    assert!(matches!(settled, Err(Unsettled::Stale)));
    assert_eq!(ledger.deliveries().count(), 1);
}

#[test]
fn a_black_hole_has_its_slots_and_no_more() {
    let (mut ledger, policy) = (Memory::default(), Policy::default());
    for number in 1..=1_000 {
        note(&mut ledger, "hole", &number.to_string(), number, at(0));
    }
    for number in 1_001..=1_020 {
        note(&mut ledger, "well", &number.to_string(), number, at(1));
    }
    let mut claims = Claims::new("one".to_owned());
    let taken = claims.claim(&mut ledger, &policy, at(1), 6).unwrap();
    let hole = taken.iter().filter(|one| one.delivery.watch == "hole");
    assert_eq!(hole.count(), 3, "watches take turns");
    let taken = claims.claim(&mut ledger, &policy, at(1), 100).unwrap();
    assert_eq!(taken.len(), 10, "each has eight slots");

    // Its leases end, nothing has answered: one slot, until something does.
    let late = at(1).plus(policy.lease);
    for claim in &taken {
        let outcome = match claim.delivery.watch.as_str() {
            "hole" => Outcome::Unreached("timed out".to_owned()),
            _ => answered(200),
        };
        settle(&mut ledger, &policy, claim, &outcome, late, 0).unwrap();
    }
    let taken = claims.claim(&mut ledger, &policy, late, 100).unwrap();
    let hole = taken.iter().filter(|one| one.delivery.watch == "hole");
    assert_eq!((hole.count(), taken.len()), (1, 9));
}

#[test]
fn a_claim_that_is_given_back_or_ends_can_be_taken_by_others() {
    let (mut ledger, policy) = (Memory::default(), Policy::default());
    note(&mut ledger, "w", "o", 1, at(0));
    let (mut one, mut two) = (Claims::new("one".to_owned()), Claims::new("two".to_owned()));
    let first = one.claim(&mut ledger, &policy, at(0), 9).unwrap();
    assert!(
        two.claim(&mut ledger, &policy, at(9), 9)
            .unwrap()
            .is_empty()
    );
    release(&mut ledger, &first[0], at(9)).unwrap();
    let stale = release(&mut ledger, &first[0], at(9));
    assert!(matches!(stale, Err(Unsettled::Stale)));

    let second = two.claim(&mut ledger, &policy, at(9), 9).unwrap();
    let end = at(9).plus(policy.lease);
    assert_eq!(ledger.next_due(at(-1)).unwrap(), Some(end));
    let third = one.claim(&mut ledger, &policy, end, 9).unwrap();
    assert_eq!((third[0].attempt, third[0].delivery.fence), (1, 3));
    for claim in [&first[0], &second[0]] {
        let settled = settle(&mut ledger, &policy, claim, &answered(200), end, 0);
        assert!(matches!(settled, Err(Unsettled::Stale)));
    }
    settle(&mut ledger, &policy, &third[0], &answered(200), end, 0).unwrap();
}

#[test]
fn a_late_settlement_that_nobody_was_before_counts() {
    let (mut ledger, policy) = (Memory::default(), Policy::default());
    note(&mut ledger, "w", "o", 1, at(0));
    let mut claims = Claims::new("one".to_owned());
    let taken = claims.claim(&mut ledger, &policy, at(0), 9).unwrap();
    disable(&mut ledger, "w", "by its owner".to_owned(), at(1)).unwrap();
    let late = at(9 * HOUR);
    let settled = settle(&mut ledger, &policy, &taken[0], &answered(200), late, 0).unwrap();
    assert_eq!(settled.delivery.state, DeliveryState::Delivered);
    assert_eq!(settled.disabled, None);
}
