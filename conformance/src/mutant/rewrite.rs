//! Mutations of the spec: the statement of a row is taken out.

use fieldproof_spec::model::{
    Api, Asks, Blank, Effect, Field, Filter, IdempotencyKeys, Mode, Op, Page, ReadOnlyMembers,
    Resource, Role, UnknownMembers,
};

use super::mutation::{Mutation, Operator};

impl Mutation {
    /// The API without the statement that the broken promise comes from, if a row has it.
    pub(super) fn rewritten(&self, mut api: Api) -> Api {
        self.of_api(&mut api);
        for object in &mut api.objects {
            self.of_members(&mut object.fields);
        }
        let cap = api.switches.list_cap;
        for resource in &mut api.resources {
            self.of_members(&mut resource.fields);
            if resource.name != self.resource {
                continue;
            }
            self.of_resource(resource);
            let named = resource.fields.iter_mut();
            named
                .filter(|field| field.name == self.member)
                .for_each(|field| self.of_field(field));
            if let Some(list) = &mut resource.list {
                let filters = list.filters.iter_mut();
                filters
                    .filter(|filter| filter.names[0] == self.member)
                    .for_each(|filter| self.of_filter(filter));
                let pages = list.page.iter_mut();
                pages.for_each(|(page, _)| self.of_page(page, cap));
            }
        }
        api
    }

    fn of_api(&self, api: &mut Api) {
        match self.operator {
            Operator::IdempotencyIgnored => {
                api.dialect.idempotency_keys.value = IdempotencyKeys::Ignored;
            }
            Operator::UnknownTaken => api.switches.unknown_members = UnknownMembers::Ignore,
            Operator::ReadOnlyRefused => {
                api.dialect.read_only_members.value = ReadOnlyMembers::Equal;
            }
            _ => {}
        }
    }

    /// Changes the paging of a list; `cap` is the limit of lists without a documented one.
    fn of_page(&self, page: &mut Page, cap: Option<u32>) {
        match self.operator {
            Operator::PageDefault => {
                let limit = page.default.or(cap);
                page.default = Some(limit.map_or(50, |limit| limit + 1));
            }
            Operator::PageUnbounded => page.max = u32::MAX,
            _ => {}
        }
    }

    fn of_filter(&self, filter: &mut Filter) {
        match self.operator {
            Operator::FilterAliasMissing => filter.names.truncate(1),
            Operator::FilterStrict => filter.op = other_edge(filter.op),
            Operator::FilterUnbounded => filter.max_items = Some(u32::MAX),
            _ => {}
        }
    }

    /// Changes members, of resources and of objects.
    fn of_members(&self, fields: &mut [Field]) {
        let role = |role: Role| match self.operator {
            Operator::BasicMissing => role == Role::Username,
            Operator::ColonTaken => role == Role::Username,
            Operator::EventsIgnored => role == Role::Events,
            Operator::HeadersMissing => role == Role::Headers,
            Operator::MethodIgnored => role == Role::Method,
            Operator::PreviousMissing => role == Role::Previous,
            Operator::TemplateIgnored => role == Role::Template,
            _ => false,
        };
        for field in fields {
            field.role = field.role.filter(|one| !role(*one));
            match self.operator {
                Operator::NameMissing => field.also.clear(),
                Operator::ConditionMissing => {
                    field.only_if.clear();
                    field.required_if.clear();
                }
                _ => {}
            }
        }
    }

    fn of_field(&self, field: &mut Field) {
        match self.operator {
            Operator::BlankTaken => field.blank = Blank::Text,
            Operator::FoldMissing => field.folded = false,
            Operator::LenientMissing => field.lenient = false,
            Operator::LoneRefused => field.scalar_as_list = false,
            Operator::RequiredIgnored => field.required = false,
            Operator::ReservedTaken => field.reserved.clear(),
            Operator::SetRepeats => field.unique_items = false,
            Operator::SplitMissing => field.delimited = None,
            Operator::UniqueIgnored => field.unique = None,
            Operator::UnwrapMissing => field.envelope = None,
            Operator::WriteOnlyShown => field.mode = Mode::ReadWrite,
            _ => {}
        }
    }

    fn of_resource(&self, resource: &mut Resource) {
        let list = resource.list.iter_mut();
        match self.operator {
            Operator::CombinationIgnored => {
                resource
                    .unique
                    .retain(|one| one.fields.last() != Some(&self.member));
            }
            Operator::DistinctIgnored => resource.distinct = None,
            Operator::EnvelopeMissing => list.for_each(|list| list.envelope = None),
            Operator::ExclusiveIgnored => resource.exclusive.clear(),
            Operator::IntervalOneWay => list.for_each(|list| list.intervals.clear()),
            Operator::InviteMissing => resource.invite = None,
            Operator::LoginStale => {
                let login = resource.login.iter_mut();
                login.for_each(|login| login.needs.clear());
            }
            Operator::LookupMissing => resource.get.iter_mut().for_each(|get| get.also.clear()),
            Operator::ReplaceKeeps => {
                let update = resource.update.iter_mut();
                update.for_each(|update| update.effect = Effect::Merge);
            }
            Operator::ScopeShowsAll => {
                let fields = resource.fields.iter_mut();
                fields.for_each(|field| field.scope = None);
            }
            _ => {}
        }
    }
}

/// The operation that differs in whether the bound itself belongs to the range.
fn other_edge(op: Op) -> Op {
    let Asks::Range { lower, inclusive } = op.asks() else {
        return op;
    };
    let other = Asks::Range {
        lower,
        inclusive: !inclusive,
    };
    let mut all = Op::ALL.into_iter();
    all.find(|one| one.asks() == other).unwrap_or(Op::AtLeast)
}
