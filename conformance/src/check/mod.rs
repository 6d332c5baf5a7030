//! Checks: one file each, all in one table.

mod absent;
mod alias;
mod apart;
mod appended;
mod at_once;
mod blank;
mod bound;
mod bounds;
mod by_scope;
mod called;
mod cascade;
mod characters;
mod combination;
mod command;
mod compare;
mod computed;
mod condition;
mod conditional;
mod created;
mod credentials;
mod default;
mod demanded;
mod distinct;
mod duty;
mod embedded;
mod encodings;
mod entry;
mod enveloped;
mod example;
mod exclusive;
mod explained;
mod format;
mod forms;
mod headers;
mod history;
mod identifier;
mod idle;
mod interval;
mod invited;
mod kept_inside;
mod key;
mod lenient;
mod limits;
mod listed;
mod loaded;
mod login;
mod lookup;
mod lost_update;
mod malformed;
mod many;
mod media;
mod member;
mod merged;
mod methods;
mod nested;
mod null;
mod orders;
mod pages;
mod pair;
mod parameters;
mod parent;
mod patched;
mod presets;
mod problem;
mod read_only;
mod replaced;
mod required;
mod rows;
mod scope;
mod secret;
mod selects;
mod set;
mod shared;
mod shown;
mod spellings;
mod stand_in;
mod status;
mod table;
mod template;
mod tenant;
mod times;
mod together;
mod token;
mod typed;
mod unique;
mod unknown;
mod unwrap;
mod updated;
mod values;
mod watch;
mod zoned;

pub use duty::Duty;
pub(crate) use duty::room;

use fieldproof_spec::model::Api;

use crate::lab::{Lab, Stop};
use crate::model::Mutation;
use crate::obligation::{Obligation, Severity};

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
    pub oblige: fn(&Api) -> Vec<Duty>,
    /// The ways to break the promise of one of them, each of which it has to notice.
    pub mutants: fn(&Api, &Duty) -> Vec<Mutation>,
    /// Judges one of them.
    pub run: fn(&Lab<'_>, &Duty) -> Result<(), Stop>,
}

/// Every check.
pub static ALL: &[&Check] = &[
    &status::CHECK,
    &shown::CHECK,
    &created::CHECK,
    &updated::CHECK,
    &replaced::CHECK,
    &default::CHECK,
    &required::CHECK,
    &null::CHECK,
    &typed::CHECK,
    &bounds::CHECK,
    &values::CHECK,
    &format::CHECK,
    &nested::CHECK,
    &kept_inside::CHECK,
    &conditional::CHECK,
    &called::CHECK,
    &secret::CHECK,
    &headers::CHECK,
    &template::CHECK,
    &forms::CHECK,
    &characters::CHECK,
    &key::CHECK,
    &lenient::CHECK,
    &blank::CHECK,
    &set::CHECK,
    &exclusive::CHECK,
    &unwrap::CHECK,
    &entry::CHECK,
    &merged::CHECK,
    &patched::CHECK,
    &shared::CHECK,
    &appended::CHECK,
    &stand_in::CHECK,
    &lookup::CHECK,
    &distinct::CHECK,
    &interval::CHECK,
    &zoned::CHECK,
    &presets::CHECK,
    &rows::CHECK,
    &read_only::CHECK,
    &computed::CHECK,
    &table::CHECK,
    &unique::CHECK,
    &combination::CHECK,
    &identifier::CHECK,
    &times::CHECK,
    &embedded::CHECK,
    &cascade::CHECK,
    &parent::CHECK,
    &alias::CHECK,
    &absent::CHECK,
    &methods::CHECK,
    &condition::CHECK,
    &demanded::CHECK,
    &idle::CHECK,
    &media::CHECK,
    &malformed::CHECK,
    &unknown::CHECK,
    &problem::CHECK,
    &explained::CHECK,
    &token::CHECK,
    &scope::CHECK,
    &by_scope::CHECK,
    &login::CHECK,
    &invited::CHECK,
    &credentials::CHECK,
    &tenant::CHECK,
    &apart::CHECK,
    &selects::CHECK,
    &spellings::CHECK,
    &together::CHECK,
    &encodings::CHECK,
    &orders::CHECK,
    &pages::CHECK,
    &enveloped::CHECK,
    &listed::CHECK,
    &loaded::CHECK,
    &bound::CHECK,
    &limits::CHECK,
    &many::CHECK,
    &parameters::CHECK,
    &example::CHECK,
    &command::CHECK,
    &history::CHECK,
    &lost_update::CHECK,
    &at_once::CHECK,
    &watch::told::CHECK,
    &watch::shared::CHECK,
    &watch::silent::CHECK,
    &watch::events::CHECK,
    &watch::previous::CHECK,
    &watch::template::CHECK,
    &watch::method::CHECK,
    &watch::headers::CHECK,
    &watch::basic::CHECK,
    &watch::oauth::CHECK,
    &watch::signature::CHECK,
    &watch::refused::CHECK,
    &watch::retry::CHECK,
    &watch::manage::CHECK,
    &watch::secrets::CHECK,
];

/// Whether the check of an obligation waits for the clock.
pub(crate) fn waits(obligation: &Obligation) -> bool {
    find(obligation.check).is_some_and(|check| check.waits)
}

/// The check called `name`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Check> {
    ALL.iter().copied().find(|check| check.name == name)
}
