//! Single objects.

use fieldproof_spec::model::{Field, Resource};
use serde_json::{Map, Value};

use super::refusal::{names, problem, refuse_query};
use super::route::line;
use super::{Caller, Kind, Record, Refusal, Reply, Request, Service};
use crate::model::shown;

impl Service {
    pub(super) fn all(&self, resource: &Resource) -> &[Record] {
        self.records.get(&resource.name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn seen(&self, resource: &Resource, caller: &Caller, record: &Record) -> bool {
        let own = record.user.is_none()
            || record.user.as_deref() == caller.user
            || self.broken(Kind::UserLeak, &resource.name, "");
        // To what is below another tenant's object leads only a leak of both.
        let leaks = [&resource.name, &self.subject];
        let leaks = leaks
            .iter()
            .any(|one| self.broken(Kind::TenantLeak, one, ""));
        own && record.tenant == caller.tenant || leaks
    }

    /// The record at `ids`, whose parents are those of the path.
    pub(super) fn find(
        &self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
    ) -> Result<Record, Refusal> {
        let missing = || problem(404, "not_found", &[]);
        let mut found = None;
        for (at, one) in line(&self.api, resource).iter().enumerate() {
            let above = at.checked_sub(1).map(|above| &ids[above]);
            let loose = self.broken(Kind::ParentIgnored, &one.name, "");
            let record = self.all(one).iter().find(|record| {
                record.id == ids[at]
                    && self.seen(one, caller, record)
                    && (loose || record.parent.as_ref() == above)
            });
            found = Some(record.ok_or_else(missing)?.clone());
        }
        found.ok_or_else(missing)
    }

    /// A record as it is shown: with its children, without what is hidden.
    pub(super) fn shown(
        &self,
        resource: &Resource,
        caller: &Caller,
        record: &Record,
    ) -> Map<String, Value> {
        let mut object = record.object.clone();
        for child in self.api.children(&resource.name) {
            if let Some(field) = child
                .parent
                .as_ref()
                .and_then(|parent| parent.embed.as_ref())
            {
                let mut children: Vec<&Record> = self.all(child).iter().collect();
                children.retain(|one| {
                    one.parent.as_ref() == Some(&record.id) && one.tenant == record.tenant
                });
                let by_change = self.broken(Kind::ChildrenByChange, &child.name, "");
                children.sort_by_key(|one| match by_change {
                    true => (one.updated, one.order),
                    false => (one.created, one.order),
                });
                let shown = children
                    .iter()
                    .map(|one| Value::Object(self.shown(child, caller, one)));
                let shown: Value = shown.collect();
                let none = self.broken(Kind::DefaultMissing, &resource.name, field)
                    && shown.as_array().is_some_and(Vec::is_empty);
                object.insert(field.clone(), if none { Value::Null } else { shown });
            }
        }
        let hidden = |name: &str| self.broken(Kind::MemberHidden, &resource.name, name);
        let mut whole = Map::new();
        for field in resource
            .fields
            .iter()
            .filter(|field| field.is_plain() || (field.is_shown() && caller.sees))
            .filter(|field| !hidden(&field.name))
        {
            whole.insert(
                field.name.clone(),
                self.unfold(
                    &record.tenant,
                    &field.ty,
                    &self.masked(resource, field, object.get(&field.name)),
                ),
            );
        }
        whole
    }

    /// A value as it is shown.
    fn masked(&self, resource: &Resource, field: &Field, value: Option<&Value>) -> Value {
        let value = value.unwrap_or(&Value::Null);
        let broken = |kind| self.broken(kind, &resource.name, &field.name);
        match value {
            Value::String(text) if broken(Kind::ExternalLowered) => text.to_lowercase().into(),
            value if broken(Kind::SecretShown) => value.clone(),
            value => shown(&self.api, &field.ty, value),
        }
    }

    pub(super) fn reply(
        &self,
        resource: &Resource,
        caller: &Caller,
        status: u16,
        record: &Record,
    ) -> Reply {
        let json = ("content-type".to_owned(), "application/json".to_owned());
        let tag = ("etag".to_owned(), self.tag(resource, caller, record));
        let mut headers = vec![json, tag];
        headers.extend(self.guard(resource, caller));
        Reply {
            status,
            headers,
            body: Value::Object(self.shown(resource, caller, record)).to_string(),
        }
    }

    /// Whether an answer shows members that a scope shows.
    fn is_full(resource: &Resource, caller: &Caller) -> bool {
        caller.sees && resource.fields.iter().any(|field| field.scope.is_some())
    }

    /// The entity tag of what a caller sees.
    pub(super) fn tag(&self, resource: &Resource, caller: &Caller, record: &Record) -> String {
        let one = self.broken(Kind::VariantMissing, &resource.name, "");
        let variant = if Self::is_full(resource, caller) && !one {
            "s"
        } else {
            ""
        };
        format!("\"{}{variant}\"", record.version)
    }

    /// What keeps others from storing an answer.
    pub(super) fn guard(&self, resource: &Resource, caller: &Caller) -> Option<(String, String)> {
        let full = Self::is_full(resource, caller);
        full.then(|| ("cache-control".to_owned(), "no-store".to_owned()))
    }

    pub(super) fn get(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
        request: &Request,
    ) -> Result<Reply, Refusal> {
        refuse_query(request)?;
        self.judge_tags(resource, request)?;
        let record = self.find(resource, caller, ids)?;
        let tag = self.tag(resource, caller, &record);
        let known = names(request.headers.get("if-none-match"), &tag, true);
        if known && !self.broken(Kind::KnownIgnored, &resource.name, "") {
            let headers = vec![("etag".to_owned(), tag)];
            return Ok(Reply {
                status: 304,
                headers,
                body: String::new(),
            });
        }
        Ok(self.reply(resource, caller, 200, &record))
    }
}
