//! Which twins of a promise are wrong.

use fieldproof_spec::model::{
    Api, Blank, Derive, Field, Resource, Type, UnknownMembers, Update, Verb,
};

use super::watch;
use crate::check::conditional::judges_changes;
use crate::check::{Duty, room};
use crate::model::{Kind, resets};
use crate::obligation::Obligation;

/// The ways in which the promise of `owner` can be broken.
pub(super) fn of(api: &Api, owner: &Obligation) -> Vec<Kind> {
    use Kind as K;
    let resource = api.resource(&owner.resource);
    let field = resource.and_then(|one| one.field(&owner.member));
    let operation = owner.member.as_str();
    match owner.check {
        "status" => match operation {
            "create" => vec![K::StatusWrong, K::LocationMissing, K::LabelWrong],
            _ => vec![K::StatusWrong],
        },
        "shown" => {
            let own = resource.is_some_and(|one| one.id == owner.member);
            match field {
                Some(field) if !field.is_shown() => vec![K::WriteOnlyShown],
                _ if own => vec![K::MemberHidden, K::MemberAdded],
                _ => vec![K::MemberHidden],
            }
        }
        "created" => vec![K::CreateForgets],
        "updated" => vec![K::UpdateForgets],
        "replaced" => vec![K::ReplaceKeeps],
        "default" => vec![K::DefaultMissing],
        "required" => vec![K::RequiredIgnored],
        "null" => {
            let updates = resource.is_some_and(|one| one.update.is_some());
            // Where blanks are nothing `null` is too, and there is no reset to miss.
            let resets = |one: &Field| resets(one) && one.blank != Blank::Nothing;
            let reset = field.is_some_and(|one| updates && one.on_update() && resets(one));
            let reset = reset.then_some(K::ResetMissing);
            [K::NullTurned].into_iter().chain(reset).collect()
        }
        "typed" => match field.map(|one| (&one.ty, one.list)) {
            Some((Type::Boolean, _)) => vec![K::TypeIgnored, K::BooleanKept, K::BooleanLoose],
            Some((Type::Integer { .. }, false)) => vec![K::TypeIgnored, K::IntegerWritten],
            _ => vec![K::TypeIgnored],
        },
        "nested" => match bounded(api, &owner.member) {
            true => vec![K::TypeIgnored, K::BoundIgnored],
            false => vec![K::TypeIgnored],
        },
        "format" => match field.map(|one| &one.ty) {
            Some(Type::Choice { .. }) if resource.is_some_and(|one| one.update.is_some()) => {
                vec![K::BoundIgnored, K::FitIgnored]
            }
            Some(Type::DateTime(_)) => vec![K::BoundIgnored, K::DateLoose],
            _ => vec![K::BoundIgnored],
        },
        "bounds" | "values" | "headers" | "template" | "characters" | "key" => {
            vec![K::BoundIgnored]
        }
        "conditional" => {
            let late = judges_changes(api, &Duty::of(owner)).then_some(K::ConditionLate);
            [K::ConditionMissing].into_iter().chain(late).collect()
        }
        "called" => vec![K::NameMissing],
        "secret" => vec![K::SecretShown, K::SecretLost],
        "forms" => {
            let folded = field.is_some_and(|field| field.folded);
            vec![if folded {
                K::FoldMissing
            } else {
                K::SplitMissing
            }]
        }
        "lenient" => vec![K::LenientMissing],
        "blank" => vec![K::BlankTaken],
        "set" => field.map_or(Vec::new(), |field| {
            let (set, lone) = (
                field.set.then_some(K::SetRepeats),
                field.lone.then_some(K::LoneRefused),
            );
            set.into_iter().chain(lone).collect()
        }),
        "exclusive" => vec![K::ExclusiveIgnored],
        "unwrap" => field.map_or(Vec::new(), |field| {
            let wrapped = field.unwrap.as_ref().map(|_| K::UnwrapMissing);
            let reserved = (!field.reserved.is_empty()).then_some(K::ReservedTaken);
            wrapped.into_iter().chain(reserved).collect()
        }),
        "entry" => {
            let update = resource.and_then(|one| one.update.as_ref());
            let updates = update.is_some_and(Update::merges);
            let part = field.is_some_and(|one| updates && one.on_update());
            let part = part.then_some(K::RowWhole);
            [K::PresetHidden].into_iter().chain(part).collect()
        }
        "presets" => vec![K::PresetHidden],
        "rows" => vec![K::RowCut],
        "merged" => {
            let object = field.and_then(|field| match &field.ty {
                Type::Object(name) => api.object(name),
                _ => None,
            });
            let reset = object.is_some_and(|one| one.fields.iter().any(resets));
            let reset = reset.then_some(K::ResetMissing);
            [K::NestedReplaced].into_iter().chain(reset).collect()
        }
        "patched" => match field.is_some_and(|one| matches!(one.ty, Type::Map)) {
            true => vec![K::PatchReplaces, K::PatchKeepsNull],
            false => vec![K::PatchReplaces],
        },
        "shared" => vec![K::SharedStale, K::SharedTwice, K::MentionIgnored],
        "appended" => vec![K::AppendReplaces, K::AppendTakesAll],
        "stand-in" => vec![K::ExcuseMissing],
        "lookup" => vec![K::LookupMissing],
        "distinct" => vec![K::DistinctIgnored],
        "interval" => vec![K::IntervalOneWay],
        "zoned" => vec![K::ZoneIgnored],
        "read-only" => vec![K::ReadOnlyTaken],
        "kept-inside" => vec![K::InsideTaken],
        "computed" => match moves(resource, &owner.member) {
            true if long(resource, &owner.member) => {
                vec![K::DerivedStale, K::DerivedMissing, K::DerivedCut]
            }
            true => vec![K::DerivedStale, K::DerivedMissing],
            false => vec![K::DerivedMissing],
        },
        "table" => vec![K::DerivedStale],
        "unique" => uniqueness(api, resource, &owner.member),
        "combination" => vec![K::CombinationIgnored],
        "identifier" => vec![K::IdShortened],
        "times" => vec![K::TimeFrozen],
        "embedded" => vec![K::TouchMissing, K::HalfKept, K::ChildrenByChange],
        "cascade" => vec![K::CascadeMissing],
        "parent" => vec![K::ParentIgnored],
        "alias" => vec![K::AliasMissing],
        "absent" => vec![K::AbsentAnswered],
        "methods" => match resource.is_some_and(counted) {
            true => vec![K::AllowMissing, K::HeadBare],
            false => vec![K::AllowMissing],
        },
        "condition" => match operation {
            "get" => vec![K::KnownIgnored, K::EtagMissing, K::TagSplit],
            "update" => vec![
                K::ConditionIgnored,
                K::EtagMissing,
                K::TagFirst,
                K::TagWeak,
                K::DiffersIgnored,
            ],
            _ => vec![K::ConditionIgnored],
        },
        "demanded" => vec![K::ConditionUnasked],
        "idle" => vec![K::IdleTouches],
        "media" => {
            let update = resource.and_then(|one| one.update.as_ref());
            let create = resource.and_then(|one| one.create.as_ref());
            let verbs = match operation {
                "create" => create.map(|one| &one.verbs),
                _ => update.map(|one| &one.verbs),
            };
            let mut kinds = vec![K::MediaIgnored, K::FormatsUnnamed];
            if verbs.is_some_and(|verbs| verbs.contains(&Verb::Put)) {
                kinds.extend([K::PutTakesAny, K::RangeTaken]);
            }
            kinds
        }
        "malformed" => vec![K::MalformedTaken],
        "unknown" if api.switches.unknown_members == UnknownMembers::Reject => {
            vec![K::UnknownTaken]
        }
        "unknown" => vec![K::UnknownUnnamed, K::UnknownRaw],
        "problem" => vec![K::ProblemPlain],
        "explained" => vec![K::ProblemUnexplained],
        "token" => vec![K::TokenIgnored],
        "scope" => match operation {
            "list" | "create" => vec![K::ScopeIgnored],
            _ => vec![K::ScopeIgnored, K::ScopeLate],
        },
        "by-scope" => vec![K::ScopeShowsAll, K::VariantMissing],
        "login" => vec![K::LoginOpen, K::LoginStale],
        "invited" => vec![K::InviteMissing, K::InviteRepeated, K::InviteUnasked],
        "credentials" => vec![K::PairIgnored],
        "tenant" => vec![K::TenantLeak],
        "apart" => match resource.is_some_and(|one| one.bound.is_some()) {
            true => vec![K::UserLeak],
            false => vec![K::TenantLeak],
        },
        "selects" => selecting(resource, operation),
        "spellings" => vec![K::FilterAliasMissing],
        "together" => vec![K::FiltersAnyOf],
        "encodings" => vec![K::EncodingIgnored],
        "orders" => sorting(resource, &owner.member),
        "pages" => paging(api, resource),
        "enveloped" => vec![K::EnvelopeMissing],
        "listed" => vec![K::ListReversed],
        "loaded" => vec![K::DefaultMissing],
        "bound" => vec![K::UserLeak],
        "limits" => {
            let sized = resource.is_some_and(|one| sized(api, one));
            let sized = sized.then_some(K::PageDefault);
            [K::PageUnbounded].into_iter().chain(sized).collect()
        }
        "many" => vec![K::FilterUnbounded],
        "parameters" => vec![K::ParameterIgnored],
        "example" => match resource.is_some_and(|one| one.parent.is_some()) {
            true => vec![K::CreateForgets],
            false => vec![K::LoadForgets],
        },
        "lost-update" => vec![K::UpdateTorn],
        "at-once" => {
            let single = |one: &Resource| {
                let mut fields = one.fields.iter();
                fields.any(|field| field.unique.is_some() && field.on_create())
            };
            let unique = resource.is_some_and(|one| single(one) || !one.unique.is_empty());
            let torn = unique.then_some(K::CreateTorn);
            [K::ListStale].into_iter().chain(torn).collect()
        }
        "command" => vec![K::StatusWrong],
        "history" => match resource.is_some_and(|one| one.update.is_some()) {
            true => vec![K::MergeClears],
            false => vec![K::ListReversed],
        },
        check if check.starts_with("watch") => watch::of(api, owner),
        _ => Vec::new(),
    }
}

