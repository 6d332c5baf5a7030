//! Parameters that no document names.

use fieldproof_spec::model::{Operation, Refusal, Resource, UnknownParameters};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness};
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation, owed};
use crate::support::{request, unchanged};

pub(crate) static CHECK: Check = Check {
    name: "parameters",
    about: "A parameter that the operation does not have, another case of one, or a sort key or direction that is not \
            documented is refused with 400 and named; a mistyped filter would select everything.",
    severity: Severity::Minor,
    waits: false,
    oblige: |api| {
        let said = api.dialect.unknown_parameters.row.as_ref();
        owed(said, each_operation(api, &Operation::ALL, &[]))
    },
    mutants: |_, subject| subject.mutations(&[Operator::ParameterIgnored]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let made = harness.make(resource)?;
    if harness
        .api
        .dialect
        .unknown_parameters
        .is(UnknownParameters::Ignored)
    {
        return ignored(harness, subject, &made);
    }
    let mut bad = vec![("zzz".to_owned(), "1")];
    if let Some(list) = resource
        .list
        .as_ref()
        .filter(|_| subject.operation() == Operation::List)
    {
        if let Some(sort) = &list.sort {
            bad.extend([
                (sort.by.clone(), "zzz"),
                (sort.order.clone(), "up"),
                (sort.by.to_uppercase(), "asc"),
            ]);
        }
        if let Some(filter) = list.filters.first() {
            bad.push((filter.names[0].to_uppercase(), "1"));
        }
        bad.push(("filter[zzz]".to_owned(), "1"));
        bad.push(("LIMIT".to_owned(), "1"));
    }
    // In another case a name may be that of another parameter, or the same.
    let known = documented(resource);
    bad.retain(|(name, value)| matches!(*value, "zzz" | "up") || !known.contains(&name.as_str()));
    for (name, value) in bad {
        let mut request = request(harness, subject, &made)?;
        request.path = format!("{}?{}={value}", request.path, crate::http::encode(&name));
        let exchange = harness.refused(Refusal::Query, &request)?;
        let named = harness.names_parameter(&exchange, &name);
        harness.ensure(named, || format!("`{name}` is named"))?;
    }
    unchanged(harness, resource, &made)
}

/// A parameter that nobody knows makes no difference.
fn ignored(harness: &Harness<'_>, subject: &Subject, made: &Fixture) -> Result<(), CheckError> {
    let mut request = request(harness, subject, made)?;
    let plain = match subject.operation() {
        Operation::List | Operation::Get => Some(harness.send(&request)?.json()),
        _ => None,
    };
    request.path = format!("{}?zzz=1", request.path);
    let exchange = harness.send(&request)?;
    harness.ensure(exchange.status < 300, || {
        format!("`zzz` is as if it was not sent, got {}", exchange.status)
    })?;
    harness.ensure(plain.is_none_or(|plain| plain == exchange.json()), || {
        "the answer is the same with `zzz` and without".to_owned()
    })
}

/// The parameters of a list.
fn documented(resource: &Resource) -> Vec<&str> {
    let Some(list) = &resource.list else {
        return Vec::new();
    };
    let filters = list.filters.iter().flat_map(|filter| &filter.names);
    let sort = list.sort.iter().flat_map(|sort| [&sort.by, &sort.order]);
    let pages = list.page.iter().map(|(page, _)| page);
    let pages = pages.flat_map(|page| [&page.by, &page.size, &page.cursor]);
    let named = filters.chain(sort).chain(pages.flatten());
    named
        .map(String::as_str)
        .chain(["limit", "offset"])
        .collect()
}
