//! The model as a service: requests in, replies out.

use std::collections::HashMap;

use fieldproof_spec::model::{Api, Resource, Scope, Type, Verb};
use serde_json::{Map, Value, json};

use super::echo;
use super::mutation::{Kind, Mutation};
use super::object::{Violation, derive, read, takes_null};
use super::value::{accept, external};
use super::{Question, list, matches, ordered, print};

/// A request as the model sees it.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path below the base.
    pub path: String,
    /// The query string, raw.
    pub query: String,
    /// Headers with lower-case names.
    pub headers: HashMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
}

/// The model's reply.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// Headers with lower-case names.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

/// An object that the model keeps.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its identifier.
    pub id: String,
    /// The identifier of its parent.
    pub parent: Option<String>,
    /// The tenant it belongs to.
    pub tenant: String,
    /// Its place in the order of creation.
    pub order: u64,
    /// The moment of its create in microseconds.
    pub created: i64,
    /// The moment of its last change.
    pub updated: i64,
    /// The number of the change that made it what it is.
    pub version: u64,
    /// Its members without children.
    pub object: Map<String, Value>,
}

/// Who calls.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub(super) tenant: String,
    pub(super) reads: bool,
    pub(super) writes: bool,
}

/// One API in service.
#[derive(Debug)]
pub struct Service {
    pub(super) api: Api,
    tokens: HashMap<String, Caller>,
    records: HashMap<String, Vec<Record>>,
    clock: i64,
    number: u64,
    mutation: Option<Mutation>,
}

type Refusal = Box<Reply>;

impl Service {
    /// The API with nothing in it, one promise broken if asked for. Tokens are
    /// `main`, `other_tenant`, `read_only` and `no_scope`.
    #[must_use]
    pub fn new(api: Api, mutation: Option<Mutation>) -> Self {
        let caller = |tenant: &str, reads, writes| Caller {
            tenant: tenant.to_owned(),
            reads,
            writes,
        };
        let tokens = [
            ("main", caller("main", true, true)),
            ("other_tenant", caller("other", true, true)),
            ("read_only", caller("main", true, false)),
            ("no_scope", caller("main", false, false)),
        ];
        Self {
            api,
            tokens: tokens
                .map(|(token, caller)| (token.to_owned(), caller))
                .into(),
            records: HashMap::new(),
            // A round moment, so that replies of one run can be repeated.
            clock: 1_700_000_000_000_000,
            number: 0,
            mutation,
        }
    }

    pub(super) fn broken(&self, kind: Kind, resource: &str, member: &str) -> bool {
        self.mutation.as_ref().is_some_and(|mutation| {
            let whole = mutation.member.is_empty() || mutation.member == member;
            mutation.kind == kind && mutation.resource == resource && whole
        })
    }

    /// Answers a request whose path begins with the base.
    pub(super) fn serve(&mut self, mut request: Request) -> Reply {
        match request.path.strip_prefix(&self.api.base) {
            Some(path) => {
                request.path = path.to_owned();
                self.answer(&request)
            }
            None => *problem(404, "not_found", &[]),
        }
    }

    /// Answers a request.
    pub fn answer(&mut self, request: &Request) -> Reply {
        let mut reply = self.route(request).unwrap_or_else(|refusal| *refusal);
        if request.method == "HEAD" {
            reply.body.clear();
        }
        reply
    }

    fn route(&mut self, request: &Request) -> Result<Reply, Refusal> {
        let api = self.api.clone();
        let method = if request.method == "HEAD" {
            "GET"
        } else {
            request.method.as_str()
        };
        let mut allowed: Vec<&str> = Vec::new();
        let mut found = None;
        for resource in &api.resources {
            for (operation, verbs, path) in operations(resource) {
                let Some(ids) = fits(&path, &request.path) else {
                    continue;
                };
                let alias = verbs.iter().position(|verb| verb.as_str() == method);
                allowed.extend(verbs.iter().map(|verb| verb.as_str()));
                let is_alias =
                    alias.is_some_and(|at| at > 0) || !path.starts_with(resource.path.as_str());
                if is_alias && self.broken(Kind::AliasMissing, &resource.name, "") {
                    continue;
                }
                if alias.is_some() {
                    found = Some((resource, operation, ids));
                }
            }
        }
        if allowed.is_empty() {
            return Err(problem(404, "not_found", &[]));
        }
        if allowed.contains(&"GET") {
            allowed.push("HEAD");
        }
        allowed.push("OPTIONS");
        allowed.sort_unstable();
        allowed.dedup();
        let allow = ("allow".to_owned(), allowed.join(", "));
        if request.method == "OPTIONS" {
            let mut headers = vec![allow];
            if allowed.contains(&"PATCH") {
                headers.push((
                    "accept-patch".to_owned(),
                    "application/json, application/merge-patch+json".to_owned(),
                ));
            }
            return Ok(Reply {
                status: 204,
                headers,
                body: String::new(),
            });
        }
        let Some((resource, operation, ids)) = found else {
            let mut refusal = problem(405, "method_not_allowed", &[]);
            refusal.headers.push(allow);
            return Err(refusal);
        };
        let caller = self.admit(request, resource, method != "GET")?;
        let ids = self.ids(resource, operation, &ids)?;
        match operation {
            "list" => self.list(resource, &caller, &ids, request),
            "get" => self.get(resource, &caller, &ids, request),
            "create" => self.create(resource, &caller, &ids, request),
            "update" => self.update(resource, &caller, &ids, request),
            _ => self.delete(resource, &caller, &ids, request),
        }
    }