/// Twins of a filter that are wrong.
fn selecting(resource: Option<&Resource>, name: &str) -> Vec<Kind> {
    use fieldproof_spec::model::Op;
    let mut kinds = vec![Kind::FilterIgnored];
    let filters = resource.and_then(|one| one.list.as_ref());
    let filter = filters.and_then(|list| list.filters.iter().find(|one| one.names[0] == name));
    let Some(filter) = filter else { return kinds };
    let field = resource.and_then(|one| one.field(&filter.field));
    let text = field.is_some_and(|field| matches!(field.ty, Type::Text { .. }) && !field.list);
    match filter.op {
        Op::EqualsFolded if text => {
            kinds.extend([Kind::FilterPrefix, Kind::FilterCased]);
            // Only texts that the suite writes tell the two apart.
            let written = resource.is_some_and(|one| one.create.is_some());
            kinds.extend(written.then_some(Kind::FilterLowered));
        }
        Op::Equals if text => kinds.push(Kind::FilterPrefix),
        Op::Greater | Op::AtLeast | Op::Less => kinds.push(Kind::FilterStrict),
        _ => {}
    }
    let ends = |field: &Field| {
        let unbounded = matches!(field.ty, Type::Integer { max: i64::MAX, .. });
        unbounded && field.unique.is_none() && field.on_create()
    };
    kinds.extend(
        (filter.op == Op::Greater && field.is_some_and(ends)).then_some(Kind::FilterSaturates),
    );
    let dated = |field: &Field| matches!(field.ty, Type::DateTime(_) | Type::ZonedTime { .. });
    kinds.extend(field.is_some_and(dated).then_some(Kind::MomentLoose));
    kinds
}

