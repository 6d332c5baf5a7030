//! Concurrent creates by two clients, and lists during creates.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use fieldproof_spec::model::{Api, Operation, Order, Refusal, Resource};
use serde_json::{Map, Value};

use crate::check::Check;
use crate::harness::{CheckError, ClientTask, Exchange, Harness, Request, follow};
use crate::model::{path, room};
use crate::mutant::{Mutation, Operator};
use crate::obligation::Severity;
use crate::subject::{Subject, each_operation};
use crate::support::combined;

pub(crate) static CHECK: Check = Check {
    name: "at-once",
    about: "Of two creates with one unique value, sent side by side, one is taken; and every list that begins after a \
            create was answered has that object, once, while others are being made.",
    severity: Severity::Major,
    waits: false,
    oblige: |api| {
        let mut subjects = each_operation(api, &[Operation::Create], &[]);
        subjects.retain(|subject| subject.resource(api).list.is_some());
        subjects
    },
    mutants,
    run,
};

/// Mutations that break the promise.
fn mutants(api: &Api, subject: &Subject) -> Vec<Mutation> {
    let resource = subject.resource(api);
    let mut fields = resource.fields.iter();
    let single = fields.any(|field| field.unique.is_some() && field.on_create());
    match single || !resource.unique.is_empty() {
        true => subject.resource_mutations(&[Operator::ListStale, Operator::CreateTorn]),
        false => subject.resource_mutations(&[Operator::ListStale]),
    }
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let above = harness.make_above(resource)?;
    let collection = crate::harness::collection(resource, &above);
    let most = room(harness.api, resource).saturating_sub(1).min(8);
    let small = || Value::Object(harness.small_body(resource, &Map::new()));
    let request = |body: &Value| harness.create(resource, &collection).json(body);
    for _ in 0..2.min(most) {
        duplicates(harness, resource, &above, &request)?;
    }
    let creates: Vec<Request> = (2..most).map(|_| request(&small())).collect();
    let seen = write_and_read(harness, &creates, &collection)?;
    let mut made = Vec::new();
    for exchange in seen.iter().flat_map(Seen::made) {
        harness.note(exchange);
        harness.not_taken(exchange)?;
        harness.has_room(exchange)?;
        harness.ensure(exchange.status < 300, || {
            format!("a create beside a list is made, got {}", exchange.status)
        })?;
        let id = resource.id_of(&exchange.json()).unwrap_or_default();
        let mut ids = above.clone();
        ids.push(id.clone());
        harness.remember(&path(resource, &ids));
        made.push(id);
    }
    let conflict = harness.api.dialect.status(Refusal::Conflict).value;
    let refused = seen
        .iter()
        .flat_map(Seen::made)
        .find(|one| one.status == conflict);
    if let (Some(why), Some(_)) = (harness.limited(), refused) {
        return Err(CheckError::Skip(why));
    }
    let grows = grows(resource);
    for (before, pages) in seen.iter().flat_map(Seen::lists) {
        // If new objects come first, pages move while they are read.
        if pages.len() == 1 || grows {
            judge_list(harness, resource, &made[..*before], pages)?;
        }
    }
    Ok(())
}

/// One client creates objects while another reads the list repeatedly until all are
/// created.
fn write_and_read(
    harness: &Harness<'_>,
    creates: &[Request],
    collection: &str,
) -> Result<Vec<Seen>, CheckError> {
    let done = &AtomicUsize::new(0);
    let writer: ClientTask<'_, Seen> = Box::new(move |wire| {
        let mut made = Vec::new();
        for create in creates {
            made.push(wire.send(create)?);
            done.fetch_add(1, Ordering::SeqCst);
        }
        Ok(Seen::Made(made))
    });
    let base = harness.base().to_owned();
    let reader: ClientTask<'_, Seen> = Box::new(move |wire| {
        let mut lists = Vec::new();
        let mut last = false;
        while !last && lists.len() < 60 {
            let before = done.load(Ordering::SeqCst);
            last = before == creates.len();
            let (mut pages, mut next) = (Vec::new(), Some(collection.to_owned()));
            while let Some(page) = next {
                let exchange = wire.send(&Request::get(&page))?;
                let target = follow(&exchange, "next");
                next = target.map(|one| one.strip_prefix(&base).unwrap_or(&one).to_owned());
                pages.push(exchange);
            }
            lists.push((before, pages));
        }
        Ok(Seen::Lists(lists))
    });
    let seen = harness.side_by_side(vec![writer, reader]);
    seen.map_err(CheckError::Unreachable)
}

