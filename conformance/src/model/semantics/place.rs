//! The contexts that decisions of the semantics depend on.

use fieldproof_spec::model::{Api, Field, Operation, Resource};

/// A member of a resource, with the API that its type may refer to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member<'a> {
    pub(crate) api: &'a Api,
    pub(crate) resource: &'a Resource,
    pub(crate) field: &'a Field,
}

/// The action in progress: the operation of a request and its resource.
#[derive(Debug, Clone, Default)]
pub(crate) struct Act {
    pub(crate) operation: Option<Operation>,
    pub(crate) resource: String,
}
