//! One promise broken at a time: the check that owns it has to fail.

use fieldproof_conformance::model::{Kind, Mutation};
use fieldproof_conformance::report::Verdict;
use fieldproof_spec::model::{Api, UnknownMembers};

use super::{agents, depots, judge, members, shelves};

/// In which way, of which resource and member, and the obligation that notices.
const MUTANTS: &[(Kind, &str, &str, &str)] = &[
    (
        Kind::FilterIgnored,
        "Shelf",
        "open",
        "Shelf.list.filter.open:selects",
    ),
    (
        Kind::FilterIgnored,
        "Book",
        "isbn",
        "Book.list.filter.isbn:selects",
    ),
    (
        Kind::FilterPrefix,
        "Shelf",
        "label",
        "Shelf.list.filter.label:selects",
    ),
    (
        Kind::FilterCased,
        "Shelf",
        "label",
        "Shelf.list.filter.label:selects",
    ),
    (
        Kind::FilterIgnored,
        "Shelf",
        "full",
        "Shelf.list.filter.full:selects",
    ),
    (
        Kind::FilterIgnored,
        "Shelf",
        "capacity",
        "Shelf.list:together",
    ),
    (
        Kind::FilterAliasMissing,
        "Shelf",
        "label",
        "Shelf.list.filter.label:spellings",
    ),
    (
        Kind::SortIgnored,
        "Shelf",
        "capacity",
        "Shelf.list.sort.capacity:orders",
    ),
    (
        Kind::SortOneWay,
        "Shelf",
        "label",
        "Shelf.list.sort.label:orders",
    ),
    (
        Kind::SortCased,
        "Shelf",
        "label",
        "Shelf.list.sort.label:orders",
    ),
    (Kind::PageShifted, "Shelf", "", "Shelf.list.page:pages"),
    (Kind::TotalOfPage, "Shelf", "", "Shelf.list.page:pages"),
    (Kind::PageUnbounded, "Shelf", "", "Shelf.list.page:limits"),
    (Kind::ParameterIgnored, "Shelf", "", "Shelf.list:parameters"),
    (Kind::MemberHidden, "Shelf", "load", "Shelf.load:shown"),
    (Kind::CreateForgets, "Shelf", "size", "Shelf.size:created"),
    (
        Kind::UpdateForgets,
        "Shelf",
        "keywords",
        "Shelf.keywords:updated",
    ),
    (Kind::BoundIgnored, "Shelf", "label", "Shelf.label:bounds"),
    (
        Kind::BoundIgnored,
        "Shelf",
        "capacity",
        "Shelf.capacity:bounds",
    ),
    (Kind::BoundIgnored, "Shelf", "books", "Shelf.books:bounds"),
    (Kind::BoundIgnored, "Shelf", "type", "Shelf.type:values"),
    (Kind::BoundIgnored, "Book", "contact", "Book.contact:format"),
    (
        Kind::BoundIgnored,
        "Shelf",
        "language",
        "Shelf.language:key",
    ),
    (Kind::BoundIgnored, "Shelf", "code", "Shelf.code:characters"),
    (
        Kind::RequiredIgnored,
        "Shelf",
        "label",
        "Shelf.label:required",
    ),
    (Kind::TypeIgnored, "Shelf", "open", "Shelf.open:typed"),
    (Kind::TypeIgnored, "Shelf", "open", "Shelf.create:problem"),
    (Kind::DefaultMissing, "Shelf", "open", "Shelf.open:default"),
    (
        Kind::ReadOnlyTaken,
        "Shelf",
        "origin",
        "Shelf.origin:read-only",
    ),
    (Kind::ReadOnlyTaken, "Shelf", "full", "Shelf.full:read-only"),
    (Kind::DerivedStale, "Shelf", "full", "Shelf.full:computed"),
    (
        Kind::DerivedStale,
        "Shelf",
        "tongue",
        "Language.label:table",
    ),
    (Kind::UniqueIgnored, "Shelf", "code", "Shelf.code:unique"),
    (
        Kind::CombinationIgnored,
        "Book",
        "contact",
        "Book.medium+contact:combination",
    ),
    (Kind::CascadeMissing, "Shelf", "", "Shelf.delete:cascade"),
    (Kind::TouchMissing, "Book", "", "Shelf.books:embedded"),
    (Kind::MergeClears, "Shelf", "", "Shelf.label:updated"),
    (Kind::AliasMissing, "Shelf", "", "Shelf.update:alias"),
    (Kind::StatusWrong, "Shelf", "create", "Shelf.create:status"),
    (Kind::StatusWrong, "Book", "delete", "Book.delete:status"),
    (Kind::TenantLeak, "Shelf", "", "Shelf.get:tenant"),
    (Kind::TenantLeak, "Shelf", "", "Shelf.list:tenant"),
    (
        Kind::TenantLeak,
        "Shelf",
        "",
        "Shelf.list.apart.label:apart",
    ),
    (Kind::TenantLeak, "Shelf", "", "Shelf.list.apart.code:apart"),
    (Kind::TokenIgnored, "Shelf", "", "Shelf.list:token"),
    (Kind::ScopeIgnored, "Book", "", "Book.create:scope"),
    (
        Kind::ConditionIgnored,
        "Shelf",
        "",
        "Shelf.update:condition",
    ),
    (Kind::ParentIgnored, "Book", "", "Book:parent"),
    (Kind::IdleTouches, "Shelf", "", "Shelf.update:idle"),
    (Kind::UnknownUnnamed, "Shelf", "", "Shelf.create:unknown"),
    (Kind::UpdateForgets, "Shelf", "type", "Shelf:history"),
];

