//! Mutations of shared objects and of lists that are appended to.

use fieldproof_spec::model::Shared;
use serde_json::{Map, Value};

use super::MutatedSemantics;
use crate::model::{Documented, Member, Sharing};
use crate::mutant::mutation::Operator;

impl Sharing for MutatedSemantics {
    fn means(
        &self,
        at: &Member<'_>,
        shared: &Shared,
        said: &Value,
        one: &Map<String, Value>,
    ) -> bool {
        let twice = self.on(at) == Some(Operator::SharedTwice);
        let by_key = said.get(&shared.id).is_none();
        !(twice && by_key) && Documented.means(at, shared, said, one)
    }

    fn amended(
        &self,
        at: &Member<'_>,
        shared: &Shared,
        said: &Value,
        one: &Map<String, Value>,
        was_there: bool,
    ) -> Map<String, Value> {
        match self.on(at) {
            Some(Operator::SharedStale) if was_there => one.clone(),
            _ => Documented.amended(at, shared, said, one, was_there),
        }
    }

    fn appended(&self, at: &Member<'_>, kept: &[Value], items: Vec<Value>) -> Vec<Value> {
        match self.on(at) {
            Some(Operator::AppendReplaces) => Documented.appended(at, &[], items),
            _ => Documented.appended(at, kept, items),
        }
    }
}
