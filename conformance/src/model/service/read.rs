//! Reading of single objects.

use fieldproof_spec::model::{Field, Resource};
use serde_json::{Map, Value};

use super::condition::judge_tags;
use super::refusal::{names, refuse_query};
use super::{Caller, Record, Refusal, Reply, Request, Service};
use crate::model::semantics::Member;

impl Service {
    /// An object as shown: with its children, without hidden members.
    pub(super) fn shown(
        &self,
        resource: &Resource,
        caller: &Caller,
        record: &Record,
    ) -> Map<String, Value> {
        let mut object = record.object.clone();
        for child in self.api.children(&resource.name) {
            let relation = child.parent.as_ref();
            if let Some(field) = relation.and_then(|parent| parent.embed.as_ref()) {
                let children = self.embedded(child, caller, record);
                object.insert(field.clone(), children);
            }
        }
        let mut whole = Map::new();
        for field in &resource.fields {
            if !self.semantics.shows(resource, field, caller) {
                continue;
            }
            let at = self.member(resource, field);
            let kept = object.get(&field.name).unwrap_or(&Value::Null);
            let shown = self.semantics.shown(&at, kept);
            let shown = self.unfold(&record.tenant, &field.ty, &shown);
            whole.insert(field.name.clone(), shown);
        }
        whole
    }

    /// The children that an object embeds.
    fn embedded(&self, child: &Resource, caller: &Caller, record: &Record) -> Value {
        let mut children: Vec<&Record> = self.all(child).iter().collect();
        children
            .retain(|one| one.parent.as_ref() == Some(&record.id) && one.tenant == record.tenant);
        children.sort_by(|one, other| self.semantics.siblings(child, one, other));
        let shown = children
            .iter()
            .map(|one| Value::Object(self.shown(child, caller, one)));
        shown.collect()
    }

    /// The context of a member, for decisions of the semantics.
    pub(super) fn member<'a>(&'a self, resource: &'a Resource, field: &'a Field) -> Member<'a> {
        Member {
            api: &self.api,
            resource,
            field,
        }
    }

    /// An answer that shows an object.
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

    /// Whether a caller is shown scoped members of the resource.
    fn is_full(resource: &Resource, caller: &Caller) -> bool {
        caller.sees && resource.fields.iter().any(|field| field.scope.is_some())
    }

    /// The entity tag of an object as the caller sees it.
    pub(super) fn tag(&self, resource: &Resource, caller: &Caller, record: &Record) -> String {
        let full = Self::is_full(resource, caller);
        self.semantics.tag(resource, record, full)
    }

    /// The header that forbids caching of answers with scoped members.
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
        judge_tags(request)?;
        let record = self.find(resource, caller, ids)?;
        let tag = self.tag(resource, caller, &record);
        if names(request.headers.get("if-none-match"), &tag, true) {
            return Ok(Reply {
                status: 304,
                headers: vec![("etag".to_owned(), tag)],
                body: String::new(),
            });
        }
        Ok(self.reply(resource, caller, 200, &record))
    }
}