/// Judges that a list has every object once, and all that were created before it was
/// requested.
fn judge_list(
    harness: &Harness<'_>,
    resource: &Resource,
    made_before: &[String],
    pages: &[Exchange],
) -> Result<(), CheckError> {
    let mut found = Vec::new();
    for page in pages {
        harness.note(page);
        found.extend(harness.ids(resource, page)?);
    }
    let distinct: BTreeSet<&String> = found.iter().collect();
    harness.ensure(distinct.len() == found.len(), || {
        "a list has every object once, also while others are made".to_owned()
    })?;
    match made_before.iter().find(|id| !found.contains(id)) {
        Some(missed) => harness.fail(format!(
            "a list that began after `{missed}` was made lacks it"
        )),
        None => Ok(()),
    }
}

/// Whether new objects appear at the end of the list.
fn grows(resource: &Resource) -> bool {
    let sort = resource.list.as_ref().and_then(|list| list.sort.as_ref());
    sort.is_none_or(|sort| {
        let made = resource.times.as_ref().map(|times| &times.created);
        let last = sort.default == resource.id || Some(&sort.default) == made;
        last && sort.default_order == Order::Asc
    })
}

/// What a client observed.
enum Seen {
    /// Answers to creates, in order.
    Made(Vec<Exchange>),
    /// Pages of lists, each with the number of creates answered before.
    Lists(Vec<(usize, Vec<Exchange>)>),
}

impl Seen {
    fn made(&self) -> &[Exchange] {
        match self {
            Self::Made(made) => made,
            Self::Lists(_) => &[],
        }
    }

    fn lists(&self) -> &[(usize, Vec<Exchange>)] {
        match self {
            Self::Made(_) => &[],
            Self::Lists(lists) => lists,
        }
    }
}

/// Two concurrent creates with the same unique value.
fn duplicates(
    harness: &Harness<'_>,
    resource: &Resource,
    above: &[String],
    request: &dyn Fn(&Value) -> Request,
) -> Result<(), CheckError> {
    let single = resource
        .fields
        .iter()
        .find(|one| one.unique.is_some() && one.on_create());
    let several = resource.unique.first();
    let body = match (single, several) {
        (Some(field), _) => {
            let value = (field.name.clone(), harness.fresh_for(field, &Map::new()));
            harness.small_body(resource, &[value].into_iter().collect())
        }
        (None, Some(unique)) => harness.small_body(resource, &combined(harness, resource, unique)),
        (None, None) => return Ok(()),
    };
    let create = request(&Value::Object(body));
    let client = || -> ClientTask<'_, Exchange> {
        let create = create.clone();
        Box::new(move |wire| wire.send(&create))
    };
    let seen = harness
        .side_by_side(vec![client(), client()])
        .map_err(CheckError::Unreachable)?;
    seen.iter().try_for_each(|one| harness.has_room(one))?;
    let (made, refused): (Vec<&Exchange>, Vec<&Exchange>) =
        seen.iter().partition(|one| one.status < 300);
    for made in &made {
        harness.note(made);
        let json = made.json();
        let mut ids = above.to_vec();
        ids.extend(resource.id_of(&json));
        harness.remember(&path(resource, &ids));
    }
    if let (Some(why), false) = (harness.limited(), refused.is_empty()) {
        return Err(CheckError::Skip(why));
    }
    harness.ensure(made.len() == 1, || {
        let statuses: Vec<u16> = seen.iter().map(|one| one.status).collect();
        format!("of two creates with one unique value one is taken, got {statuses:?}")
    })?;
    refused
        .iter()
        .try_for_each(|one| harness.is_refused(Refusal::Conflict, one))
}
