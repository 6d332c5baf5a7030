//! Mutants: for every obligation, the mock with exactly that promise broken.
//!
//! The model does not know about them. A promise is broken by changing the spec
//! (`rewrite`), the initial objects (`load`), the semantics (`semantics`), or requests and
//! answers on their way between client and model (`front`).
//!
//! If a suite passes a mutant, it does not judge what it claims to judge. So each mutant is
//! served and judged, first by the obligation that owns the promise.

mod front;
mod judge;
mod load;
mod mutation;
mod rewrite;
mod semantics;
mod served;

pub use judge::{JudgeOptions, MutantVerdict, judge_all};
pub use mutation::{Mutation, Operator};
pub use served::served;

use fieldproof_spec::model::Api;

use crate::checks;
use crate::compile::compile;
use crate::obligation::Obligation;
use crate::subject::Subject;

/// A mock with one promise broken.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutant {
    /// Its name: the obligation and the operator.
    pub id: String,
    /// The obligation that owns the promise.
    pub owner: Obligation,
    /// What is broken.
    pub mutation: Mutation,
}

/// Every mutant of an API, in the order of its obligations.
#[must_use]
pub fn derive(api: &Api) -> Vec<Mutant> {
    let mut all = Vec::new();
    for owner in compile(api) {
        let Some(check) = checks::find(owner.check) else {
            continue;
        };
        for mutation in (check.mutants)(api, &Subject::of(&owner)) {
            all.push(Mutant {
                id: format!("{}/{:?}", owner.id, mutation.operator),
                owner: owner.clone(),
                mutation,
            });
        }
    }
    all
}