    fn admit(
        &self,
        request: &Request,
        resource: &Resource,
        writes: bool,
    ) -> Result<Caller, Refusal> {
        let token = request.headers.get("authorization").and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme
                .eq_ignore_ascii_case("bearer")
                .then(|| token.trim().to_owned())
        });
        let known = token.and_then(|token| self.tokens.get(&token).cloned());
        let everyone = Caller {
            tenant: "main".to_owned(),
            reads: true,
            writes: true,
        };
        let Some(caller) = known else {
            if self.broken(Kind::TokenIgnored, &resource.name, "") {
                return Ok(everyone);
            }
            let mut refusal = problem(401, "unauthorized", &[]);
            refusal
                .headers
                .push(("www-authenticate".to_owned(), "Bearer".to_owned()));
            return Err(refusal);
        };
        let may = if writes { caller.writes } else { caller.reads };
        if !may && !self.broken(Kind::ScopeIgnored, &resource.name, "") {
            return Err(problem(403, "forbidden", &[]));
        }
        Ok(caller)
    }

    /// The identifiers of a path in their one form.
    fn ids(
        &self,
        resource: &Resource,
        operation: &str,
        ids: &[String],
    ) -> Result<Vec<String>, Refusal> {
        use fieldproof_spec::model::IdKind;
        let mut line = line(&self.api, resource);
        if matches!(operation, "list" | "create") {
            line.pop();
        }
        let read = line.iter().zip(ids).map(|(resource, id)| {
            let lower = id.to_lowercase();
            let fits = match resource.id_kind {
                IdKind::Hex24 => lower.len() == 24 && lower.chars().all(|c| c.is_ascii_hexdigit()),
                IdKind::Increasing => lower
                    .parse::<u64>()
                    .is_ok_and(|n| n > 0 && n.to_string() == lower),
                IdKind::Digits => lower.len() == 16 && lower.chars().all(|c| c.is_ascii_digit()),
            };
            fits.then_some(lower)
        });
        read.collect::<Option<_>>()
            .ok_or_else(|| problem(404, "not_found", &[]))
    }

    fn all(&self, resource: &Resource) -> &[Record] {
        self.records.get(&resource.name).map_or(&[], Vec::as_slice)
    }

    fn seen(&self, resource: &Resource, caller: &Caller, record: &Record) -> bool {
        record.tenant == caller.tenant || self.broken(Kind::TenantLeak, &resource.name, "")
    }

    /// The record at `ids`, whose parents are those of the path.
    fn find(
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
    fn shown(&self, resource: &Resource, record: &Record) -> Map<String, Value> {
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
                children.sort_by_key(|one| (one.created, one.order));
                let shown = children
                    .iter()
                    .map(|one| Value::Object(self.shown(child, one)));
                object.insert(field.clone(), shown.collect());
            }
        }
        let hidden = |name: &str| self.broken(Kind::MemberHidden, &resource.name, name);
        let mut whole = Map::new();
        for field in resource
            .fields
            .iter()
            .filter(|field| field.is_shown() && !hidden(&field.name))
        {
            whole.insert(
                field.name.clone(),
                object.get(&field.name).cloned().unwrap_or(Value::Null),
            );
        }
        whole
    }

    fn reply(&self, resource: &Resource, status: u16, record: &Record) -> Reply {
        Reply {
            status,
            headers: vec![
                ("content-type".to_owned(), "application/json".to_owned()),
                ("etag".to_owned(), format!("\"{}\"", record.version)),
            ],
            body: Value::Object(self.shown(resource, record)).to_string(),
        }
    }

    fn get(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
        request: &Request,
    ) -> Result<Reply, Refusal> {
        refuse_query(request)?;
        let record = self.find(resource, caller, ids)?;
        let tag = format!("\"{}\"", record.version);
        if names(request.headers.get("if-none-match"), &tag) {
            let headers = vec![("etag".to_owned(), tag)];
            return Ok(Reply {
                status: 304,
                headers,
                body: String::new(),
            });
        }
        Ok(self.reply(resource, 200, &record))
    }

    fn list(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
        request: &Request,
    ) -> Result<Reply, Refusal> {
        let asked = self.ask(resource, request)?;
        let parent = match (&resource.parent, ids) {
            (Some(parent), ids) => {
                let above = self.api.resource(&parent.resource).cloned();
                let above = above.ok_or_else(|| problem(404, "not_found", &[]))?;
                Some(self.find(&above, caller, ids)?.id)
            }
            _ => None,
        };
        let mut selected: Vec<&Record> = self.all(resource).iter().collect();
        selected.retain(|record| {
            self.seen(resource, caller, record)
                && record.parent == parent
                && self.selected(resource, &asked.question, record)
        });
        let total = selected.len();
        let mut page = self.order(resource, &asked.question, selected);
        let shift =
            usize::from(self.broken(Kind::PageShifted, &resource.name, "") && asked.offset > 0);
        let offset = asked.offset.saturating_add(shift).min(page.len());
        page.drain(..offset);
        page.truncate(asked.limit.unwrap_or(usize::MAX));
        let body: Vec<Value> = page
            .iter()
            .map(|record| Value::Object(self.shown(resource, record)))
            .collect();
        let total = if self.broken(Kind::TotalOfPage, &resource.name, "") {
            body.len()
        } else {
            total
        };
        let mut headers = vec![
            ("content-type".to_owned(), "application/json".to_owned()),
            ("x-total-count".to_owned(), total.to_string()),
        ];
        if let Some(limit) = asked.limit {
            let mut links = Vec::new();
            let mut link = |offset: usize, rel: &str| {
                links.push(format!(
                    "<{}?{}limit={limit}&offset={offset}>; rel=\"{rel}\"",
                    request.path, asked.others
                ));
            };
            if asked.offset + body.len() < total && !body.is_empty() {
                link(asked.offset + body.len(), "next");
            }
            if asked.offset > 0 {
                link(asked.offset.saturating_sub(limit), "prev");
                link(0, "first");
            }
            if !links.is_empty() {
                headers.push(("link".to_owned(), links.join(", ")));
            }
        }
        let body = Value::Array(body).to_string();
        Ok(Reply {
            status: 200,
            headers,
            body,
        })
    }

    fn selected(&self, resource: &Resource, question: &Question, record: &Record) -> bool {
        let Some(spec) = &resource.list else {
            return true;
        };
        question.filters.iter().all(|(name, text)| {
            let Some(filter) = spec
                .filters
                .iter()
                .find(|filter| filter.names.contains(name))
            else {
                return true;
            };
            let broken = |kind| self.broken(kind, &resource.name, &filter.names[0]);
            if broken(Kind::FilterIgnored) {
                return true;
            }
            let value = record.object.get(&filter.field).and_then(Value::as_str);
            if broken(Kind::FilterPrefix)
                && value.is_some_and(|value| value.to_lowercase().starts_with(&text.to_lowercase()))
            {
                return true;
            }
            if broken(Kind::FilterCased) && value.is_some() {
                return value == Some(text.as_str());
            }
            matches(resource, filter, text, &record.object)
        })
    }

    fn order<'r>(
        &self,
        resource: &Resource,
        question: &Question,
        records: Vec<&'r Record>,
    ) -> Vec<&'r Record> {
        let key = question.sort.clone().unwrap_or_default();
        let broken = |kind| self.broken(kind, &resource.name, &key);
        let mut question = question.clone();
        if broken(Kind::SortIgnored) {
            question.sort = None;
        }
        if broken(Kind::SortOneWay) {
            question.descending = false;
        }
        let mut records = ordered(resource, &question, records);
        if broken(Kind::SortCased) {
            let text = |record: &Record| {
                record
                    .object
                    .get(&key)
                    .and_then(Value::as_str)
                    .map(str::to_owned)
            };
            records.sort_by_key(|record| text(record));
        }
        records
    }

    fn ask(&self, resource: &Resource, request: &Request) -> Result<Asked, Refusal> {
        let mut asked = Asked {
            question: Question {
                filters: Vec::new(),
                sort: None,
                descending: list::default_descending(resource),
            },
            limit: None,
            offset: 0,
            others: String::new(),
        };
        let spec = resource
            .list
            .clone()
            .ok_or_else(|| problem(404, "not_found", &[]))?;
        asked.limit = spec
            .page
            .as_ref()
            .and_then(|(page, _)| page.default)
            .map(|limit| limit as usize);
        let mut refused = Vec::new();
        let mut seen = Vec::new();
        for raw in request.query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = raw.split_once('=').unwrap_or((raw, ""));
            let (Some(name), Some(value)) = (decode(name), decode(value)) else {
                refused.push((String::new(), "format"));
                continue;
            };
            if seen.contains(&name) {
                refused.push((name, "repeated_parameter"));
                continue;
            }
            seen.push(name.clone());
            let number = value
                .parse::<u64>()
                .ok()
                .filter(|_| value.chars().all(|c| c.is_ascii_digit()));
            let number = number.filter(|number| *number <= i64::MAX as u64);
            let most = spec.page.as_ref().map(|(page, _)| u64::from(page.max));
            let loose = self.broken(Kind::PageUnbounded, &resource.name, "");
            match (name.as_str(), most) {
                ("limit", Some(most)) => {
                    match number.filter(|n| *n >= 1 && (*n <= most || loose)) {
                        Some(number) => asked.limit = Some(number as usize),
                        None => refused.push((name, "not_a_value")),
                    }
                }
                ("offset", Some(_)) => match number {
                    Some(number) => asked.offset = number as usize,
                    None => refused.push((name, "not_a_value")),
                },
                _ => {
                    asked.others.push_str(&format!("{raw}&"));
                    if let Err(code) = self.take(resource, &spec, &name, value, &mut asked.question)
                    {
                        refused.push((name, code));
                    }
                }
            }
        }
        match refused.is_empty() {
            true => Ok(asked),
            false => {
                let errors: Vec<Value> = refused
                    .iter()
                    .map(|(name, code)| json!({ "parameter": name, "code": code, "detail": "" }))
                    .collect();
                Err(refusal(400, "bad_query", errors))
            }
        }
    }

    fn take(
        &self,
        resource: &Resource,
        spec: &fieldproof_spec::model::List,
        name: &str,
        value: String,
        question: &mut Question,
    ) -> Result<(), &'static str> {
        if let Some(sort) = &spec.sort {
            if name == sort.by {
                if !sort.keys.contains(&value) {
                    return Err("not_a_value");
                }
                question.sort = Some(value);
                return Ok(());
            }
            if name == sort.order {
                question.descending = match value.as_str() {
                    "asc" => false,
                    "desc" => true,
                    _ => return Err("not_a_value"),
                };
                return Ok(());
            }
        }
        let Some(filter) = spec
            .filters
            .iter()
            .find(|filter| filter.names.iter().any(|other| other == name))
        else {
            return match self.broken(Kind::ParameterIgnored, &resource.name, "") {
                true => Ok(()),
                false => Err("unknown_parameter"),
            };
        };
        if filter.names[0] != name
            && self.broken(Kind::FilterAliasMissing, &resource.name, &filter.names[0])
        {
            return Err("unknown_parameter");
        }
        let boolean = resource
            .field(&filter.field)
            .is_some_and(|field| field.ty == Type::Boolean);
        if boolean && !["1", "0", "true", "false"].contains(&value.to_lowercase().as_str()) {
            return Err("not_a_value");
        }
        let number = resource
            .field(&filter.field)
            .is_some_and(|field| matches!(field.ty, Type::Integer { .. } | Type::Decimal { .. }));
        if number && value.parse::<f64>().is_err() {
            return Err("not_a_value");
        }
        question.filters.push((name.to_owned(), value));
        Ok(())
    }

    fn create(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
        request: &Request,
    ) -> Result<Reply, Refusal> {
        refuse_query(request)?;
        let body = self.body(request)?;
        let Value::Object(body) = body else {
            return Err(self.invalid(&[Violation::new("", "type")]));
        };
        let parent = match &resource.parent {
            Some(parent) => {
                let above = self.api.resource(&parent.resource).cloned();
                let above = above.ok_or_else(|| problem(404, "not_found", &[]))?;
                Some(self.find(&above, caller, ids)?.id)
            }
            None => None,
        };
        let before = (self.records.clone(), self.clock, self.number);
        let made = self.make(resource, caller, parent.clone(), &body);
        match made {
            Ok(record) => {
                self.touch(resource, caller, parent.as_deref());
                let status = resource.create.as_ref().map_or(201, |create| create.status);
                let status = if self.broken(Kind::StatusWrong, &resource.name, "create") {
                    200
                } else {
                    status
                };
                let mut reply = self.reply(resource, status, &record);
                let mut all = ids.to_vec();
                all.push(record.id.clone());
                reply
                    .headers
                    .push(("location".to_owned(), path(resource, &all)));
                self.name_unknown(resource, &body, &mut reply);
                Ok(reply)
            }
            Err(refusal) => {
                self.records = before.0;
                Err(refusal)
            }
        }
    }

    /// Makes an object and the children sent with it.
    fn make(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        parent: Option<String>,
        body: &Map<String, Value>,
    ) -> Result<Record, Refusal> {
        let api = self.api.clone();
        let mut found = Vec::new();
        let mut object = read(&api, resource, body, "", &mut found).unwrap_or_default();
        let mut ignored = Vec::new();
        for violation in &found {
            let name = violation
                .pointer
                .trim_start_matches('/')
                .split('/')
                .next()
                .unwrap_or_default();
            let broken = |kind| self.broken(kind, &resource.name, name);
            let pardoned = match violation.code {
                "required" => broken(Kind::RequiredIgnored),
                "read_only" => broken(Kind::ReadOnlyTaken),
                "type" => broken(Kind::TypeIgnored),
                "too_long" | "too_short" | "too_large" | "too_small" | "too_many_items"
                | "not_a_value" | "format" | "invalid_character" => broken(Kind::BoundIgnored),
                _ => false,
            };
            if pardoned {
                ignored.push(violation.clone());
            }
        }
        found.retain(|violation| !ignored.contains(violation));
        if object.is_empty() && !ignored.is_empty() {
            for field in resource.fields.iter().filter(|field| field.on_create()) {
                let sent = body.get(&field.name).cloned();
                object.insert(field.name.clone(), sent.unwrap_or_else(|| field.initial()));
            }
        }
        let computed = derive(&api, resource, &object);
        for field in resource
            .fields
            .iter()
            .filter(|field| field.derive.is_some())
        {
            let differs = body
                .get(&field.name)
                .is_some_and(|sent| Some(sent) != computed.get(&field.name));
            if differs && !self.broken(Kind::ReadOnlyTaken, &resource.name, &field.name) {
                found.push(Violation::new(&format!("/{}", field.name), "read_only"));
            }
        }
        twins(&api, resource, &object, &mut found);
        if !found.is_empty() {
            return Err(self.invalid(&found));
        }
        for field in &resource.fields {
            let sent = body.contains_key(&field.name);
            if field.on_create()
                && sent
                && self.broken(Kind::CreateForgets, &resource.name, &field.name)
            {
                object.insert(field.name.clone(), field.initial());
            }
            if !sent
                && field.default.is_some()
                && self.broken(Kind::DefaultMissing, &resource.name, &field.name)
            {
                let other = match field.default {
                    Some(Value::Bool(flag)) => json!(!flag),
                    _ => Value::Null,
                };
                object.insert(field.name.clone(), other);
            }
        }
        self.number += 1;
        self.clock += 1_000_003;
        let id = id(resource, self.clock, self.number);
        let mut record = Record {
            id: id.clone(),
            parent,
            tenant: caller.tenant.clone(),
            order: self.number,
            created: self.clock,
            updated: self.clock,
            version: self.number,
            object: Map::new(),
        };
        let mut children = Vec::new();
        for child in api.children(&resource.name) {
            let field = child
                .parent
                .as_ref()
                .and_then(|parent| parent.embed.clone());
            if let Some(Value::Array(items)) = field.and_then(|field| object.shift_remove(&field)) {
                children.push((child.clone(), items));
            }
        }
        record.object = stamp(&api, resource, object, &record);
        self.refuse_taken(resource, caller, &record)?;
        self.records
            .entry(resource.name.clone())
            .or_default()
            .push(record.clone());
        for (child, items) in children {
            for item in items {
                let body: Map<String, Value> = match item {
                    Value::Object(map) => map
                        .into_iter()
                        .filter(|(name, _)| child.field(name).is_some_and(|f| f.on_create()))
                        .collect(),
                    _ => Map::new(),
                };
                self.make(&child, caller, Some(id.clone()), &body)?;
            }
        }
        Ok(record)
    }

    fn update(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
        request: &Request,
    ) -> Result<Reply, Refusal> {
        refuse_query(request)?;
        let body = self.body(request)?;
        let record = self.find(resource, caller, ids)?;
        let Value::Object(body) = body else {
            return Err(self.invalid(&[Violation::new("", "type")]));
        };
        let api = self.api.clone();
        let mut found = Vec::new();
        let mut merged = record.object.clone();
        if self.broken(Kind::MergeClears, &resource.name, "") {
            for field in resource
                .fields
                .iter()
                .filter(|field| field.on_update() && !body.contains_key(&field.name))
            {
                merged.insert(field.name.clone(), field.initial());
            }
        }
        let mut owner = record.object.clone();
        owner.extend(body.clone());
        for field in resource.fields.iter().filter(|field| field.on_update()) {
            let pointer = format!("/{}", field.name);
            let broken = |kind| self.broken(kind, &resource.name, &field.name);
            let value = match body.get(&field.name) {
                None => continue,
                Some(Value::Null) if takes_null(field) => Value::Null,
                Some(Value::Null) => {
                    found.push(Violation::new(&pointer, "null"));
                    continue;
                }
                Some(value) => {
                    let mut own = Vec::new();
                    let accepted = accept(&api, field, value, &owner, &pointer, &mut own);
                    own.retain(|violation| match violation.code {
                        "type" => !broken(Kind::TypeIgnored),
                        _ => !broken(Kind::BoundIgnored),
                    });
                    found.extend(own);
                    accepted.unwrap_or_else(|| value.clone())
                }
            };
            if !broken(Kind::UpdateForgets) {
                merged.insert(field.name.clone(), value);
            }
        }
        rejudge(&api, resource, &body, &mut merged, &mut found);
        let derived = derive(&api, resource, &merged);
        let mut after = merged.clone();
        for field in resource
            .fields
            .iter()
            .filter(|field| field.derive.is_some())
        {
            if !self.broken(Kind::DerivedStale, &resource.name, &field.name) {
                after.insert(field.name.clone(), derived[&field.name].clone());
            }
        }
        let shown = self.shown(resource, &record);
        let mut echoes = Vec::new();
        echo::judge(resource, &body, &shown, &after, &mut echoes);
        for violation in echoes {
            let name = violation.pointer.trim_start_matches('/').to_owned();
            if self.broken(Kind::ReadOnlyTaken, &resource.name, &name) {
                after.insert(name.clone(), body[&name].clone());
            } else {
                found.push(violation);
            }
        }
        if !found.is_empty() {
            return Err(self.invalid(&found));
        }
        let mut next = Record {
            object: after,
            ..record.clone()
        };
        self.refuse_taken(resource, caller, &next)?;
        self.judge_match(resource, &record, request)?;
        if next.object != record.object || self.broken(Kind::IdleTouches, &resource.name, "") {
            self.number += 1;
            self.clock += 1_000_003;
            next.updated = self.clock;
            next.version = self.number;
            let object = std::mem::take(&mut next.object);
            next.object = stamp_time(resource, object, &next);
            self.put(resource, &next);
            self.touch(resource, caller, next.parent.as_deref());
        }
        let mut reply = self.reply(resource, 200, &next);
        if self.broken(Kind::StatusWrong, &resource.name, "update") {
            reply.status = 202;
        }
        let canonical = path(resource, ids);
        if canonical != request.path {
            reply
                .headers
                .push(("content-location".to_owned(), canonical));
        }
        self.name_unknown(resource, &body, &mut reply);
        Ok(reply)
    }

    fn put(&mut self, resource: &Resource, next: &Record) {
        if let Some(records) = self.records.get_mut(&resource.name) {
            for record in records.iter_mut().filter(|record| record.id == next.id) {
                *record = next.clone();
            }
        }
    }

    /// A change of a child counts as a change of a parent that shows it.
    fn touch(&mut self, resource: &Resource, caller: &Caller, parent: Option<&str>) {
        let (Some(relation), Some(id)) = (resource.parent.clone(), parent) else {
            return;
        };
        if relation.embed.is_none() || self.broken(Kind::TouchMissing, &resource.name, "") {
            return;
        }
        let Some(above) = self.api.resource(&relation.resource).cloned() else {
            return;
        };
        let Some(mut record) = self
            .all(&above)
            .iter()
            .find(|record| record.id == id)
            .cloned()
        else {
            return;
        };
        self.number += 1;
        record.version = self.number;
        if relation.touch {
            self.clock += 1_000_003;
            record.updated = self.clock;
            let object = std::mem::take(&mut record.object);
            record.object = stamp_time(&above, object, &record);
        }
        self.put(&above, &record);
        self.touch(&above, caller, record.parent.as_deref());
    }

    fn delete(
        &mut self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
        request: &Request,
    ) -> Result<Reply, Refusal> {
        refuse_query(request)?;
        let record = self.find(resource, caller, ids)?;
        self.judge_match(resource, &record, request)?;
        self.remove(resource, &record.id)?;
        self.touch(resource, caller, record.parent.as_deref());
        let status = resource.delete.as_ref().map_or(204, |delete| delete.status);
        let status = if self.broken(Kind::StatusWrong, &resource.name, "delete") {
            200
        } else {
            status
        };
        Ok(Reply {
            status,
            ..Reply::default()
        })
    }

    fn remove(&mut self, resource: &Resource, id: &str) -> Result<(), Refusal> {
        let api = self.api.clone();
        let cascade = resource
            .delete
            .as_ref()
            .map(|delete| delete.cascade.clone())
            .unwrap_or_default();
        for child in api.children(&resource.name) {
            let below: Vec<String> = self
                .all(child)
                .iter()
                .filter(|one| one.parent.as_deref() == Some(id))
                .map(|one| one.id.clone())
                .collect();
            if !below.is_empty() && !cascade.contains(&child.name) {
                return Err(problem(409, "conflict", &[]));
            }
            if self.broken(Kind::CascadeMissing, &resource.name, "") {
                continue;
            }
            for one in below {
                self.remove(child, &one)?;
            }
        }
        if let Some(records) = self.records.get_mut(&resource.name) {
            records.retain(|record| record.id != id);
        }
        Ok(())
    }

    fn judge_match(
        &self,
        resource: &Resource,
        record: &Record,
        request: &Request,
    ) -> Result<(), Refusal> {
        let tag = format!("\"{}\"", record.version);
        let sent = request.headers.get("if-match");
        let fits = sent.is_none() || names(sent, &tag);
        match fits || self.broken(Kind::ConditionIgnored, &resource.name, "") {
            true => Ok(()),
            false => Err(problem(412, "precondition_failed", &[])),
        }
    }

    /// Refuses values that another object has, and one child too many.
    fn refuse_taken(
        &self,
        resource: &Resource,
        caller: &Caller,
        next: &Record,
    ) -> Result<(), Refusal> {
        let single = resource.fields.iter().filter_map(|field| {
            Some((vec![field.name.clone()], field.unique?, Kind::UniqueIgnored))
        });
        let combined = resource.unique.iter().map(|unique| {
            (
                unique.fields.clone(),
                unique.within,
                Kind::CombinationIgnored,
            )
        });
        for (members, scope, kind) in single.chain(combined) {
            if self.broken(
                kind,
                &resource.name,
                members.last().map_or("", String::as_str),
            ) {
                continue;
            }
            let own = key(resource, &members, &next.object);
            let taken = own.is_some()
                && self.all(resource).iter().any(|other| {
                    let near = scope == Scope::Tenant || other.parent == next.parent;
                    other.id != next.id
                        && other.tenant == caller.tenant
                        && near
                        && key(resource, &members, &other.object) == own
                });
            if taken {
                let violations: Vec<Violation> = members
                    .iter()
                    .map(|name| Violation::new(&format!("/{name}"), "duplicate"))
                    .collect();
                return Err(refusal(409, "conflict", errors(&violations)));
            }
        }
        let embedding = resource.parent.as_ref().and_then(|parent| {
            self.api
                .resource(&parent.resource)?
                .field(parent.embed.as_ref()?)
        });
        if let Some(most) = embedding.and_then(|field| field.max_items) {
            let siblings = self
                .all(resource)
                .iter()
                .filter(|other| other.parent == next.parent && other.id != next.id)
                .count();
            let bounded = !embedding.is_some_and(|field| {
                self.broken(
                    Kind::BoundIgnored,
                    &resource
                        .parent
                        .as_ref()
                        .map_or(String::new(), |p| p.resource.clone()),
                    &field.name,
                )
            });
            if siblings >= most as usize && bounded {
                return Err(self.invalid(&[Violation::new("", "too_many_items")]));
            }
        }
        Ok(())
    }

    fn body(&self, request: &Request) -> Result<Value, Refusal> {
        if request.body.len() > 1 << 20 {
            return Err(problem(413, "body_too_large", &[]));
        }
        let first = request.body.iter().find(|byte| !byte.is_ascii_whitespace());
        let label = request.headers.get("content-type").map(|label| {
            label
                .split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .to_lowercase()
        });
        let json = match label.as_deref() {
            None | Some("application/json") => true,
            Some("application/x-www-form-urlencoded") => {
                self.api.json_in_form && first == Some(&b'{')
            }
            Some(other) => other.contains('/') && other.ends_with("+json"),
        };
        if !json {
            return Err(problem(415, "unsupported_media_type", &[]));
        }
        if depth(&request.body) > 64 {
            return Err(problem(400, "too_deep", &[]));
        }
        serde_json::from_slice(&request.body).map_err(|_| problem(400, "malformed_body", &[]))
    }

    fn invalid(&self, found: &[Violation]) -> Refusal {
        refusal(
            self.api.switches.validation_status,
            "validation",
            errors(found),
        )
    }

    fn name_unknown(&self, resource: &Resource, body: &Map<String, Value>, reply: &mut Reply) {
        let unknown: Vec<&str> = body
            .keys()
            .map(String::as_str)
            .filter(|name| resource.field(name).is_none())
            .collect();
        if !unknown.is_empty() && !self.broken(Kind::UnknownUnnamed, &resource.name, "") {
            reply
                .headers
                .push(("ignored-members".to_owned(), unknown.join(", ")));
        }
    }
}

