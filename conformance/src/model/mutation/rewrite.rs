//! Mutations that are another spec: what a row says is taken out of it.

use fieldproof_spec::model::{Api, Blank, Effect, Field, Mode, Resource, Role, UnknownMembers};

use super::{Kind, Mutation};

impl Mutation {
    /// The API without what the broken promise comes from, where a row says it.
    pub(in crate::model) fn rewritten(&self, mut api: Api) -> Api {
        self.of_api(&mut api);
        for object in &mut api.objects {
            self.of_members(&mut object.fields);
        }
        for resource in &mut api.resources {
            self.of_members(&mut resource.fields);
            if resource.name == self.resource {
                self.of_resource(resource);
                let named = resource.fields.iter_mut();
                named
                    .filter(|field| field.name == self.member)
                    .for_each(|field| self.of_field(field));
            }
        }
        api
    }

    fn of_api(&self, api: &mut Api) {
        if self.kind == Kind::UnknownTaken {
            api.switches.unknown_members = UnknownMembers::Ignore;
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
            Kind::FilterAliasMissing => {
                let filters = list.flat_map(|list| &mut list.filters);
                filters
                    .filter(|filter| filter.names[0] == self.member)
                    .for_each(|filter| filter.names.truncate(1));
            }
            Kind::IntervalOneWay => list.for_each(|list| list.intervals.clear()),
            Kind::InviteMissing => resource.invite = None,
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
