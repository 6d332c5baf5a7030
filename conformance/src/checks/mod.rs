//! The table of all checks, in groups.

mod access;
mod body;
mod http;
mod list;
mod shape;
mod stateful;
mod watch;
mod write;

use crate::check::Check;
use crate::obligation::Obligation;

/// All checks.
pub static ALL: &[&Check] = &[
    &shape::status::CHECK,
    &shape::shown::CHECK,
    &write::created::CHECK,
    &write::answered::CHECK,
    &write::updated::CHECK,
    &write::replaced::CHECK,
    &write::default::CHECK,
    &body::required::CHECK,
    &body::null::CHECK,
    &body::typed::CHECK,
    &body::bounds::CHECK,
    &body::values::CHECK,
    &body::format::CHECK,
    &body::nested::CHECK,
    &write::kept_inside::CHECK,
    &body::conditional::CHECK,
    &body::called::CHECK,
    &access::secret::CHECK,
    &body::headers::CHECK,
    &body::template::CHECK,
    &body::forms::CHECK,
    &body::characters::CHECK,
    &body::key::CHECK,
    &body::lenient::CHECK,
    &body::blank::CHECK,
    &body::set::CHECK,
    &body::exclusive::CHECK,
    &body::unwrap::CHECK,
    &body::entry::CHECK,
    &write::merged::CHECK,
    &write::patched::CHECK,
    &write::shared::CHECK,
    &write::appended::CHECK,
    &shape::stand_in::CHECK,
    &shape::lookup::CHECK,
    &write::distinct::CHECK,
    &list::interval::CHECK,
    &shape::zoned::CHECK,
    &shape::presets::CHECK,
    &shape::rows::CHECK,
    &write::read_only::CHECK,
    &shape::computed::CHECK,
    &shape::table::CHECK,
    &write::unique::CHECK,
    &write::combination::CHECK,
    &shape::identifier::CHECK,
    &shape::times::CHECK,
    &shape::embedded::CHECK,
    &write::cascade::CHECK,
    &write::parent::CHECK,
    &http::alias::CHECK,
    &http::absent::CHECK,
    &http::methods::CHECK,
    &http::condition::CHECK,
    &http::demanded::CHECK,
    &write::idempotent::CHECK,
    &write::idle::CHECK,
    &http::media::CHECK,
    &http::malformed::CHECK,
    &http::unknown::CHECK,
    &http::problem::CHECK,
    &http::explained::CHECK,
    &access::token::CHECK,
    &access::scope::CHECK,
    &access::by_scope::CHECK,
    &access::login::CHECK,
    &access::invited::CHECK,
    &access::credentials::CHECK,
    &access::tenant::CHECK,
    &access::apart::CHECK,
    &list::selects::CHECK,
    &list::spellings::CHECK,
    &list::together::CHECK,
    &list::encodings::CHECK,
    &list::orders::CHECK,
    &list::pages::CHECK,
    &list::enveloped::CHECK,
    &list::elements::CHECK,
    &list::listed::CHECK,
    &shape::loaded::CHECK,
    &access::bound::CHECK,
    &list::limits::CHECK,
    &list::many::CHECK,
    &http::parameters::CHECK,
    &shape::example::CHECK,
    &shape::command::CHECK,
    &stateful::history::CHECK,
    &stateful::lost_update::CHECK,
    &stateful::at_once::CHECK,
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

/// Whether the check of an obligation waits for time to pass.
pub(crate) fn waits(obligation: &Obligation) -> bool {
    find(obligation.check).is_some_and(|check| check.waits)
}

/// The check called `name`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Check> {
    ALL.iter().copied().find(|check| check.name == name)
}
