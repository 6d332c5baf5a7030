//! The definition of a check.

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
    /// The severity of a finding.
    pub severity: Severity,
    /// Whether it waits for time to pass; such checks are started first so that they do not
    /// delay the others.
    pub waits: bool,
    /// The obligations it has for an API.
    pub oblige: fn(&Api) -> Vec<Subject>,
    /// The mutations that break the promise of an obligation; the check has to notice each
    /// of them.
    pub mutants: fn(&Api, &Subject) -> Vec<Mutation>,
    /// Judges one obligation.
    pub run: fn(&Harness<'_>, &Subject) -> Result<(), CheckError>,
}
