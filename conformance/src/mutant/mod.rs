//! Mutants: for every obligation, the mock with exactly that promise broken.
//!
//! The model knows nothing of them. A promise is broken by another spec (`rewrite`), by
//! other objects that are there (`load`), by another meaning (`semantics`), or by what
//! stands between the wire and the model (`front`).
//!
//! A suite that passes a mutant cannot fail where it says it judges. So each
//! mutant is served and judged, first by the obligation that owns the promise.

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
    /// Its name: the obligation, and in which way it is broken.
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
