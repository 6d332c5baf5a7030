//! Draws rewrites of the traffic, evenly over operators, routes and members.

use std::collections::BTreeMap;

use super::learn::{Answers, Requests, Traffic, Type, Way};
use super::operator::Operator;
use super::place::{Place, Step};
use super::rule::{Rewrite, Side, When};

/// Header fields that concern the connection, or that the proxy sets itself.
const OWN: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-length",
    "date",
    "host",
    "transfer-encoding",
    "user-agent",
];

/// An operator, a side, and a method with its route.
type Group = (Operator, Side, Way);

/// All rewrites of the traffic, in an order determined by the seed: one for each operator
/// on each route, then a second one, and so on.
#[must_use]
pub fn draw(traffic: &Traffic, seed: u64) -> Vec<Rewrite> {
    let mut all = Vec::new();
    for ((way, status), answers) in &traffic.answers {
        let whole = plain(way, Side::Answer, Some(*status));
        of_answers(&whole, answers, &mut all);
    }
    for (way, requests) in &traffic.requests {
        let whole = plain(way, Side::Request, None);
        of_requests(&whole, requests, &mut all);
    }
    let mut groups: BTreeMap<Group, Vec<(u64, Rewrite)>> = BTreeMap::new();
    for rewrite in all {
        let hash = hash(seed, &rewrite.to_string());
        let rewrite = narrowed(rewrite, traffic, hash);
        let way = (rewrite.method.clone(), rewrite.route.clone());
        let group = (rewrite.operator, rewrite.side, way);
        groups.entry(group).or_default().push((hash, rewrite));
    }
    let mut ranked = Vec::new();
    for mut group in groups.into_values() {
        group.sort();
        let group = group.into_iter().enumerate();
        ranked.extend(group.map(|(rank, (hash, rewrite))| (rank, hash, rewrite)));
    }
    ranked.sort();
    ranked.into_iter().map(|(_, _, rewrite)| rewrite).collect()
}

fn plain((method, route): &Way, side: Side, status: Option<u16>) -> Rewrite {
    Rewrite {
        method: method.clone(),
        route: route.clone(),
        status,
        when: When::Always,
        each: 1,
        side,
        operator: Operator::Drop,
        name: String::new(),
        place: Place::default(),
    }
}

fn of_answers(whole: &Rewrite, answers: &Answers, all: &mut Vec<Rewrite>) {
    let mut add = |operator: Operator, name: &str, place: &Place| {
        all.push(Rewrite {
            operator,
            name: name.to_owned(),
            place: place.clone(),
            ..whole.clone()
        });
    };
    let top = &Place::default();
    for (place, types) in answers.places.known() {
        let operators = operators(place, types.iter().copied());
        operators.for_each(|operator| add(operator, "", place));
    }
    for name in answers.fields().filter(|name| !is_own(name)) {
        for operator in [
            Operator::FieldLost,
            Operator::FieldOther,
            Operator::FieldTwice,
        ] {
            add(operator, name, top);
        }
    }
    let status = whole.status.unwrap_or_default();
    for other in others(status) {
        add(Operator::Status, &other.to_string(), top);
    }
    if answers.json && whole.method != "HEAD" {
        for operator in [
            Operator::BodyLost,
            Operator::BodyCut,
            Operator::Spaced,
            Operator::Escaped,
        ] {
            add(operator, "", top);
        }
    }
    if whole.method == "GET" && status == 200 {
        for operator in [Operator::Stale, Operator::Frozen, Operator::Another] {
            add(operator, "", top);
        }
    }
}

