//! Holes that the suite once had: each is a defect that the obligation which owns the
//! promise has to notice, whatever else does.

use fieldproof_conformance::mutant::{Mutant, Operator, derive};
use fieldproof_conformance::report::Verdict;
use fieldproof_spec::model::Api;

use super::{depots, judge, members, shelves};

/// What was not noticed, and defects of that kind.
const HOLES: &[(&str, &[Operator])] = &[
    (
        "items of lists and embedded children",
        &[
            Operator::ElementShort,
            Operator::SelectedShort,
            Operator::ElementChildless,
            Operator::MemberAdded,
            Operator::BooleanKept,
        ],
    ),
    (
        "the total under a filter",
        &[Operator::TotalOfAll, Operator::TotalOfPage],
    ),
    (
        "what a removal leaves",
        &[Operator::SiblingsRemoved, Operator::RemovedListed],
    ),
    (
        "rules of a change by its other method",
        &[Operator::RulesOfFirst],
    ),
    (
        "inputs that tell orders and sets apart",
        &[
            Operator::SortIgnored,
            Operator::SortCased,
            Operator::SetRepeats,
        ],
    ),
];

/// At most so many mutants of a kind are judged here for each API.
const SOME: usize = 1;

#[test]
fn what_strangers_found_is_noticed_by_its_owner() {
    let apis = [shelves(), members(), depots()];
    for (hole, operators) in HOLES {
        for operator in *operators {
            let mut tried = 0;
            for api in &apis {
                tried += judged(api, *operator, hole);
            }
            assert!(tried > 0, "{hole}: no mutant of {operator:?}");
        }
    }
}

/// Judges some mutants of an operator by the obligation that owns each; how many.
fn judged(api: &Api, operator: Operator, hole: &str) -> usize {
    let all = derive(api).into_iter();
    let own = all.filter(|one| one.mutation.operator == operator);
    let some: Vec<Mutant> = own.take(SOME).collect();
    for mutant in &some {
        let report = judge(api, Some(mutant.mutation.clone()), &[&mutant.owner.id]);
        let failed = report.count(Verdict::Fail);
        assert_eq!(failed, 1, "{hole}: {}: {:#?}", mutant.id, report.outcomes);
    }
    some.len()
}
