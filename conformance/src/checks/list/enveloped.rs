//! The object around the items of a list.

use fieldproof_spec::model::{Api, EnvelopeWhen, Page};
use fieldproof_spec::paging::PageRole;

use crate::check::Check;
use crate::harness::{CheckError, Harness, Request};
use crate::http::encode;
use crate::mutant::Operator;
use crate::obligation::Severity;
use crate::subject::{Subject, SubjectPart};

pub(crate) static CHECK: Check = Check {
    name: "enveloped",
    about: "The array of a list stands in its documented member, beside the documented counts of objects and pages; \
            where only pages have an envelope, a list that is not asked for one is a bare array.",
    severity: Severity::Major,
    waits: false,
    oblige,
    mutants: |_, subject| subject.resource_mutations(&[Operator::EnvelopeMissing]),
    run,
};

fn oblige(api: &Api) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in &api.resources {
        let Some(list) = &resource.list else { continue };
        if let Some(envelope) = &list.envelope {
            let id = format!("{}.list.envelope", resource.name);
            subjects.push(Subject::new(
                id,
                &resource.name,
                SubjectPart::Whole,
                &[&envelope.row],
            ));
        }
    }
    subjects
}

fn run(harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let resource = subject.resource(harness.api);
    let Some((list, envelope)) = resource.list.as_ref().and_then(|list| {
        let envelope = list.envelope.as_ref()?;
        Some((list, envelope))
    }) else {
        return Ok(());
    };
    let above = harness.make_above(resource)?;
    harness.several(resource, &above, 2)?;
    let collection = crate::harness::collection(resource, &above);
    let bare = harness.expect(200, &Request::get(&collection))?;
    let always = envelope.when == EnvelopeWhen::Always;
    harness.ensure(bare.json().is_object() == always, || {
        format!(
            "a list is {}",
            if always { "an object" } else { "a bare array" }
        )
    })?;
    let page = list.page.as_ref().map(|(page, _)| page);
    let query = page.and_then(page_one);
    let paged = query.map(|query| Request::get(&format!("{collection}?{query}")));
    let mut answers = Vec::new();
    answers.extend(always.then_some(bare));
    answers.extend(
        paged
            .map(|request| harness.expect(200, &request))
            .transpose()?,
    );
    for exchange in answers {
        let items = harness.items(resource, &exchange)?;
        let json = exchange.json();
        let total = envelope.total.as_ref().and_then(|name| json[name].as_u64());
        let linked = harness.next(&exchange, &collection)?.is_some();
        // Without links, only the page itself tells whether it is the last one.
        let open = page.is_some_and(Page::is_cut);
        let shown = items.len() as u64;
        let counted = total.is_none_or(|total| match linked {
            true => total > shown,
            false => total == shown || open && !harness.has_links(),
        });
        harness.ensure(counted, || {
            format!("the total counts the objects of all pages, got {json}")
        })?;
    }
    Ok(())
}

/// A query that asks for the first page, if a client can ask for one.
fn page_one(page: &Page) -> Option<String> {
    let first = [
        (PageRole::Number, 1),
        (PageRole::Offset, 0),
        (PageRole::Size, page.max),
    ];
    let mut asked = first
        .into_iter()
        .filter_map(|(role, value)| Some(format!("{}={value}", encode(page.name(role)?))));
    asked.next()
}
