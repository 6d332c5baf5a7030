//! Resources, with their fields and rules.

use super::super::{
    Bound, Distinct, Exclusive, Field, Invite, Login, On, Parent, Resource, Type, Unique,
};
use super::Input;
use crate::syntax;

impl Input<'_> {
    pub(super) fn resource(&self, name: &str, resource: &syntax::Resource) -> Resource {
        Resource {
            name: name.to_owned(),
            was: resource.was.clone(),
            about: resource.about.clone(),
            path: resource.path.clone(),
            id: resource.id.field.clone(),
            id_in_path: resource.id.name_in_path().to_owned(),
            id_kind: resource.id.kind,
            id_rulings: resource.id.ruling.as_slice().to_vec(),
            times: resource.times.clone(),
            bound: self.bound(name, resource),
            login: self.login(name, resource),
            watch: self.watch(name, resource),
            invite: self.invite(name, resource),
            parent: parent(resource),
            fields: self.members(name, resource),
            unique: self.unique(name, resource),
            exclusive: self.exclusive(name, resource),
            list: resource.list.as_ref().map(|list| self.list(name, list)),
            distinct: self.distinct(name, resource),
            get: resource.get.as_ref().map(|get| self.get(name, get)),
            create: (resource.create.as_ref()).map(|create| self.create(name, create)),
            update: (resource.update.as_ref()).map(|update| self.update(name, update)),
            append: (resource.append.as_ref()).map(|append| self.append(name, append)),
            delete: (resource.delete.as_ref()).map(|delete| self.delete(name, delete)),
            row: self.row(&["resources", name], &resource.at, &resource.ruling),
        }
    }

    /// The fields, adapted to the operations and rules of their resource.
    fn members(&self, name: &str, resource: &syntax::Resource) -> Vec<Field> {
        let fields = self.fields(&["resources", name], &resource.fields);
        let made = |field: Field| {
            let on = match resource.update {
                Some(_) => field.on,
                // Without an update, only a create or an import writes it.
                None => On::Create,
            };
            let times = resource.times.as_ref();
            let stamped = times
                .is_some_and(|times| field.name == times.created || field.name == times.updated);
            let field = addressable(resource, field);
            Field {
                on,
                stamped,
                ..field
            }
        };
        fields.into_iter().map(made).collect()
    }

    fn bound(&self, name: &str, resource: &syntax::Resource) -> Option<Bound> {
        let bound = resource.bound.as_ref()?;
        Some(Bound {
            fields: bound.fields.clone(),
            row: self.row(&["resources", name, "bound"], &bound.at, &bound.ruling),
        })
    }

    fn login(&self, name: &str, resource: &syntax::Resource) -> Option<Login> {
        let login = resource.login.as_ref()?;
        Some(Login {
            token: login.token.clone(),
            user: login.user.clone(),
            needs: login.needs.clone().into_iter().collect(),
            row: self.row(&["resources", name, "login"], &login.at, &login.ruling),
        })
    }

    fn invite(&self, name: &str, resource: &syntax::Resource) -> Option<Invite> {
        let invite = resource.invite.as_ref()?;
        Some(Invite {
            when: invite.when.clone(),
            to: invite.to.clone(),
            sets: invite.sets.clone(),
            row: self.row(&["resources", name, "invite"], &invite.at, &invite.ruling),
        })
    }

    fn unique(&self, name: &str, resource: &syntax::Resource) -> Vec<Unique> {
        let rules = resource.unique.iter().enumerate();
        let rule = |(index, unique): (usize, &syntax::Unique)| Unique {
            fields: unique.fields.clone(),
            within: unique.within,
            row: self.row(
                &["resources", name, "unique", &index.to_string()],
                &unique.at,
                &unique.ruling,
            ),
        };
        rules.map(rule).collect()
    }

    fn exclusive(&self, name: &str, resource: &syntax::Resource) -> Vec<Exclusive> {
        let rules = resource.exclusive.iter().enumerate();
        let rule = |(index, exclusive): (usize, &syntax::Exclusive)| Exclusive {
            fields: exclusive.fields.clone(),
            row: self.row(
                &["resources", name, "exclusive", &index.to_string()],
                &exclusive.at,
                &exclusive.ruling,
            ),
        };
        rules.map(rule).collect()
    }

    fn distinct(&self, name: &str, resource: &syntax::Resource) -> Option<Distinct> {
        let distinct = resource.distinct.as_ref()?;
        let path = ["resources", name, "distinct"];
        Some(Distinct {
            fields: distinct.fields.clone(),
            row: self.row(&path, &distinct.at, &distinct.ruling),
        })
    }
}

fn parent(resource: &syntax::Resource) -> Option<Parent> {
    let parent = resource.parent.as_ref()?;
    Some(Parent {
        resource: parent.resource.clone(),
        embed: parent.embed.as_ref().map(|embed| embed.field.clone()),
        touch: parent.embed.as_ref().is_some_and(|embed| embed.touch),
        rulings: parent.ruling.as_slice().to_vec(),
    })
}

/// Segments that name no object: URL parsers remove them from paths (RFC 3986 section
/// 5.2.4), even if encoded.
const DOTS: [&str; 2] = [".", ".."];

/// A field whose text is used as the last segment of a path; texts that no path can contain
/// become reserved.
fn addressable(resource: &syntax::Resource, mut field: Field) -> Field {
    let names = resource.get.iter().flat_map(|get| get.also.keys());
    let is_segment = names.into_iter().any(|name| {
        let joined = resource
            .fields
            .get(name)
            .and_then(|field| field.derive.as_ref());
        let source = match joined {
            Some(syntax::Derive::Join { join }) if join.len() == 1 => join.first(),
            _ => Some(name),
        };
        source == Some(&field.name)
    });
    let free = matches!(field.ty, Type::Text { .. } | Type::ExternalId);
    if is_segment && free && field.derive.is_none() {
        let missing = DOTS
            .iter()
            .filter(|dots| !field.reserved.iter().any(|one| one == *dots));
        let missing: Vec<String> = missing.map(|dots| (*dots).to_owned()).collect();
        field.reserved.extend(missing);
    }
    field
}