struct Asked {
    question: Question,
    limit: Option<usize>,
    offset: usize,
    others: String,
}

/// A member whose sibling decides is judged again when only the sibling was sent.
fn rejudge(
    api: &Api,
    resource: &Resource,
    body: &Map<String, Value>,
    merged: &mut Map<String, Value>,
    found: &mut Vec<Violation>,
) {
    for field in &resource.fields {
        let Type::Choice { by, .. } = &field.ty else {
            continue;
        };
        if body.contains_key(by) && !body.contains_key(&field.name) {
            let owner = merged.clone();
            let value = owner.get(&field.name).cloned().unwrap_or(Value::Null);
            if !value.is_null()
                && let Some(value) = accept(
                    api,
                    field,
                    &value,
                    &owner,
                    &format!("/{}", field.name),
                    found,
                )
            {
                merged.insert(field.name.clone(), value);
            }
        }
    }
}

/// Notes children of one body that may not stand beside each other.
fn twins(api: &Api, resource: &Resource, object: &Map<String, Value>, found: &mut Vec<Violation>) {
    for child in api.children(&resource.name) {
        let Some(field) = child
            .parent
            .as_ref()
            .and_then(|parent| parent.embed.as_ref())
        else {
            continue;
        };
        let Some(Value::Array(items)) = object.get(field) else {
            continue;
        };
        let single = child
            .fields
            .iter()
            .filter(|one| one.unique.is_some())
            .map(|one| vec![one.name.clone()]);
        for members in single.chain(child.unique.iter().map(|unique| unique.fields.clone())) {
            let keys: Vec<_> = items
                .iter()
                .map(|item| key(child, &members, item.as_object()?))
                .collect();
            for (at, own) in keys.iter().enumerate() {
                if own.is_some()
                    && keys
                        .iter()
                        .enumerate()
                        .any(|(other, key)| other != at && key == own)
                {
                    for name in &members {
                        found.push(Violation::new(
                            &format!("/{field}/{at}/{name}"),
                            "duplicate",
                        ));
                    }
                }
            }
        }
    }
}

