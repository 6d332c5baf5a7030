//! Methods of paths.

use std::collections::BTreeSet;

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::model::operations;
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, owed};
use fieldproof_spec::model::{Api, Refusal, Sent};

pub(crate) static CHECK: Check = Check {
    name: "methods",
    about: "Every path of the resource takes its documented methods, HEAD with the headers of GET wherever GET is, and OPTIONS, which answers \
            204 with `Allow`; any other method is refused with 405 and the same `Allow`.",
    severity: Severity::Minor,
    waits: false,
    oblige: |api| {
        let told = api.dialect.methods.row_if(Sent::Sent);
        owed(told, crate::subject::resources(api, |_| true))
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let list = subject.resource(api).list.as_ref();
    let page = list.and_then(|list| list.page.as_ref());
    // The answer to HEAD also has the total number of objects.
    match page.is_some_and(|(page, _)| page.is_cut()) {
        true => subject.resource_mutations(&[
            Operator::AllowMissing,
            Operator::AllowRefused,
            Operator::HeadBare,
        ]),
        false => subject.resource_mutations(&[Operator::AllowMissing, Operator::AllowRefused]),
    }
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let made = harness.make(resource)?;
    let has_items = operations(resource)
        .iter()
        .any(|(_, _, template)| template.ends_with('}'));
    let item = has_items.then_some(&made.path);
    let has_collection = operations(resource)
        .iter()
        .any(|(_, _, template)| !template.ends_with('}') && template.starts_with(&resource.path));
    let collection = has_collection.then_some(&made.collection);
    for target in [collection, item].into_iter().flatten() {
        let mut expected: BTreeSet<&str> = BTreeSet::new();
        for (_, verbs, template) in operations(resource) {
            let is_item = template.ends_with('}');
            if is_item == (*target == made.path) && template.starts_with(&resource.path) {
                expected.extend(verbs.iter().map(|verb| verb.as_str()));
            }
        }
        let reads = expected.contains("GET");
        expected.insert("OPTIONS");
        if reads {
            expected.insert("HEAD");
            let exchange = harness.expect(200, &Request::new("HEAD", target))?;
            harness.ensure(exchange.reply.is_empty(), || "HEAD has no body".to_owned())?;
            let read = harness.expect(200, &Request::get(target))?;
            for name in ["content-type", "etag", "x-total-count", "link"] {
                harness.ensure(exchange.header(name) == read.header(name), || {
                    format!("HEAD answers with `{name}` as GET does")
                })?;
            }
        }
        let expected: BTreeSet<String> = expected.into_iter().map(str::to_owned).collect();
        let exchange = harness.expect(204, &Request::new("OPTIONS", target))?;
        let allow = harness.allowed(&exchange);
        harness.ensure(allow == expected, || {
            format!("Allow is {expected:?}, got {allow:?}")
        })?;
        if expected.contains("PATCH") {
            let patch = exchange
                .header("accept-patch")
                .unwrap_or_default()
                .to_owned();
            let merges = patch.contains("application/merge-patch+json");
            harness.ensure(merges == resource.append.is_none(), || {
                format!("Accept-Patch names merge patches where lists are replaced, got `{patch}`")
            })?;
        }
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"]
            .into_iter()
            .filter(|one| !expected.contains(*one))
            // Requests that could change what others rely on are not sent.
            .filter(|one| *one == "GET" || resource.create.is_some() || *target != made.path)
        {
            let exchange = harness.refused(Refusal::Method, &Request::new(method, target))?;
            let allow = harness.allowed(&exchange);
            harness.ensure(allow == expected, || {
                format!("Allow is {expected:?}, got {allow:?}")
            })?;
        }
    }
    Ok(())
}
