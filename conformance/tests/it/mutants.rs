//! Mutants, each with one broken promise, which the suite has to notice.

use std::collections::BTreeSet;

use fieldproof_conformance::compile;
use fieldproof_conformance::mutant::Operator;
use fieldproof_conformance::mutant::{JudgeOptions, Mutant, derive, judge_all};
use fieldproof_spec::model::{Api, ReadOnlyMembers, UnknownMember, UnknownMembers};

use super::{
    agents, depots, few_at_once, loans, members, nested, notification, shelves, strict, visits,
};

/// The neutral APIs, some with switches that add promises.
fn every_api() -> Vec<Api> {
    let mut capped = depots();
    capped.switches.list_cap = Some(3);
    capped.switches.unknown_members = UnknownMembers::Reject;
    let mut short = members();
    short.switches.list_cap = Some(3);
    // An API that ignores unknown members without naming them.
    let mut silent = nested();
    silent.dialect.unknown_members.value = UnknownMember::Ignored;
    // One that leaves out what only it sets.
    let mut own = depots();
    own.dialect.read_only_members.value = ReadOnlyMembers::Ignored;
    vec![
        silent,
        own,
        shelves(),
        depots(),
        members(),
        agents(),
        loans(),
        visits(),
        capped,
        short,
        nested(),
        notification(),
        strict(),
    ]
}

/// Every twenty-fourth mutant here; `fieldproof mutants` judges all of them.
fn sample(all: Vec<Mutant>) -> Vec<Mutant> {
    let step = match std::env::var("FIELDPROOF_MUTANTS").as_deref() {
        Ok("all") => 1,
        _ => 24,
    };
    all.into_iter().step_by(step).collect()
}

#[test]
fn every_mutant_is_killed() {
    let how = JudgeOptions {
        seed: 1,
        cases: 4,
        workers: 4,
    };
    few_at_once(every_api(), |api| {
        let (verdicts, unsound) = judge_all(&api, &sample(derive(&api)), how, &mut |_| {}).unwrap();
        assert!(unsound.is_empty(), "{unsound:#?}");
        let survivors: Vec<_> = verdicts
            .iter()
            .filter(|verdict| verdict.killer.is_none())
            .collect();
        assert!(survivors.is_empty(), "{survivors:#?}");
    });
}

#[test]
fn every_obligation_has_a_mutant() {
    for api in every_api() {
        let owners: BTreeSet<String> = derive(&api).into_iter().map(|one| one.owner.id).collect();
        for obligation in compile(&api) {
            assert!(owners.contains(&obligation.id), "{}", obligation.id);
        }
    }
}

#[test]
fn names_of_mutants_are_unique_and_every_kind_is_used() {
    let mut used = Vec::new();
    for api in every_api() {
        let all = derive(&api);
        let names: BTreeSet<&str> = all.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(names.len(), all.len());
        used.extend(all.into_iter().map(|one| one.mutation.operator));
    }
    // Printed objects come from documents, and these specs have none; nor do a child and
    // its parent have a unique member of the same name.
    let others = [Operator::LoadForgets, Operator::UniqueAcross];
    for operator in Operator::ALL {
        let tried = used.contains(operator);
        assert!(tried != others.contains(operator), "{operator:?}");
    }
}