/// The same for the API with input in many spellings.
const OF_DEPOTS: &[(Kind, &str, &str, &str)] = &[
    (Kind::ReplaceKeeps, "Depot", "", "Depot.update:replaced"),
    (Kind::UnknownTaken, "Depot", "", "Depot.create:unknown"),
    (
        Kind::FilterIgnored,
        "Depot",
        "after",
        "Depot.list.filter.after:selects",
    ),
    (
        Kind::FilterStrict,
        "Depot",
        "after",
        "Depot.list.filter.after:selects",
    ),
    (
        Kind::FilterStrict,
        "Depot",
        "since",
        "Depot.list.filter.since:selects",
    ),
    (
        Kind::FilterStrict,
        "Depot",
        "touched",
        "Depot.list.filter.touched:selects",
    ),
    (
        Kind::FilterStrict,
        "Depot",
        "gates",
        "Depot.list.filter.gates:selects",
    ),
    (
        Kind::LenientMissing,
        "Depot",
        "heated",
        "Depot.heated:lenient",
    ),
    (
        Kind::LenientMissing,
        "Depot",
        "gates",
        "Depot.gates:lenient",
    ),
    (
        Kind::LenientMissing,
        "Depot",
        "owner",
        "Depot.owner:lenient",
    ),
    (Kind::BlankTaken, "Depot", "name", "Depot.name:blank"),
    (Kind::BlankTaken, "Depot", "owner", "Depot.owner:blank"),
    (Kind::BlankTaken, "Depot", "tenants", "Depot.tenants:blank"),
    (Kind::SetRepeats, "Depot", "goods", "Depot.goods:set"),
    (Kind::SetRepeats, "Depot", "days", "Depot.days:set"),
    (Kind::LoneRefused, "Depot", "tenants", "Depot.tenants:set"),
    (Kind::BoundIgnored, "Depot", "goods", "Depot.goods:values"),
    (
        Kind::ExclusiveIgnored,
        "Depot",
        "",
        "Depot.owner+tenants:exclusive",
    ),
    (Kind::PresetHidden, "Depot", "", "presets:presets"),
    (Kind::AliasMissing, "Depot", "", "Depot.create:alias"),
    (Kind::LinkMissing, "Depot", "", "Depot.list.page:pages"),
];

