//! Histories: sequences of operations on the service and on the model.

use std::cell::RefCell;

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{TestCaseError, TestError};

use super::pair::Pair;
use crate::check::Check;
use crate::harness::{CheckError, Harness};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, resources};
use fieldproof_spec::model::Api;

pub(crate) static CHECK: Check = Check {
    name: "history",
    about: "Histories of creates, changes, removals, reads and lists, legal and not, are answered by the service and by \
            the reference model with the same status and the same objects; a history that tells them apart is shrunk.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        resources(api, |resource| {
            resource.parent.is_none() && resource.create.is_some()
        })
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    match subject.resource(api).update {
        Some(_) => subject.resource_mutations(&[Operator::MergeClears]),
        None => subject.resource_mutations(&[Operator::ListReversed]),
    }
}

/// The maximum length of a history.
const STEPS: usize = 14;

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let root = subject.resource(harness.api);
    let stopped: RefCell<Option<CheckError>> = RefCell::new(None);
    let strategy = vec(any::<(u8, u8, u8)>(), 2..STEPS);
    let outcome = harness
        .runner(harness.cases().max(1))
        .run(&strategy, |steps| {
            // The model starts without objects too.
            harness.clean();
            let mut pair = Pair::new(harness, root);
            for step in steps {
                if let Err(error) = pair.step(step) {
                    *stopped.borrow_mut() = Some(error);
                    return Err(TestCaseError::fail("told apart"));
                }
            }
            Ok(())
        });
    match (outcome, stopped.into_inner()) {
        (Ok(()), _) => Ok(()),
        (Err(TestError::Fail(_, steps)), Some(CheckError::Fail(mut failure))) => {
            failure.message = format!(
                "after a history of {} steps: {}",
                steps.len(),
                failure.message
            );
            Err(CheckError::Fail(failure))
        }
        (Err(_), Some(error)) => Err(error),
        (Err(error), None) => harness.fail(error.to_string()),
    }
}