fn paging(api: &Api, resource: Option<&Resource>) -> Vec<Kind> {
    use fieldproof_spec::model::PageStyle;
    let page = resource
        .and_then(|one| one.list.as_ref())
        .and_then(|list| list.page.as_ref());
    match page.map(|(page, _)| page.style) {
        Some(PageStyle::LimitOffset) => {
            let flag = |name: &str| {
                let field = resource.and_then(|one| one.field(name));
                field.is_some_and(|field| field.ty == Type::Boolean && field.on_create())
            };
            let list = resource.and_then(|one| one.list.as_ref());
            let flags = list.is_some_and(|list| list.filters.iter().any(|one| flag(&one.field)));
            let mut kinds = vec![Kind::PageShifted, Kind::TotalOfPage, Kind::LinkBack];
            kinds.extend(flags.then_some(Kind::LinkForgets));
            kinds
        }
        Some(PageStyle::PageNumber) => {
            let list = resource.and_then(|one| one.list.as_ref());
            let envelope = list.and_then(|list| list.envelope.as_ref());
            let mut kinds = vec![Kind::PageShifted, Kind::ListCut];
            kinds.extend(envelope.map(|_| Kind::EnvelopeMissing));
            kinds
        }
        _ if api.switches.list_cap.is_some() => vec![Kind::LinkMissing],
        _ => vec![Kind::ListReversed],
    }
}