/// The same for the API whose objects each user sees with values of his own.
const OF_MEMBERS: &[(Kind, &str, &str, &str)] = &[
    (Kind::UserLeak, "Club", "", "Club:bound"),
    (Kind::TenantLeak, "Club", "", "Club.list:tenant"),
    (Kind::UserLeak, "Club", "", "Club.list.apart.title:apart"),
    (Kind::EnvelopeMissing, "Club", "", "Club.list.page:pages"),
    (Kind::PageShifted, "Club", "", "Club.list.page:pages"),
    (Kind::LinkMissing, "Notice", "", "Notice.list.page:pages"),
    (Kind::EnvelopeMissing, "Notice", "", "Notice.list:status"),
    (Kind::ListReversed, "Club", "", "Club.list:listed"),
    (Kind::ListReversed, "Notice", "", "Notice.list:listed"),
    (Kind::DefaultMissing, "Club", "", "Club.motto:loaded"),
    (Kind::DefaultMissing, "Club", "", "Club.code:loaded"),
    (Kind::MemberHidden, "Club", "rank", "Club.rank:shown"),
    (
        Kind::FilterIgnored,
        "Club",
        "rank",
        "Club.list.filter.rank:selects",
    ),
    (
        Kind::FilterCased,
        "Club",
        "title",
        "Club.list.filter.title:selects",
    ),
];

/// The same for the API with nested objects, look-ups and searches.
const OF_AGENTS: &[(Kind, &str, &str, &str)] = &[
    (Kind::NestedReplaced, "Agent", "taste", "Agent.taste:merged"),
    (Kind::DistinctIgnored, "Agent", "", "Agent:distinct"),
    (Kind::LookupMissing, "Agent", "", "Agent.get.badge:lookup"),
    (Kind::LookupMissing, "Agent", "", "Agent.get.login:lookup"),
    (
        Kind::IntervalOneWay,
        "Agent",
        "",
        "Agent.list.from+to:interval",
    ),
    (
        Kind::FilterStrict,
        "Agent",
        "from",
        "Agent.list.filter.from:selects",
    ),
    (
        Kind::FilterIgnored,
        "Agent",
        "to",
        "Agent.list.filter.to:selects",
    ),
    (
        Kind::FilterIgnored,
        "Agent",
        "search",
        "Agent.list.filter.search:selects",
    ),
    (
        Kind::FilterCased,
        "Agent",
        "search",
        "Agent.list.filter.search:selects",
    ),
    (
        Kind::FilterIgnored,
        "Agent",
        "skills",
        "Agent.list.filter.skills:selects",
    ),
    (Kind::ReservedTaken, "Agent", "badge", "Agent.badge:unwrap"),
    (Kind::UnwrapMissing, "Agent", "firm", "Agent.firm:unwrap"),
    (Kind::PresetHidden, "Agent", "", "Agent.grade:entry"),
    (Kind::UniqueIgnored, "Agent", "mail", "Agent.mail:unique"),
    (Kind::BoundIgnored, "Agent", "color", "Agent.color:format"),
    (Kind::BoundIgnored, "Agent", "phrase", "Agent.phrase:bounds"),
    (Kind::ReadOnlyTaken, "Agent", "mail", "Agent.mail:read-only"),
    (Kind::InviteMissing, "Agent", "", "Agent.invited:invited"),
    (Kind::InviteRepeated, "Agent", "", "Agent.invited:invited"),
    (Kind::InviteUnasked, "Agent", "", "Agent.invited:invited"),
    (Kind::SecretShown, "Courier", "login", "Login.word:secret"),
    (Kind::SecretLost, "Courier", "grant", "Grant.stock:secret"),
    (
        Kind::ConditionMissing,
        "Courier",
        "",
        "Grant.stock:conditional",
    ),
    (
        Kind::ConditionMissing,
        "Courier",
        "",
        "Grant.word:conditional",
    ),
    (
        Kind::SplitMissing,
        "Courier",
        "login",
        "Courier.login:forms",
    ),
    (Kind::FoldMissing, "Courier", "way", "Courier.way:forms"),
    (
        Kind::BoundIgnored,
        "Courier",
        "shape",
        "Courier.shape:template",
    ),
    (
        Kind::BoundIgnored,
        "Courier",
        "head",
        "Courier.head:headers",
    ),
    (Kind::BoundIgnored, "Courier", "to", "Courier.to:format"),
    (
        Kind::ExclusiveIgnored,
        "Courier",
        "",
        "Courier.login+grant+head.Authorization:exclusive",
    ),
    (Kind::SharedStale, "Agent", "badges", "Agent.badges:shared"),
    (Kind::SharedTwice, "Agent", "badges", "Agent.badges:shared"),
    (
        Kind::MentionIgnored,
        "Agent",
        "badges",
        "Agent.badges:shared",
    ),
    (
        Kind::AppendReplaces,
        "Agent",
        "skills",
        "Agent.append.skills:appended",
    ),
    (
        Kind::AppendReplaces,
        "Agent",
        "badges",
        "Agent.append.badges:appended",
    ),
    (
        Kind::AppendTakesAll,
        "Agent",
        "",
        "Agent.append.skills:appended",
    ),
    (Kind::BoundIgnored, "Agent", "badges", "Badge.motto:nested"),
    (Kind::BoundIgnored, "Agent", "taste", "Taste.zone:nested"),
    (Kind::ScopeShowsAll, "Agent", "", "Agent.pass:by-scope"),
    (Kind::VariantMissing, "Agent", "", "Agent.pass:by-scope"),
    (Kind::LoginStale, "Agent", "", "Agent:login"),
    (Kind::LoginOpen, "Agent", "", "Agent:login"),
    (Kind::PairIgnored, "Agent", "", "auth.headers:credentials"),
    (Kind::AliasMissing, "Agent", "", "Agent.create:alias"),
    (Kind::AliasMissing, "Agent", "", "Agent.update:alias"),
    (
        Kind::ExcuseMissing,
        "Agent",
        "",
        "Agent.taste.alias:stand-in",
    ),
];

