//! Mails that are sent when an object asks for them.

use fieldproof_spec::model::Resource;
use serde_json::{Map, Value};

use super::Service;

impl Service {
    /// Writes a mail if the object asks for one now and did not before.
    pub(super) fn invite(
        &mut self,
        resource: &Resource,
        before: Option<&Map<String, Value>>,
        now: &Map<String, Value>,
    ) {
        let (Some(invite), Some(folder)) = (&resource.invite, &self.mails) else {
            return;
        };
        let asks = |object: &Map<String, Value>| object.get(&invite.when) == Some(&true.into());
        let asked_before = before.is_some_and(asks);
        if !self.semantics.invites(resource, asked_before, asks(now)) {
            return;
        }
        let to = now.get(&invite.to).and_then(Value::as_str);
        let text = format!(
            "To: {}\n\nhttp://127.0.0.1/signup?token={}\n",
            to.unwrap_or_default(),
            self.number
        );
        self.number += 1;
        // A mail that cannot be written is left out.
        let _ = std::fs::write(folder.join(format!("{}.eml", self.number)), text);
    }
}