fn of_requests(whole: &Rewrite, requests: &Requests, all: &mut Vec<Rewrite>) {
    let mut add = |operator: Operator, name: &str, place: &Place| {
        all.push(Rewrite {
            operator,
            name: name.to_owned(),
            place: place.clone(),
            ..whole.clone()
        });
    };
    let top = &Place::default();
    for (place, types) in requests.places.known() {
        let operators = operators(place, types.iter().copied());
        operators.for_each(|operator| add(operator, "", place));
    }
    for name in requests.fields().filter(|name| !is_own(name)) {
        add(Operator::FieldLost, name, top);
        add(Operator::FieldOther, name, top);
    }
    for name in requests.parameters() {
        for operator in [
            Operator::ParameterLost,
            Operator::ParameterOther,
            Operator::ParameterCase,
        ] {
            add(operator, name, top);
        }
    }
    if requests.bodies {
        add(Operator::BodyLost, "", top);
    }
    let Some(done) = requests.done.first() else {
        return;
    };
    match whole.method.as_str() {
        "DELETE" => {
            add(Operator::Swallowed, &done.to_string(), top);
            add(Operator::Elsewhere, "", top);
        }
        "POST" => {
            add(Operator::Doubled, "", top);
            if requests.makes {
                add(Operator::Undone, "", top);
            }
        }
        "PUT" | "PATCH" => {
            for operator in [Operator::Undone, Operator::Doubled, Operator::Elsewhere] {
                add(operator, "", top);
            }
        }
        _ => {}
    }
}

/// The operators that apply to a place, given the types of its values.
fn operators(place: &Place, types: impl Iterator<Item = Type>) -> impl Iterator<Item = Operator> {
    let mut operators: Vec<Operator> = types.flat_map(|one| of_type(one).iter().copied()).collect();
    if place.member().is_some() {
        operators.extend([Operator::Drop, Operator::Rename, Operator::Twice]);
        operators.extend([Operator::Sibling, Operator::Neighbour]);
    }
    operators.sort_unstable();
    operators.dedup();
    operators.into_iter()
}

fn of_type(one: Type) -> &'static [Operator] {
    use Operator::*;
    match one {
        Type::Null => &[Retype, Other],
        Type::Boolean => &[Null, Retype, Other, Wrap],
        Type::Number => &[Null, Empty, Retype, Other, Wrap],
        Type::Text => &[Null, Empty, Retype, Other, Case, Pad, Cut, Wrap],
        Type::List => &[
            Null, Empty, Retype, LoseFirst, LoseLast, Repeat, Reverse, Swap, Stranger,
        ],
        Type::Object => &[Null, Empty, Retype, Add, Order, Wrap],
    }
}

/// Other statuses that may replace this one.
fn others(status: u16) -> &'static [u16] {
    match status {
        200 => &[201, 202, 204, 404, 500],
        201 => &[200, 202, 409],
        204 => &[200, 202, 404],
        400 => &[422, 200, 500],
        401 => &[403, 404],
        403 => &[401, 404],
        404 => &[410, 403, 400],
        405 => &[404, 501],
        409 => &[422, 412, 400],
        412 => &[409, 428],
        415 => &[400, 422],
        422 => &[400, 409, 500],
        _ => &[500, 200],
    }
}

fn is_own(name: &str) -> bool {
    OWN.iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// Narrows a rewrite to fewer exchanges or items, depending on the hash; three in ten are
/// left alone.
fn narrowed(mut rewrite: Rewrite, traffic: &Traffic, hash: u64) -> Rewrite {
    let way = (rewrite.method.clone(), rewrite.route.clone());
    let status = rewrite.status.unwrap_or_default();
    let answers = traffic.answers.get(&(way, status));
    match hash % 10 {
        0 | 1 => rewrite.place = rewrite.place.with_elements(&Step::Every, &Step::First),
        2 | 3 => rewrite.place = rewrite.place.with_elements(&Step::Every, &Step::Last),
        4 => rewrite.each = 2,
        5 | 6 => {
            let all = answers.map(conditions).unwrap_or_default();
            let chosen = all.get((hash >> 8) as usize % all.len().max(1));
            rewrite.when = chosen.cloned().unwrap_or_default();
        }
        _ => {}
    }
    rewrite
}

fn conditions(answers: &Answers) -> Vec<When> {
    let mut all: Vec<When> = answers
        .parameters()
        .map(|name| When::With(name.clone()))
        .collect();
    if answers.bare && !all.is_empty() {
        all.push(When::Bare);
    }
    if answers.many {
        all.push(When::Many);
    }
    all.extend(answers.members().map(|name| When::Sends(name.clone())));
    all
}

/// FNV-1a with mixing; any hash with an even distribution will do.
fn hash(seed: u64, text: &str) -> u64 {
    let hash = text
        .bytes()
        .fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let mixed = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}