/// Misses of the mutants of `api`.
fn missed(api: &Api, mutants: &[(Kind, &str, &str, &str)]) -> Vec<(Kind, String, Verdict)> {
    let mut missed = Vec::new();
    for (kind, resource, member, obligation) in mutants {
        let mutation = Mutation {
            kind: *kind,
            resource: (*resource).to_owned(),
            member: (*member).to_owned(),
        };
        let id = format!("{}.{obligation}", api.name);
        let report = judge(api, Some(mutation), &[&id]);
        assert_eq!(report.outcomes.len(), 1, "{id} is one obligation");
        if report.outcomes[0].verdict != Verdict::Fail {
            missed.push((*kind, id, report.outcomes[0].verdict));
        }
    }
    missed
}

#[test]
fn every_mutant_is_caught_by_the_check_that_owns_the_promise() {
    let mut capped = depots();
    capped.switches.list_cap = Some(3);
    capped.switches.unknown_members = UnknownMembers::Reject;
    let mut missed = missed(&shelves(), MUTANTS);
    missed.extend(self::missed(&capped, OF_DEPOTS));
    let mut capped = members();
    capped.switches.list_cap = Some(3);
    missed.extend(self::missed(&capped, OF_MEMBERS));
    missed.extend(self::missed(&agents(), OF_AGENTS));
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn every_kind_of_mutant_is_tried() {
    for kind in Kind::ALL {
        assert!(
            MUTANTS
                .iter()
                .chain(OF_DEPOTS)
                .chain(OF_MEMBERS)
                .chain(OF_AGENTS)
                .any(|(tried, ..)| tried == kind),
            "{kind:?}"
        );
    }
}