/// What a combination is compared by; `null` equals nothing.
fn key(
    resource: &Resource,
    members: &[String],
    object: &Map<String, Value>,
) -> Option<Vec<String>> {
    let one = |name: &String| match object.get(name) {
        None | Some(Value::Null) => None,
        Some(Value::String(text))
            if resource
                .field(name)
                .is_some_and(|field| field.ty == Type::ExternalId) =>
        {
            Some(external(text))
        }
        Some(value) => Some(value.to_string()),
    };
    members.iter().map(one).collect()
}

/// The resources from the outermost parent down to this one.
fn line<'a>(api: &'a Api, resource: &'a Resource) -> Vec<&'a Resource> {
    let above = resource
        .parent
        .as_ref()
        .and_then(|parent| api.resource(&parent.resource));
    let mut all = above.map(|above| line(api, above)).unwrap_or_default();
    all.push(resource);
    all
}

/// The operations of a resource: name, verbs, path.
pub(crate) fn operations(resource: &Resource) -> Vec<(&'static str, Vec<Verb>, String)> {
    let (collection, item) = (resource.path.clone(), resource.item_path());
    let mut all = Vec::new();
    if resource.list.is_some() {
        all.push(("list", vec![Verb::Get], collection.clone()));
    }
    if resource.get.is_some() {
        all.push(("get", vec![Verb::Get], item.clone()));
    }
    if let Some(create) = &resource.create {
        all.push(("create", create.verbs.clone(), collection));
    }
    if let Some(update) = &resource.update {
        all.push(("update", update.verbs.clone(), item.clone()));
        if let Some(path) = &update.also_path {
            all.push(("update", update.verbs.clone(), path.clone()));
        }
    }
    if resource.delete.is_some() {
        all.push(("delete", vec![Verb::Delete], item));
    }
    all
}

