//! Mutations of the semantics: one decision differs where the promise is broken; all others
//! are as documented.

mod access;
mod change;
mod compute;
mod content;
mod create;
mod delivery;
mod effect;
mod order;
mod page;
mod publish;
mod select;
mod shared;
mod template;
mod watch;

use std::collections::BTreeMap;
use std::sync::Mutex;

use fieldproof_spec::model::Resource;

use super::mutation::{Mutation, Operator};
use crate::model::{Member, Record};

/// The semantics of the language with one promise broken.
#[derive(Debug)]
pub(super) struct MutatedSemantics {
    mutation: Mutation,
    /// All watches that ever existed, for the mutant that keeps notifying removed ones.
    watches: Mutex<BTreeMap<String, Record>>,
}

impl MutatedSemantics {
    pub(super) fn new(mutation: Mutation) -> Self {
        Self {
            mutation,
            watches: Mutex::default(),
        }
    }

    /// The operator, if the broken promise is about this whole resource.
    fn of(&self, resource: &Resource) -> Option<Operator> {
        self.by_name(&resource.name)
    }

    /// The operator, if the broken promise is about the whole resource of this name.
    fn by_name(&self, resource: &str) -> Option<Operator> {
        let here = self.mutation.resource == resource && self.mutation.member.is_empty();
        here.then_some(self.mutation.operator)
    }

    /// The operator, if the broken promise is about this member of a resource, or about the
    /// whole resource.
    fn at(&self, resource: &Resource, member: &str) -> Option<Operator> {
        let here = self.mutation.is_at(resource, member);
        here.then_some(self.mutation.operator)
    }

    /// The operator, if the broken promise is about this member.
    fn on(&self, at: &Member<'_>) -> Option<Operator> {
        self.at(at.resource, &at.field.name)
    }
}
