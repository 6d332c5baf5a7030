//! Anything in any order, with owners that end without a word.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use fieldproof_runtime::value::Instant;
use fieldproof_runtime::watch::machine::{
    Claim, Claims, Delivery, DeliveryState, Ledger, Memory, Outcome, Policy, Selection, Unsettled,
    disable, forget, prune, redeliver, release, resume, settle,
};
use fieldproof_runtime::watch::schedule::Schedule;
use proptest::prelude::*;

use super::{SECOND, answered, at, note};

#[derive(Debug, Clone)]
enum Step {
    Note(u8, u8),
    Pass(u32),
    Claim(bool, usize),
    Settle(usize, Outcome, u64),
    /// An outcome of a claim that may be settled or taken over already.
    Again(usize, Outcome),
    Release(usize),
    /// The owner's claims are never settled.
    Crash(bool),
    Disable(u8),
    Resume(u8),
    Redeliver(u8, Selection),
    Forget(u8),
    Prune,
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        4 => Just(answered(200)),
        3 => Just(answered(500)),
        1 => Just(answered(410)),
        1 => (0u64..100).prop_map(|seconds| Outcome::Answered {
            status: 429,
            retry_after: Some(Duration::from_secs(seconds)),
        }),
        2 => Just(Outcome::Unreached("no answer".to_owned())),
        1 => Just(Outcome::Unsendable("never".to_owned())),
    ]
}

fn selection() -> impl Strategy<Value = Selection> {
    prop_oneof![
        (0u64..60).prop_map(|id| Selection::One(id.to_string())),
        (0u64..60, 0u64..60).prop_map(|(from, to)| Selection::Range(from, to)),
        (0i64..600).prop_map(|seconds| Selection::DeadSince(at(seconds * SECOND))),
    ]
}

fn step(again: bool) -> impl Strategy<Value = Step> {
    let common = prop_oneof![
        8 => (0u8..3, 0u8..3).prop_map(|(watch, object)| Step::Note(watch, object)),
        4 => (0u32..40_000).prop_map(Step::Pass),
        8 => (any::<bool>(), 0usize..5).prop_map(|(owner, limit)| Step::Claim(owner, limit)),
        8 => (any::<usize>(), outcome(), any::<u64>())
            .prop_map(|(at, outcome, random)| Step::Settle(at, outcome, random)),
        2 => (any::<usize>(), outcome()).prop_map(|(at, outcome)| Step::Again(at, outcome)),
        1 => any::<usize>().prop_map(Step::Release),
        1 => any::<bool>().prop_map(Step::Crash),
        1 => (0u8..3).prop_map(Step::Disable),
        2 => (0u8..3).prop_map(Step::Resume),
    ];
    let others = prop_oneof![
        2 => (0u8..3, selection()).prop_map(|(watch, one)| Step::Redeliver(watch, one)),
        1 => (0u8..3).prop_map(Step::Forget),
        1 => Just(Step::Prune),
    ];
    let weight = if again { 4 } else { 0 };
    prop_oneof![35 => common, weight => others]
}

/// The ledger, and what an observer of the receivers knows.
struct World {
    ledger: Memory,
    policy: Policy,
    now: Instant,
    owners: [Claims; 2],
    /// Claims that are not settled, by owner.
    open: Vec<(bool, Claim)>,
    /// All claims that ever were.
    past: Vec<Claim>,
    /// The last change.
    number: u64,
    noted: BTreeSet<u64>,
    /// The last change of each object that its receiver has.
    has: BTreeMap<(String, String), u64>,
    /// Whether deliveries are sent again, which is out of order by intention.
    again: bool,
}

impl World {
    fn new(again: bool) -> Self {
        let policy = Policy {
            schedule: Schedule::parse("1s,10s,30s").unwrap(),
            lease: Duration::from_secs(20),
            slots: 2,
            patience: Duration::from_mins(5),
            retention: Duration::from_mins(8),
        };
        Self {
            ledger: Memory::default(),
            policy,
            now: at(0),
            owners: [Claims::new("one".to_owned()), Claims::new("two".to_owned())],
            open: Vec::new(),
            past: Vec::new(),
            number: 0,
            noted: BTreeSet::new(),
            has: BTreeMap::new(),
            again,
        }
    }

    fn step(&mut self, step: Step) {
        let name = |watch: u8| format!("w{watch}");
        let (ledger, now) = (&mut self.ledger, self.now);
        match step {
            Step::Note(watch, object) => {
                self.number += 1;
                let number = self.number;
                self.noted.insert(number);
                note(ledger, &name(watch), &format!("o{object}"), number, now);
            }
            Step::Pass(millis) => self.now = now.plus(Duration::from_millis(millis.into())),
            Step::Claim(owner, limit) => self.claim(owner, limit),
            Step::Settle(..) | Step::Release(_) if self.open.is_empty() => {}
            Step::Settle(index, outcome, random) => {
                let (_, claim) = self.open.remove(index % self.open.len());
                self.settle(&claim, &outcome, random);
            }
            Step::Again(_, _) if self.past.is_empty() => {}
            Step::Again(index, outcome) => {
                let claim = self.past[index % self.past.len()].clone();
                self.open.retain(|(_, one)| *one != claim);
                self.settle(&claim, &outcome, 0);
            }
            Step::Release(index) => {
                let (_, claim) = self.open.remove(index % self.open.len());
                let _ = release(ledger, &claim, now);
            }
            Step::Crash(owner) => self.open.retain(|(own, _)| *own != owner),
            Step::Disable(watch) => disable(ledger, &name(watch), "x".to_owned(), now).unwrap(),
            Step::Resume(watch) => resume(ledger, &name(watch), now).unwrap(),
            Step::Redeliver(watch, selection) => {
                redeliver(ledger, &name(watch), &selection, now).unwrap();
            }
            Step::Forget(watch) => {
                for one in ledger.deliveries().filter(|one| one.watch == name(watch)) {
                    self.noted.remove(&one.number);
                }
                forget(ledger, &name(watch)).unwrap();
            }
            Step::Prune => {
                let before: Vec<_> = ledger.deliveries().cloned().collect();
                prune(ledger, &self.policy, now).unwrap();
                for one in before {
                    if ledger.delivery(&one.id).unwrap().is_none() {
                        assert_ne!(one.state, DeliveryState::Open, "an open one was forgotten");
                        self.noted.remove(&one.number);
                    }
                }
            }
        }
        self.judge();
    }

