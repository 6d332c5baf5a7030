//! Mutations that are another meaning: one point of it, answered differently where the
//! broken promise is, and as documented everywhere else.

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

/// The meaning of the language with one promise broken.
#[derive(Debug)]
pub(super) struct MutatedSemantics {
    mutation: Mutation,
    /// The watches that were ever there, for who does not forget them.
    watches: Mutex<BTreeMap<String, Record>>,
}

impl MutatedSemantics {
    pub(super) fn new(mutation: Mutation) -> Self {
        Self {
            mutation,
            watches: Mutex::default(),
        }
    }

    /// The way in which a promise about the whole resource is broken.
    fn of(&self, resource: &Resource) -> Option<Operator> {
        self.by_name(&resource.name)
    }

    /// The way in which a promise about the whole resource of this name is broken.
    fn by_name(&self, resource: &str) -> Option<Operator> {
        let here = self.mutation.resource == resource && self.mutation.member.is_empty();
        here.then_some(self.mutation.operator)
    }

    /// The way in which a promise about something of a resource is broken.
    fn at(&self, resource: &Resource, member: &str) -> Option<Operator> {
        let here = self.mutation.is_at(resource, member);
        here.then_some(self.mutation.operator)
    }

    /// The way in which a promise about a member is broken.
    fn on(&self, at: &Member<'_>) -> Option<Operator> {
        self.at(at.resource, &at.field.name)
    }
}
