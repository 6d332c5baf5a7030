//! Mutations that accept watches for which nothing could be delivered.

use fieldproof_spec::model::Resource;
use serde_json::Value;

use super::MutatedSemantics;
use crate::model::{Documented, Key, Watching};
use crate::mutant::mutation::Operator;

impl Watching for MutatedSemantics {
    fn may_sign(&self, watch: &Resource, tenant: &str, key: Option<&Key>) -> bool {
        match (self.of(watch), key) {
            (Some(Operator::KeyUnknownTaken), None) => true,
            (Some(Operator::KeyForeignTaken), Some(key)) => key.enabled,
            (Some(Operator::KeyDisabledTaken), Some(key)) => key.tenant == tenant,
            _ => Documented.may_sign(watch, tenant, key),
        }
    }

    fn lacks_key(&self, watch: &Resource, signed: bool, keys: &Value) -> bool {
        let bare = self.of(watch) == Some(Operator::SignedBare);
        !bare && Documented.lacks_key(watch, signed, keys)
    }

    fn is_reachable(&self, watch: &Resource, address: &str) -> bool {
        let taken = self.of(watch) == Some(Operator::AddressTaken);
        taken || Documented.is_reachable(watch, address)
    }
}
