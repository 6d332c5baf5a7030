//! The version that a change has to name, where the API demands one.

use std::borrow::Cow;

use fieldproof_spec::model::{Api, IfMatch};

use super::Ask;
use crate::model::is_change;

/// A request as it is sent: a change that names no version names any, where
/// the switch `if_match` demands one and that is not what is asked about.
pub(super) fn met<'a>(api: &Api, ask: &'a Ask) -> Cow<'a, Ask> {
    let mut names = ask.headers.iter().map(|(name, _)| name);
    let path = ask.path.split('?').next().unwrap_or_default();
    let lacks = api.switches.if_match == IfMatch::Required
        && !ask.bare
        && !names.any(|name| name.eq_ignore_ascii_case("if-match"))
        && is_change(api, &ask.method, path);
    match lacks {
        true => Cow::Owned(ask.clone().header("if-match", "*")),
        false => Cow::Borrowed(ask),
    }
}