/// The values of a template's parameters in `path`.
fn fits(template: &str, path: &str) -> Option<Vec<String>> {
    let (template, path): (Vec<&str>, Vec<&str>) =
        (template.split('/').collect(), path.split('/').collect());
    if template.len() != path.len() {
        return None;
    }
    let mut ids = Vec::new();
    for (expected, found) in template.iter().zip(path) {
        match expected.starts_with('{') {
            true if !found.is_empty() => ids.push(decode(found)?),
            false if *expected == found => {}
            _ => return None,
        }
    }
    Some(ids)
}

/// The path of an object.
pub(crate) fn path(resource: &Resource, ids: &[String]) -> String {
    let mut ids = ids.iter();
    let template = resource.item_path();
    let segments = template
        .split('/')
        .map(|segment| match segment.starts_with('{') {
            true => ids.next().map_or("", String::as_str),
            false => segment,
        });
    segments.collect::<Vec<_>>().join("/")
}

fn id(resource: &Resource, clock: i64, number: u64) -> String {
    use fieldproof_spec::model::IdKind;
    match resource.id_kind {
        IdKind::Hex24 => format!("{:08x}{number:016x}", clock / 1_000_000),
        IdKind::Increasing => number.to_string(),
        IdKind::Digits => format!("{:016}", 2_000_000_000_000_000 + number),
    }
}

