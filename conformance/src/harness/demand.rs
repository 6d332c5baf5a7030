//! The version that a change has to name, if the API requires one.

use std::borrow::Cow;

use fieldproof_spec::model::{Api, IfMatch};

use super::Request;
use crate::model::is_change;

/// The request as it is sent: a change without a version gets `If-Match: *` if the switch
/// `if_match` requires one, unless the request is `bare`.
pub(super) fn met<'a>(api: &Api, request: &'a Request) -> Cow<'a, Request> {
    let mut names = request.headers.iter().map(|(name, _)| name);
    let path = request.path.split('?').next().unwrap_or_default();
    let lacks = api.switches.if_match == IfMatch::Required
        && !request.bare
        && !names.any(|name| name.eq_ignore_ascii_case("if-match"))
        && is_change(api, &request.method, path);
    match lacks {
        true => Cow::Owned(request.clone().header("if-match", "*")),
        false => Cow::Borrowed(request),
    }
}
