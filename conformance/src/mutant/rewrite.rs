//! Mutations that are another spec: what a row says is taken out of it.

use fieldproof_spec::model::{
    Api, Blank, Effect, Field, Filter, Mode, Op, Page, Resource, Role, UnknownMembers,
};

use super::mutation::{Kind, Mutation};

impl Mutation {
    /// The API without what the broken promise comes from, where a row says it.
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
        if self.kind == Kind::UnknownTaken {
            api.switches.unknown_members = UnknownMembers::Ignore;
        }
    }

    /// Pages of a list; `cap` is the limit of lists without a documented one.
    fn of_page(&self, page: &mut Page, cap: Option<u32>) {
        match self.kind {
            Kind::PageDefault => {
                let limit = page.default.or(cap);
                page.default = Some(limit.map_or(50, |limit| limit + 1));
            }
            Kind::PageUnbounded => page.max = u32::MAX,
            _ => {}
        }
    }

    fn of_filter(&self, filter: &mut Filter) {
        match self.kind {
            Kind::FilterAliasMissing => filter.names.truncate(1),
            Kind::FilterStrict => {
                filter.op = match filter.op {
                    Op::AtLeast => Op::Greater,
                    Op::Equals
                    | Op::EqualsFolded
                    | Op::Greater
                    | Op::Less
                    | Op::ContainsWords
                    | Op::HasAll => Op::AtLeast,
                };
            }
            Kind::FilterUnbounded => filter.max_items = Some(u32::MAX),
            _ => {}
        }
    }

    /// Members of the API, wherever they stand.
    fn of_members(&self, fields: &mut [Field]) {
        let role = |role: Role| match self.kind {
            Kind::BasicMissing => role == Role::Username,
            Kind::ColonTaken => role == Role::Username,
            Kind::EventsIgnored => role == Role::Events,
            Kind::HeadersMissing => role == Role::Headers,
            Kind::MethodIgnored => role == Role::Method,
            Kind::PreviousMissing => role == Role::Previous,
            Kind::TemplateIgnored => role == Role::Template,
            _ => false,
        };
        for field in fields {
            field.role = field.role.filter(|one| !role(*one));
            match self.kind {
                Kind::NameMissing => field.also.clear(),
                Kind::ConditionMissing => {
                    field.only_if.clear();
                    field.required_if.clear();
                }
                _ => {}
            }
        }
    }

    fn of_field(&self, field: &mut Field) {
        match self.kind {
            Kind::BlankTaken => field.blank = Blank::Text,
            Kind::FoldMissing => field.folded = false,
            Kind::LenientMissing => field.lenient = false,
            Kind::LoneRefused => field.lone = false,
            Kind::RequiredIgnored => field.required = false,
            Kind::ReservedTaken => field.reserved.clear(),
            Kind::SetRepeats => field.set = false,
            Kind::SplitMissing => field.split = None,
            Kind::UniqueIgnored => field.unique = None,
            Kind::UnwrapMissing => field.unwrap = None,
            Kind::WriteOnlyShown => field.mode = Mode::ReadWrite,
            _ => {}
        }
    }

    fn of_resource(&self, resource: &mut Resource) {
        let list = resource.list.iter_mut();
        match self.kind {
            Kind::CombinationIgnored => {
                resource
                    .unique
                    .retain(|one| one.fields.last() != Some(&self.member));
            }
            Kind::DistinctIgnored => resource.distinct = None,
            Kind::EnvelopeMissing => list.for_each(|list| list.envelope = None),
            Kind::ExclusiveIgnored => resource.exclusive.clear(),
            Kind::IntervalOneWay => list.for_each(|list| list.intervals.clear()),
            Kind::InviteMissing => resource.invite = None,
            Kind::LoginStale => {
                let login = resource.login.iter_mut();
                login.for_each(|login| login.needs.clear());
            }
            Kind::LookupMissing => resource.get.iter_mut().for_each(|get| get.also.clear()),
            Kind::ReplaceKeeps => {
                let update = resource.update.iter_mut();
                update.for_each(|update| update.effect = Effect::Merge);
            }
            Kind::ScopeShowsAll => {
                let fields = resource.fields.iter_mut();
                fields.for_each(|field| field.scope = None);
            }
            _ => {}
        }
    }
}
