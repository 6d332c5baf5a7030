//! Elements of lists, which are the same in every answer.

use std::collections::HashMap;

use fieldproof_spec::model::{Credentials, Resource};
use serde_json::Value;

use super::{Carried, CheckError, Exchange, Harness, Role};

/// What lists last showed of objects, by resource and identifier; nothing of one that no
/// list showed since something was written.
pub(super) type Elements = HashMap<(String, String), Option<Value>>;

impl Harness<'_> {
    /// Notes an object that this obligation made, which nobody else changes.
    pub(super) fn own(&self, resource: &Resource, id: &str) {
        let key = (resource.name.clone(), id.to_owned());
        self.elements.borrow_mut().insert(key, None);
    }

    /// Forgets what was shown: a write of one object may change others.
    pub(super) fn forget_shown(&self) {
        let mut all = self.elements.borrow_mut();
        all.values_mut().for_each(|shown| *shown = None);
        *self.answered.borrow_mut() = None;
    }

    /// What a list shows of an object it showed before as well, whatever it was asked by,
    /// as long as nothing is written.
    pub(super) fn judge_elements(
        &self,
        resource: &Resource,
        exchange: &Exchange,
        items: &[Value],
    ) -> Result<(), CheckError> {
        // Others may see other members.
        if !self.is_of_main(exchange) {
            return Ok(());
        }
        let mut all = self.elements.borrow_mut();
        for item in items {
            let key = resource.id_of(item).map(|id| (resource.name.clone(), id));
            let Some(known) = key.and_then(|key| all.get_mut(&key)) else {
                continue;
            };
            let before = known.get_or_insert_with(|| item.clone());
            if before != item {
                return self.fail(format!(
                    "a list shows an object as {item}, and showed it as {before} before, with nothing written since"
                ));
            }
        }
        Ok(())
    }

    fn is_of_main(&self, exchange: &Exchange) -> bool {
        let variable = format!("${}", Role::Main.variable());
        let shown = Carried::shown(&self.api.credentials, &variable);
        self.api.credentials == Credentials::None
            || shown
                .header
                .is_some_and(|field| exchange.headers.contains(&field))
    }
}
