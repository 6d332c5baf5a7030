//! Routing of requests to operations.

use std::sync::Arc;

use fieldproof_spec::model::{Api, Operation, Resource};

use super::media::formats;
use super::paths::{fits, operations};
use super::refusal::problem;
use super::{Refusal, Reply, Request, Service};
use crate::model::semantics::Act;

/// The operation that a request is routed to.
#[derive(Debug)]
pub(crate) struct RouteMatch<'a> {
    pub(crate) resource: &'a Resource,
    pub(crate) operation: Operation,
    /// The identifiers in the path, outermost first.
    pub(crate) ids: Vec<String>,
    /// Whether the path or method is an alias.
    pub(crate) is_alias: bool,
}

/// The operations at a path.
struct Stand<'a> {
    /// The methods of all operations at the path.
    allowed: Vec<&'static str>,
    /// Whether the path supports appending.
    appends: bool,
    matched: Option<RouteMatch<'a>>,
}

/// The operation of a request; `path` is relative to the base.
pub(crate) fn match_route<'a>(api: &'a Api, method: &str, path: &str) -> Option<RouteMatch<'a>> {
    stand(api, method, path).matched
}

/// The operations at a path, and the one that a method selects. HEAD selects the operation
/// of GET.
fn stand<'a>(api: &'a Api, method: &str, path: &str) -> Stand<'a> {
    let method = if method == "HEAD" { "GET" } else { method };
    let mut stand = Stand {
        allowed: Vec::new(),
        appends: false,
        matched: None,
    };
    // A literal path takes precedence over one with a parameter.
    let mut all = api.resources.iter().flat_map(operations);
    let plain = all.any(|(_, _, own)| own == path);
    for resource in &api.resources {
        for (operation, verbs, own) in operations(resource) {
            if plain && own != path {
                continue;
            }
            let spellings = resource.spellings(&own);
            let mut fitting = spellings.iter().enumerate();
            let fitting = fitting.find_map(|(at, one)| Some((at, fits(one, path)?)));
            let Some((spelling, ids)) = fitting else {
                continue;
            };
            stand.allowed.extend(verbs.iter().map(|verb| verb.as_str()));
            stand.appends |= operation == Operation::Append;
            let verb = verbs.iter().position(|verb| verb.as_str() == method);
            if let Some(verb) = verb {
                let elsewhere = !own.starts_with(resource.path.as_str());
                stand.matched = Some(RouteMatch {
                    resource,
                    operation,
                    ids,
                    is_alias: spelling > 0
                        || verb > 0
                        || operation != Operation::Create && elsewhere,
                });
            }
        }
    }
    stand
}

impl Service {
    pub(super) fn route(&mut self, request: &Request) -> Result<Reply, Refusal> {
        let api = Arc::clone(&self.api);
        let mut stand = stand(&api, &request.method, &request.path);
        let deployed = self.deployed(&api, &request.path);
        let reads = matches!(request.method.as_str(), "GET" | "HEAD");
        stand.allowed.extend(deployed.is_some().then_some("GET"));
        if let (true, Some(page)) = (reads, self.explained(&request.path)) {
            return Ok(page);
        }
        if stand.allowed.is_empty() {
            let managed = self.manage(request);
            return managed.unwrap_or_else(|| Err(problem(404, "not_found", &[])));
        }
        let allow = ("allow".to_owned(), named(&mut stand.allowed));
        if request.method == "OPTIONS" {
            let mut headers = vec![allow];
            if stand.allowed.contains(&"PATCH") {
                let formats = formats("PATCH", stand.appends);
                headers.push(("accept-patch".to_owned(), formats));
            }
            return Ok(Reply {
                status: 204,
                headers,
                body: String::new(),
            });
        }
        if let (true, Some(deployed)) = (reads, deployed) {
            return self.deploy(&deployed, request);
        }
        let Some(matched) = stand.matched else {
            let mut refusal = problem(405, "method_not_allowed", &[]);
            refusal.headers.push(allow);
            return Err(refusal);
        };
        self.act = Act {
            operation: Some(matched.operation),
            resource: matched.resource.name.clone(),
        };
        self.operate(&matched, request)
    }

    /// Performs an operation.
    fn operate(&mut self, matched: &RouteMatch<'_>, request: &Request) -> Result<Reply, Refusal> {
        let (resource, operation) = (matched.resource, matched.operation);
        let writes = !matches!(request.method.as_str(), "GET" | "HEAD");
        let caller = self.admit(request, writes)?;
        if resource.bound.is_some() && caller.user.is_none() {
            return Err(problem(403, "user_required", &[]));
        }
        let looks_up = resource
            .get
            .as_ref()
            .is_some_and(|get| !get.also.is_empty());
        if operation == Operation::Get && looks_up {
            let ids = self.look_up(resource, &caller, &matched.ids)?;
            return self.get(resource, &caller, &ids, request);
        }
        let ids = self.ids(resource, operation, &matched.ids)?;
        match operation {
            Operation::List => self.list(resource, &caller, &ids, request),
            Operation::Get => self.get(resource, &caller, &ids, request),
            Operation::Create => self.create(resource, &caller, &ids, request),
            Operation::Append => self.append(resource, &caller, &ids, request),
            Operation::Update => self.update(resource, &caller, &ids, request),
            Operation::Delete => self.delete(resource, &caller, &ids, request),
        }
    }
}

/// The value of `Allow`: the methods of a path, with HEAD and OPTIONS.
fn named(methods: &mut Vec<&'static str>) -> String {
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.push("OPTIONS");
    methods.sort_unstable();
    methods.dedup();
    methods.join(", ")
}
