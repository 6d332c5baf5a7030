//! What answers say of members that were left out.

use fieldproof_spec::model::UnknownMember;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{CheckError, Exchange, Harness};

impl Harness<'_> {
    /// Where members that no document names are left out and named, nothing is named that
    /// was not sent.
    pub(super) fn judge_ignored(&self, exchange: &Exchange) -> Result<(), CheckError> {
        if !self.api.dialect.unknown_members.is(UnknownMember::Named) {
            return Ok(());
        }
        let body = exchange.body.as_deref().unwrap_or_default();
        let body: Value = serde_json::from_str(body).unwrap_or_default();
        let fields = exchange.reply_headers.iter();
        let fields = fields.filter(|(name, _)| name == "ignored-members");
        let mut names = fields.flat_map(|(_, names)| names.split(','));
        let stranger = names.find(|name| {
            let name = percent_decode_str(name.trim()).decode_utf8_lossy();
            body.pointer(&format!("/{name}")).is_none()
        });
        match stranger {
            Some(name) => self.fail(format!(
                "Ignored-Members names what was sent, got `{}`",
                name.trim()
            )),
            None => Ok(()),
        }
    }
}
