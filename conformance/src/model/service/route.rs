//! Which operation a request means, and who may ask for it.

use fieldproof_spec::model::{Api, Op, Operation, Presets, Resource, Table, Verb};

use super::media::formats;
use super::refusal::{decode, problem, refuse_query};
use crate::code;
use crate::model::fold;

use super::{Caller, Kind, Refusal, Reply, Request, Service};

impl Service {
    pub(super) fn route(&mut self, request: &Request) -> Result<Reply, Refusal> {
        let api = self.api.clone();
        let method = if request.method == "HEAD" {
            "GET"
        } else {
            request.method.as_str()
        };
        let mut allowed: Vec<&str> = Vec::new();
        let (mut found, mut appends) = (None, false);
        // A path that is spelled out is meant before one with a parameter.
        let mut all = api.resources.iter().flat_map(operations);
        let plain = all.any(|(_, _, path)| path == request.path);
        for resource in &api.resources {
            for (operation, verbs, path) in operations(resource) {
                if plain && path != request.path {
                    continue;
                }
                let spellings = resource.spellings(&path);
                let mut fitting = spellings.iter().enumerate();
                let fitting = fitting.find_map(|(at, one)| Some((at, fits(one, &request.path)?)));
                let Some((spelling, ids)) = fitting else {
                    continue;
                };
                let alias = verbs.iter().position(|verb| verb.as_str() == method);
                allowed.extend(verbs.iter().map(|verb| verb.as_str()));
                appends |= operation == Operation::Append;
                let is_alias = spelling > 0
                    || alias.is_some_and(|at| at > 0)
                    || operation != Operation::Create && !path.starts_with(resource.path.as_str());
                if is_alias && self.broken(Kind::AliasMissing, &resource.name, operation.as_str()) {
                    continue;
                }
                if alias.is_some() {
                    found = Some((resource, operation, ids));
                }
            }
        }
        let listed = api
            .presets
            .as_ref()
            .filter(|presets| presets.path == request.path);
        if listed.is_some() {
            allowed.push("GET");
        }
        let rows = api
            .tables
            .iter()
            .find(|table| table.path.as_ref() == Some(&request.path));
        if rows.is_some() {
            allowed.push("GET");
        }
        if let ("GET", Some(page)) = (method, self.explain(&request.path)) {
            return Ok(page);
        }
        if allowed.is_empty() {
            if let Some(done) = self.manage(request) {
                return done;
            }
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
                headers.push(("accept-patch".to_owned(), formats("PATCH", appends)));
            }
            return Ok(Reply {
                status: 204,
                headers,
                body: String::new(),
            });
        }
        if let (Some(presets), "GET") = (listed, method) {
            return self.presets(presets, request);
        }
        if let (Some(table), "GET") = (rows, method) {
            return self.rows(table, request);
        }
        let Some((resource, operation, ids)) = found else {
            let mut refusal = problem(405, "method_not_allowed", &[]);
            if !self.closed(request) {
                refusal.headers.push(allow);
            }
            return Err(refusal);
        };
        self.operation = Some(operation);
        self.subject.clone_from(&resource.name);
        let mut request = request.clone();
        if operation != Operation::List && self.broken(Kind::ParameterIgnored, &resource.name, "") {
            request.query.clear();
        }
        let reply = self.operate(resource, operation, ids, &request);
        self.bend(resource, reply)
    }

    /// Does what an operation does.
    fn operate(
        &mut self,
        resource: &Resource,
        operation: Operation,
        ids: Vec<String>,
        request: &Request,
    ) -> Result<Reply, Refusal> {
        let writes = !matches!(request.method.as_str(), "GET" | "HEAD");
        let admitted = self.admit(request, resource, writes);
        if admitted.is_err() && self.broken(Kind::ScopeLate, &resource.name, "") {
            let ids = self.ids(resource, operation, &ids)?;
            if !operation.is_of_collection() {
                self.find(resource, &Caller::everyone(), &ids)?;
            }
        }
        let caller = admitted?;
        if resource.bound.is_some() && caller.user.is_none() {
            return Err(problem(403, "user_required", &[]));
        }
        if let (Operation::Get, Some(get)) = (operation, &resource.get)
            && !get.also.is_empty()
        {
            let ids = self.look_up(resource, &caller, &ids)?;
            return self.get(resource, &caller, &ids, request);
        }
        let ids = self.ids(resource, operation, &ids)?;
        match operation {
            Operation::List => self.list(resource, &caller, &ids, request),
            Operation::Get => self.get(resource, &caller, &ids, request),
            Operation::Create => self.create(resource, &caller, &ids, request),
            Operation::Append => self.append(resource, &caller, &ids, request),
            Operation::Update => self.update(resource, &caller, &ids, request),
            Operation::Delete => self.delete(resource, &caller, &ids, request),
        }
    }

    /// Whether refused methods of this path do not name the others.
    fn closed(&self, request: &Request) -> bool {
        let own = |resource: &&Resource| {
            let mut paths = operations(resource).into_iter();
            paths.any(|(_, _, path)| {
                let spellings = resource.spellings(&path);
                spellings
                    .iter()
                    .any(|one| fits(one, &request.path).is_some())
            })
        };
        let resource = self.api.resources.iter().find(own);
        resource.is_some_and(|one| self.broken(Kind::AllowMissing, &one.name, ""))
    }

    /// The identifier of the object that the last segment names: by its
    /// identifier, then by the other fields that find one.
    fn look_up(
        &self,
        resource: &Resource,
        caller: &Caller,
        ids: &[String],
    ) -> Result<Vec<String>, Refusal> {
        let missing = || problem(404, "not_found", &[]);
        let (text, above) = ids.split_last().ok_or_else(missing)?;
        let by_id = self.ids(resource, Operation::Get, ids);
        if let Ok(ids) = by_id
            && self.find(resource, caller, &ids).is_ok()
        {
            return Ok(ids);
        }
        for (name, op) in resource.get.iter().flat_map(|get| &get.also) {
            let same = |record: &&super::Record| {
                let value = record.object.get(name).and_then(serde_json::Value::as_str);
                self.seen(resource, caller, record)
                    && record.parent.as_ref() == above.last()
                    && value.is_some_and(|value| match op {
                        Op::EqualsFolded => fold(value) == fold(text),
                        _ => value == text,
                    })
            };
            if let Some(record) = self.all(resource).iter().find(same) {
                let own = std::iter::once(&record.id);
                return Ok(above.iter().chain(own).cloned().collect());
            }
        }
        Err(missing())
    }

    /// The page of a kind of problem.
    fn explain(&self, path: &str) -> Option<Reply> {
        let code = path.strip_prefix("/problems/")?;
        let kind = code::PROBLEMS.iter().find(|kind| kind.name == code)?;
        let first = self.api.resources.first()?;
        let plain = ("content-type".to_owned(), "text/plain".to_owned());
        let known = !self.broken(Kind::ProblemUnexplained, &first.name, "");
        known.then(|| Reply {
            status: 200,
            headers: vec![plain],
            body: kind.about.to_owned(),
        })
    }

    /// The closed lists of the deployment.
    fn presets(&self, presets: &Presets, request: &Request) -> Result<Reply, Refusal> {
        let Some(first) = self.api.resources.first() else {
            return Err(problem(404, "not_found", &[]));
        };
        self.admit(request, first, false)?;
        refuse_query(request)?;
        let mut lists = presets.lists.clone();
        if self.broken(Kind::PresetHidden, &first.name, "") {
            lists.shift_remove_index(0);
        }
        let json = ("content-type".to_owned(), "application/json".to_owned());
        Ok(Reply {
            status: 200,
            headers: vec![json, ("etag".to_owned(), "\"0\"".to_owned())],
            body: serde_json::json!(lists).to_string(),
        })
    }

    /// The rows of a table of the deployment.
    fn rows(&self, table: &Table, request: &Request) -> Result<Reply, Refusal> {
        let Some(first) = self.api.resources.first() else {
            return Err(problem(404, "not_found", &[]));
        };
        self.admit(request, first, false)?;
        refuse_query(request)?;
        let mut rows = table.rows.clone();
        if self.broken(Kind::PresetHidden, &first.name, "") {
            rows.truncate(1);
        }
        if self.broken(Kind::RowCut, "", &table.name) {
            let last = table.columns.last().map(|column| column.name.as_str());
            for row in &mut rows {
                row.shift_remove(last.unwrap_or_default());
            }
        }
        let json = ("content-type".to_owned(), "application/json".to_owned());
        Ok(Reply {
            status: 200,
            headers: vec![json, ("etag".to_owned(), "\"0\"".to_owned())],
            body: serde_json::json!({ "items": rows }).to_string(),
        })
    }

    pub(super) fn admit(
        &self,
        request: &Request,
        resource: &Resource,
        writes: bool,
    ) -> Result<Caller, Refusal> {
        let Some(caller) = self.caller(request, resource) else {
            if self.broken(Kind::TokenIgnored, &resource.name, "") {
                return Ok(Caller::everyone());
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
    pub(super) fn ids(
        &self,
        resource: &Resource,
        operation: Operation,
        ids: &[String],
    ) -> Result<Vec<String>, Refusal> {
        let mut line = line(&self.api, resource);
        if operation.is_of_collection() {
            line.pop();
        }
        let read = line.iter().zip(ids);
        let read = read.map(|(resource, id)| resource.id_kind.read(id));
        read.collect::<Option<_>>()
            .ok_or_else(|| problem(404, "not_found", &[]))
    }
}

/// The operations of a resource with their verbs and paths.
pub(crate) fn operations(resource: &Resource) -> Vec<(Operation, Vec<Verb>, String)> {
    let (collection, item) = (resource.path.clone(), resource.item_path());
    let mut all = Vec::new();
    if resource.list.is_some() {
        all.push((Operation::List, vec![Verb::Get], collection.clone()));
    }
    if resource.get.is_some() {
        all.push((Operation::Get, vec![Verb::Get], item.clone()));
    }
    if let Some(create) = &resource.create {
        all.push((
            Operation::Create,
            create.verbs.clone(),
            resource.create_path().to_owned(),
        ));
    }
    if let Some(update) = &resource.update {
        all.push((Operation::Update, update.verbs.clone(), item.clone()));
        if let Some(path) = &update.also_path {
            all.push((Operation::Update, update.verbs.clone(), path.clone()));
        }
    }
    if let Some(append) = &resource.append {
        all.push((Operation::Append, append.verbs.clone(), item.clone()));
    }
    if resource.delete.is_some() {
        all.push((Operation::Delete, vec![Verb::Delete], item));
    }
    all
}

/// Whether a request is documented to change or remove an object that is there.
pub(crate) fn is_change(api: &Api, method: &str, path: &str) -> bool {
    let all: Vec<_> = api
        .resources
        .iter()
        .flat_map(|resource| {
            operations(resource)
                .into_iter()
                .map(move |one| (resource, one))
        })
        .collect();
    // A path that is spelled out is meant before one with a parameter.
    let plain = all.iter().any(|(_, (_, _, own))| own == path);
    all.iter().any(|(resource, (operation, verbs, own))| {
        let mut spellings = resource.spellings(own).into_iter();
        let here = match plain {
            true => own == path,
            false => spellings.any(|one| fits(&one, path).is_some()),
        };
        operation.is_change() && here && verbs.iter().any(|verb| verb.as_str() == method)
    })
}

/// The values of a template's parameters in `path`.
pub(super) fn fits(template: &str, path: &str) -> Option<Vec<String>> {
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
    fill(&resource.item_path(), ids)
}

/// The path of a template with identifiers for its parameters, outermost first.
pub(crate) fn fill(template: &str, ids: &[String]) -> String {
    let mut ids = ids.iter();
    let segments = template
        .split('/')
        .map(|segment| match segment.starts_with('{') {
            true => ids.next().map_or("", String::as_str),
            false => segment,
        });
    segments.collect::<Vec<_>>().join("/")
}

/// The resources from the outermost parent down to this one.
pub(super) fn line<'a>(api: &'a Api, resource: &'a Resource) -> Vec<&'a Resource> {
    let above = resource
        .parent
        .as_ref()
        .and_then(|parent| api.resource(&parent.resource));
    let mut all = above.map(|above| line(api, above)).unwrap_or_default();
    all.push(resource);
    all
}
