//! Identifiers.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Refusal, Type};

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::model::path;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, fields};

pub(crate) static CHECK: Check = Check {
    name: "identifier",
    about: "Every new object has an identifier of its own, in the documented form, growing with time; in a path any \
            case of it is read and a malformed one finds nothing.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let mut subjects = fields(api, |resource, field| {
            let own = field.ty == Type::Id && field.name == resource.id;
            own && resource.create.is_some() && resource.get.is_some()
        });
        for subject in &mut subjects {
            let rulings = subject.resource(api).id_rulings.clone();
            subject.rows[0].rulings.extend(rulings);
        }
        subjects
    },
    mutants: |_, subject| subject.resource_mutations(&[Operator::IdShortened]),
    run,
};

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let above = harness.make_above(resource)?;
    let mut ids = Vec::new();
    for _ in 0..5 {
        let made = harness.make_below(
            resource,
            &above,
            harness.body(resource, &serde_json::Map::new()),
        )?;
        ids.push(made.id().to_owned());
    }
    let distinct: BTreeSet<&String> = ids.iter().collect();
    harness.ensure(distinct.len() == ids.len(), || {
        "identifiers differ".to_owned()
    })?;
    if let (Some(_), Some(last)) = (&resource.delete, ids.last()) {
        let mut all = above.clone();
        all.push(last.clone());
        harness.send(&Request::new("DELETE", &path(resource, &all)))?;
        let body = harness.small_body(resource, &serde_json::Map::new());
        let next = harness.make_below(resource, &above, body)?;
        harness.ensure(!ids.iter().any(|id| id == next.id()), || {
            format!("the identifier {last} of what was removed is not given out again")
        })?;
    }
    if harness.api.dialect.identifiers.row.is_none() {
        return Ok(());
    }
    let rank = |id: &String| resource.id_kind.rank(id);
    let grows = ids.windows(2).all(|pair| rank(&pair[0]) < rank(&pair[1]));
    harness.ensure(grows, || format!("identifiers grow with time, got {ids:?}"))?;
    let at = |id: &str| {
        let mut all = above.clone();
        all.push(id.to_owned());
        path(resource, &all)
    };
    let upper = ids[0].to_uppercase();
    if upper != ids[0] {
        harness.expect(200, &Request::get(&at(&upper)))?;
    }
    let malformed = resource.id_kind.near_misses(&ids[0]);
    for id in malformed {
        harness.refused(Refusal::NotFound, &Request::get(&at(&id)))?;
    }
    Ok(())
}