/// Fills in what the server sets.
fn stamp(
    api: &Api,
    resource: &Resource,
    mut object: Map<String, Value>,
    record: &Record,
) -> Map<String, Value> {
    object.insert(resource.id.clone(), record.id.clone().into());
    let mut whole = derive(api, resource, &object);
    if let Some(times) = &resource.times {
        for (name, at) in [
            (&times.created, record.created),
            (&times.updated, record.updated),
        ] {
            if let Some(Type::DateTime(form)) = resource.field(name).map(|field| &field.ty) {
                whole.insert(name.clone(), print(*form, at).into());
            }
        }
    }
    whole
}

fn stamp_time(
    resource: &Resource,
    mut object: Map<String, Value>,
    record: &Record,
) -> Map<String, Value> {
    if let Some(times) = &resource.times
        && let Some(Type::DateTime(form)) = resource.field(&times.updated).map(|field| &field.ty)
    {
        object.insert(times.updated.clone(), print(*form, record.updated).into());
    }
    object
}

fn refuse_query(request: &Request) -> Result<(), Refusal> {
    match request.query.is_empty() {
        true => Ok(()),
        false => Err(problem(400, "bad_query", &[])),
    }
}

fn names(header: Option<&String>, tag: &str) -> bool {
    header.is_some_and(|header| {
        header
            .split(',')
            .map(str::trim)
            .any(|one| one == "*" || one.trim_start_matches("W/") == tag)
    })
}

/// Percent-decodes, `+` as a blank.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                let digits = std::str::from_utf8(&digits).ok()?.to_owned();
                bytes.push(u8::from_str_radix(&digits, 16).ok()?);
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

/// The deepest nesting of JSON text.
fn depth(text: &[u8]) -> usize {
    let (mut depth, mut most, mut quoted, mut escaped) = (0usize, 0, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => {
                depth += 1;
                most = most.max(depth);
            }
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    most
}

fn errors(found: &[Violation]) -> Vec<Value> {
    found
        .iter()
        .map(|one| json!({ "pointer": one.pointer, "code": one.code, "detail": "" }))
        .collect()
}

fn problem(status: u16, code: &str, found: &[Violation]) -> Refusal {
    refusal(status, code, errors(found))
}

fn refusal(status: u16, code: &str, errors: Vec<Value>) -> Refusal {
    let mut body = json!({ "type": format!("/problems/{code}"), "title": code, "status": status, "detail": "" });
    if !errors.is_empty() {
        body["errors"] = errors.into();
    }
    Box::new(Reply {
        status,
        headers: vec![(
            "content-type".to_owned(),
            "application/problem+json".to_owned(),
        )],
        body: body.to_string(),
    })
}
