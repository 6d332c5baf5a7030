//! Undocumented parameters.

use crate::http::encode;
use fieldproof_spec::model::{
    Operation, Refusal, RefusalBody, Resource, UnknownParameters, Violations,
};

use crate::check::Check;
use crate::harness::{CheckError, Fixture, Harness, Request};
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
    mutants: |api, subject| {
        let dialect = &api.dialect;
        let all = dialect.refusals.said() == Some(&RefusalBody::Problem)
            && dialect.violations.is(Violations::All)
            && dialect.unknown_parameters.is(UnknownParameters::Refused);
        subject.mutations_where(&[
            (true, Operator::ParameterIgnored),
            (all, Operator::ViolationsCut),
        ])
    },
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
        ignored(harness, subject, &made)?;
        return unsorted(harness, subject, &made);
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
    // In another case, a name may be that of another parameter.
    let known = documented(resource);
    bad.retain(|(name, value)| matches!(*value, "zzz" | "up") || !known.contains(&name.as_str()));
    let plain = request(harness, subject, &made)?;
    let code = |value: &str| match value {
        "zzz" | "up" => "not_a_value",
        _ => "unknown_parameter",
    };
    for (name, value) in &bad {
        let mut request = plain.clone();
        request.path = format!("{}?{}={value}", request.path, encode(name));
        harness.refused_query(&request, &[(name, code(value))])?;
    }
    let mut several = plain;
    several.path = format!("{}?zzz=1&yyy=1&xxx=1", several.path);
    let wrong = ["zzz", "yyy", "xxx"].map(|name| (name, "unknown_parameter"));
    harness.refused_query(&several, &wrong)?;
    unchanged(harness, resource, &made)
}

/// Judges that undocumented sort keys and directions are refused, if a row says how invalid
/// values are answered. Of a repeated parameter, the first counts.
fn unsorted(harness: &Harness<'_>, subject: &Subject, made: &Fixture) -> Result<(), CheckError> {
    let list = subject.resource(harness.api).list.as_ref();
    let list = list.filter(|_| subject.operation() == Operation::List);
    let Some(list) = list else { return Ok(()) };
    let ask = |query: String| Request::get(&format!("{}?{query}", made.collection));
    if let Some(sort) = list.sort.as_ref().filter(|_| harness.says(Refusal::Query)) {
        let (by, order) = (encode(&sort.by), encode(&sort.order));
        harness.refused(Refusal::Query, &ask(format!("{by}=zzz")))?;
        harness.refused(Refusal::Query, &ask(format!("{order}=up")))?;
    }
    if let Some(sort) = &list.sort {
        let above = &made.ids[..made.ids.len() - 1];
        harness.several(subject.resource(harness.api), above, 3)?;
        let (by, order) = (encode(&sort.by), encode(&sort.order));
        let key = encode(&sort.default);
        let first = harness.expect(200, &ask(format!("{by}={key}&{order}=desc")))?;
        let twice = ask(format!("{by}={key}&{order}=desc&{order}=asc"));
        let twice = harness.expect(200, &twice)?;
        harness.ensure(first.json() == twice.json(), || {
            format!("of `{}` the first one counts", sort.order)
        })?;
    }
    Ok(())
}

/// Judges that unknown parameters make no difference.
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

/// The documented parameters of a list.
fn documented(resource: &Resource) -> Vec<&str> {
    let Some(list) = &resource.list else {
        return Vec::new();
    };
    let filters = list.filters.iter().flat_map(|filter| &filter.names);
    let sort = list.sort.iter().flat_map(|sort| [&sort.by, &sort.order]);
    let pages = list.page.iter().flat_map(|(page, _)| page.parameters());
    let named = filters.chain(sort).map(String::as_str);
    named.chain(pages.map(|one| one.name)).collect()
}
