//! Helpers shared by several checks.

mod absent;
mod added;
mod change;
mod duplicates;
pub(crate) mod filter;
mod form;
mod inside;
mod instant;
mod kept;
mod loaded;
mod only_read;
mod operation;
mod reference;
mod several;
mod taken;
mod unchanged;
mod writes;

pub(crate) use absent::{absent, far};
pub(crate) use added::added;
pub(crate) use change::{
    agrees, cleared, dependants, differs, one_change, other_value, telling_value,
};
pub(crate) use duplicates::{combined, duplicates, is_written};
pub(crate) use form::has_form;
pub(crate) use inside::{around, stands_in, whole};
pub(crate) use instant::instant;
pub(crate) use kept::{changed_to, made_of, shows_sent};
pub(crate) use loaded::{loaded, unnamed};
pub(crate) use only_read::only_read;
pub(crate) use operation::request;
pub(crate) use reference::{only, said, shared_of};
pub(crate) use several::{children, has_order, several};
pub(crate) use taken::{is_changed, taken_by_changes};
pub(crate) use unchanged::unchanged;
pub(crate) use writes::{changes, refused_or_well, writes};