    fn claim(&mut self, owner: bool, limit: usize) {
        let claims = self.owners[usize::from(owner)]
            .claim(&mut self.ledger, &self.policy, self.now, limit)
            .unwrap();
        assert!(claims.len() <= limit);
        for claim in claims {
            let line = |one: &Delivery| (one.watch.clone(), one.object.clone());
            for (_, other) in &self.open {
                let held = other.delivery.is_leased(self.now);
                let newest = self.ledger.delivery(&other.delivery.id).unwrap();
                let newest = newest.is_some_and(|one| one.lease == other.delivery.lease);
                assert!(
                    !held || !newest || line(&other.delivery) != line(&claim.delivery),
                    "two notifications of one object on their way"
                );
            }
            let stored = self.ledger.health(&claim.delivery.watch).unwrap();
            assert_eq!(stored.disabled, None, "a disabled watch is served");
            self.past.push(claim.clone());
            self.open.push((owner, claim));
        }
    }

    fn settle(&mut self, claim: &Claim, outcome: &Outcome, random: u64) {
        let before = self.ledger.clone();
        let last = before.delivery(&claim.delivery.id).unwrap();
        let last = last.filter(|one| one.lease.is_some());
        let last = last.is_some_and(|one| one.fence == claim.delivery.fence);
        let settled = settle(
            &mut self.ledger,
            &self.policy,
            claim,
            outcome,
            self.now,
            random,
        );
        match settled {
            Ok(settled) => {
                assert!(last, "an old owner settles");
                let delivery = settled.delivery;
                assert_eq!(delivery.id, claim.delivery.id);
                if delivery.state == DeliveryState::Delivered && !self.again {
                    let line = (delivery.watch, delivery.object);
                    let before = self.has.insert(line, delivery.number);
                    assert!(before < Some(delivery.number), "out of order");
                }
            }
            Err(Unsettled::Stale) => {
                assert!(!last, "the last owner is refused");
                assert!(
                    self.ledger == before,
                    "a refused settlement changes something"
                );
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// What holds after every step.
    fn judge(&self) {
        let kept: BTreeSet<u64> = self.ledger.deliveries().map(|one| one.number).collect();
        assert_eq!(kept, self.noted, "a delivery is lost");
        let mut lines: BTreeMap<_, Vec<&Delivery>> = BTreeMap::new();
        for one in self.ledger.deliveries() {
            assert!(one.failed <= self.policy.schedule.attempts());
            assert_eq!(one.ended.is_some(), one.state != DeliveryState::Open);
            assert!(one.state == DeliveryState::Open || (!one.head && one.lease.is_none()));
            assert!(one.lease.is_none() || one.head, "held out of its turn");
            if one.state == DeliveryState::Open {
                lines
                    .entry((&one.watch, &one.object))
                    .or_default()
                    .push(one);
            }
        }
        for line in lines.into_values() {
            let heads: Vec<_> = line.iter().filter(|one| one.head).collect();
            assert_eq!(heads.len(), 1, "each line has one head");
            let first = line.iter().map(|one| one.number).min().unwrap();
            assert!(heads[0].number == first || heads[0].lease.is_some());
        }
        for watch in 0..3 {
            let leased = self.ledger.leased(&format!("w{watch}"), self.now).unwrap();
            assert!(leased <= 2, "more than its slots");
        }
    }

    /// All receivers answer from now on: nothing stays open.
    fn end(mut self) {
        for watch in 0..3 {
            resume(&mut self.ledger, &format!("w{watch}"), self.now).unwrap();
        }
        self.open.clear();
        while let Some(due) = self.ledger.next_due(at(-1)).unwrap() {
            self.now = self.now.max(due);
            self.claim(false, 5);
            if self.open.is_empty() {
                // Every slot is held by an owner that ended.
                self.now = self.now.plus(Duration::from_secs(1));
            }
            while let Some((_, claim)) = self.open.pop() {
                self.settle(&claim, &answered(200), 0);
            }
            self.judge();
        }
        assert!(
            self.ledger
                .deliveries()
                .all(|one| one.state != DeliveryState::Open)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn receivers_see_each_object_in_order(steps in prop::collection::vec(step(false), 0..150)) {
        let mut world = World::new(false);
        steps.into_iter().for_each(|step| world.step(step));
        world.end();
    }

    #[test]
    fn nothing_is_lost_whatever_happens(steps in prop::collection::vec(step(true), 0..150)) {
        let mut world = World::new(true);
        steps.into_iter().for_each(|step| world.step(step));
        world.end();
    }
}