/// Whether a member of a nested object, as `Object.member`, has bounds.
fn bounded(api: &Api, member: &str) -> bool {
    let (object, name) = member.split_once('.').unwrap_or_default();
    let fields = api.object(object).into_iter().flat_map(|one| &one.fields);
    let plain = |ty: &Type| {
        matches!(
            ty,
            Type::Text { .. }
                | Type::Values(_)
                | Type::Color
                | Type::Language
                | Type::TimeZone
                | Type::Email { .. }
                | Type::Url { .. }
                | Type::Host { .. }
                | Type::Secret { .. }
        )
    };
    let mut fields = fields.filter(|field| field.name == name);
    fields.any(|field| plain(&field.ty) && !field.list)
}

/// Twins of uniqueness that are wrong.
fn uniqueness(api: &Api, resource: Option<&Resource>, member: &str) -> Vec<Kind> {
    let mut kinds = vec![Kind::UniqueIgnored];
    let Some(resource) = resource else {
        return kinds;
    };
    let own = resource.field(member).map(|field| &field.ty);
    let above = resource.parent.as_ref();
    kinds.extend((own == Some(&Type::ExternalId)).then_some(Kind::ExternalLowered));
    kinds.extend(
        above
            .and_then(|one| one.embed.as_ref())
            .map(|_| Kind::TwinsTaken),
    );
    let above = above.and_then(|one| api.resource(&one.resource)?.field(member));
    kinds.extend(
        above
            .filter(|one| Some(&one.ty) == own)
            .map(|_| Kind::UniqueAcross),
    );
    kinds
}

/// Whether there can be more objects than a page has that nobody asked for.
fn sized(api: &Api, resource: &Resource) -> bool {
    let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
    match page.and_then(|(page, _)| page.default) {
        Some(default) => default <= 200 && room(api, resource) > default as usize,
        None => room(api, resource) > 50,
    }
}

/// Whether a list of the resource tells how many objects there are.
fn counted(resource: &Resource) -> bool {
    let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
    page.is_some_and(|(page, _)| page.style == fieldproof_spec::model::PageStyle::LimitOffset)
}

/// Whether a computed text can be longer than each of its parts may be.
fn long(resource: Option<&Resource>, member: &str) -> bool {
    let field = resource.and_then(|one| one.field(member));
    let Some(Derive::Join(parts)) = field.and_then(|field| field.derive.as_ref()) else {
        return false;
    };
    let bounded = |name: &&String| {
        let part = resource.and_then(|one| one.field(name));
        part.is_some_and(|part| matches!(part.ty, Type::Text { max, .. } if max < 10_000))
    };
    parts.iter().filter(bounded).count() > 1
}

/// Whether an update can change what a member is computed from.
fn moves(resource: Option<&Resource>, member: &str) -> bool {
    let Some(field) = resource.and_then(|one| one.field(member)) else {
        return false;
    };
    let parts: Vec<&String> = match &field.derive {
        Some(Derive::Join(parts)) => parts.iter().collect(),
        Some(Derive::Lookup { key, .. }) => vec![key],
        _ => Vec::new(),
    };
    let written = |name: &&String| {
        let part = resource.and_then(|one| one.field(name));
        part.is_some_and(|part| part.on_update())
    };
    parts.iter().any(written)
}

/// Whether a sort key orders as the list is ordered without one.
fn is_default(resource: Option<&Resource>, key: &str) -> bool {
    let created = |one: &Resource| one.times.as_ref().map(|times| times.created.clone());
    let list = resource.and_then(|one| one.list.as_ref());
    let default = list
        .and_then(|list| list.sort.as_ref())
        .map(|sort| sort.default.as_str());
    let by_creation = |name: &str| {
        resource.is_some_and(|one| one.id == name || created(one).as_deref() == Some(name))
    };
    key.is_empty() || default == Some(key) || (default.is_some_and(by_creation) && by_creation(key))
}

/// Twins of an order that are wrong.
fn sorting(resource: Option<&Resource>, key: &str) -> Vec<Kind> {
    use fieldproof_spec::model::PageStyle;
    if is_default(resource, key) {
        return vec![Kind::SortOneWay];
    }
    let mut kinds = vec![Kind::SortIgnored, Kind::SortOneWay];
    let field = resource.and_then(|one| one.field(key));
    if field.is_some_and(|field| matches!(field.ty, Type::Text { .. })) {
        kinds.push(Kind::SortCased);
    }
    let list = resource.and_then(|one| one.list.as_ref());
    let page = list.and_then(|list| list.page.as_ref());
    if page.is_some_and(|(page, _)| page.style == PageStyle::LimitOffset) {
        kinds.push(Kind::SortInPage);
    }
    kinds
}
