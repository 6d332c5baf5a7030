//! What a question of meaning is about.

use fieldproof_spec::model::{Api, Field, Operation, Resource};

/// A member of a resource, with the API that its type may lead into.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member<'a> {
    pub(crate) api: &'a Api,
    pub(crate) resource: &'a Resource,
    pub(crate) field: &'a Field,
}

/// What is being done: the operation of a request, and the resource it is done with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Act {
    pub(crate) operation: Option<Operation>,
    pub(crate) resource: String,
}
