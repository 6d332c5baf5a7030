//! Optional parts that a service does not have, left out of a run with a reason.

use std::collections::BTreeMap;

use fieldproof_spec::model::Api;
use jiff::civil::Date;

use crate::baseline::Baseline;
use crate::compile::compile;
use crate::subject::SubjectPart;

/// The API without what is left out, and the reason of each obligation that is not asked.
/// A filter or sort key of which nothing is asked is not used by other checks either, and
/// what only it gave rise to is left out with it.
pub(crate) fn without(
    api: &Api,
    baseline: &Baseline,
    today: Date,
) -> (Api, BTreeMap<String, String>) {
    if baseline.parts().next().is_none() {
        return (api.clone(), BTreeMap::new());
    }
    let all = compile(api);
    let reason = |id: &str| {
        baseline
            .leaves_out(id, today)
            .map(|why| format!("left out: {why}"))
    };
    let named = all
        .iter()
        .filter_map(|one| Some((one.id.clone(), reason(&one.id)?)));
    let mut reasons: BTreeMap<String, String> = named.collect();
    if reasons.is_empty() {
        return (api.clone(), reasons);
    }
    let mut reduced = api.clone();
    for resource in &mut reduced.resources {
        let Some(list) = &mut resource.list else {
            continue;
        };
        // Whether nothing is asked of what some obligations are about.
        let unasked = |about: &dyn Fn(&SubjectPart) -> bool| {
            let mut own = all
                .iter()
                .filter(|one| one.resource == resource.name && about(&one.part))
                .peekable();
            own.peek().is_some() && own.all(|one| reasons.contains_key(&one.id))
        };
        list.filters.retain(|filter| {
            let name = &filter.names[0];
            !unasked(&|part| match part {
                SubjectPart::Filter(own) => own == name,
                SubjectPart::Interval { from, to } => from == name || to == name,
                SubjectPart::Whole
                | SubjectPart::Operation(_)
                | SubjectPart::Field(_)
                | SubjectPart::SortKey(_)
                | SubjectPart::Member { .. }
                | SubjectPart::Table(_)
                | SubjectPart::Exclusive(_)
                | SubjectPart::Unique(_)
                | SubjectPart::Example(_)
                | SubjectPart::Command(_) => false,
            })
        });
        let names: Vec<&String> = list.filters.iter().map(|one| &one.names[0]).collect();
        list.intervals
            .retain(|one| names.contains(&&one.from) && names.contains(&&one.to));
        if let Some(sort) = &mut list.sort {
            sort.keys
                .retain(|key| !unasked(&|part| *part == SubjectPart::SortKey(Some(key.clone()))));
            if sort.keys.is_empty() {
                list.sort = None;
            }
        }
    }
    let kept = compile(&reduced);
    for one in all {
        if !kept.iter().any(|kept| kept.id == one.id) {
            let why = || "left out: it is about parts that are left out".to_owned();
            reasons.entry(one.id).or_insert_with(why);
        }
    }
    (reduced, reasons)
}
