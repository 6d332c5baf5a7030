//! The number of words or values in a filter.

use fieldproof_spec::model::{Asks, Field, Filter};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::http::encode;
use crate::kind::kind;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, filters};

pub(crate) static CHECK: Check = Check {
    name: "many",
    about: "A question has as many words or values as the row says, those that stand twice included; with one more it \
            is refused with 400, naming the parameter.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| filters(api, |_, filter| filter.max_items.is_some()),
    mutants: |_, subject| subject.mutations(&[Operator::FilterUnbounded]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let (resource, filter) = (subject.resource(harness.api), subject.filter(harness.api));
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    let field = resource.field(&filter.field);
    let most = filter.most() as usize;
    let name = encode(&filter.names[0]);
    for good in asked(filter, field, most) {
        harness.expect(200, &Request::get(&format!("{collection}?{name}={good}")))?;
    }
    let mut bad = asked(filter, field, most + 1);
    if filter.op.asks() == Asks::Several {
        let again = asked(filter, field, 1).concat();
        bad.extend(
            asked(filter, field, most)
                .iter()
                .map(|all| format!("{all}&{name}={again}")),
        );
    }
    for bad in bad {
        harness.refused_query(
            &Request::get(&format!("{collection}?{name}={bad}")),
            &[(&filter.names[0], "too_many_items")],
        )?;
    }
    Ok(())
}

/// Filter texts with `count` words or values.
fn asked(filter: &Filter, field: Option<&Field>, count: usize) -> Vec<String> {
    let closed = field.and_then(|field| kind(&field.ty).closed());
    match (filter.op.asks(), closed) {
        (Asks::Several, Some(values)) => {
            let values: Vec<String> = values.iter().cycle().take(count).cloned().collect();
            vec![encode(&values.join(","))]
        }
        _ => {
            // The same word repeated, and different words.
            let other: Vec<String> = (0..count).map(|at| format!("w{at}")).collect();
            vec![
                encode(&vec!["w"; count].join(" ")),
                encode(&other.join(" ")),
            ]
        }
    }
}
