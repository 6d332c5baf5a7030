//! What a check is: everything about it in its entry.

use fieldproof_spec::model::Api;

use crate::harness::{CheckError, Harness};
use crate::mutant::Mutation;
use crate::obligation::Severity;
use crate::subject::Subject;

/// A check: which obligations it has, and how it judges one of them.
pub struct Check {
    /// Its name, the last part of the ids of its obligations.
    pub name: &'static str,
    /// What it does, for `explain`.
    pub about: &'static str,
    /// How grave it is when one of its obligations does not hold.
    pub severity: Severity,
    /// Whether it waits for the clock; begun first, it does not hold up the others.
    pub waits: bool,
    /// The obligations it has for an API.
    pub oblige: fn(&Api) -> Vec<Subject>,
    /// The ways to break the promise of one of them, each of which it has to notice.
    pub mutants: fn(&Api, &Subject) -> Vec<Mutation>,
    /// Judges one of them.
    pub run: fn(&Harness<'_>, &Subject) -> Result<(), CheckError>,
}
