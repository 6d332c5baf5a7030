//! The relation of a request to a broken promise.

use fieldproof_spec::model::{Api, Operation, Resource};

use crate::model::{Request, match_route};
use crate::mutant::mutation::{Mutation, Operator};

/// The operation of a request, and how the mutation affects it.
#[derive(Debug)]
pub(super) struct RequestContext<'a> {
    /// The path below the base.
    pub(super) path: String,
    pub(super) resource: Option<&'a Resource>,
    pub(super) operation: Option<Operation>,
    pub(super) is_alias: bool,
    /// The operator, if the broken promise is about this operation or about its resource as
    /// a whole.
    pub(super) operator: Option<Operator>,
    /// The operator, if the broken promise is about anything of this resource.
    pub(super) near: Option<Operator>,
}

impl<'a> RequestContext<'a> {
    pub(super) fn of(api: &'a Api, request: &Request, mutation: &Mutation) -> Self {
        let path = request.path.strip_prefix(&api.base);
        let path = path.unwrap_or(&request.path).to_owned();
        let matched = match_route(api, &request.method, &path);
        let resource = matched.as_ref().map(|matched| matched.resource);
        let operation = matched.as_ref().map(|matched| matched.operation);
        let here = resource.zip(operation);
        let here = here.is_some_and(|(resource, one)| mutation.is_in(resource, one));
        let near = resource.is_some_and(|resource| resource.name == mutation.resource);
        Self {
            resource,
            operation,
            is_alias: matched.is_some_and(|matched| matched.is_alias),
            operator: here.then_some(mutation.operator),
            near: near.then_some(mutation.operator),
            path,
        }
    }

    /// Whether the request is for this operation.
    pub(super) fn is(&self, operation: Operation) -> bool {
        self.operation == Some(operation)
    }

    /// Whether the request is for an operation that writes a body.
    pub(super) fn writes(&self) -> bool {
        self.is(Operation::Create) || self.is(Operation::Update) || self.is(Operation::Append)
    }
}
