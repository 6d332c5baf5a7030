//! The API: its description, its routes and everything in it.

use fieldproof_spec::model::{
    Api as Described, Effect, IfMatch, QueryCredentials, Table, UnknownMembers,
};
use quote::{format_ident, quote};
use serde::Serialize;

use super::code::{Code, Name};
use super::dialect::Dialect;
use super::doc::{Doc, continued};
use super::object::Object;
use super::operation::{Route, routes};
use super::reference::Reference;
use super::resource::Resource;
use crate::plan::Plan;

/// Everything that is emitted for an API.
#[derive(Debug, Serialize)]
pub(crate) struct Api {
    pub(crate) name: String,
    /// Its module, as it appears in file paths.
    pub(crate) module: String,
    pub(crate) about: String,
    pub(crate) title: String,
    pub(crate) base: String,
    pub(crate) scope: String,
    /// The header fields that identify the caller.
    pub(crate) pair: Option<[String; 2]>,
    pub(crate) json_in_form: bool,
    /// The path of its document, relative to its module.
    pub(crate) openapi: String,
    pub(crate) deployment: Option<Deployment>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) switches: Switches,
    pub(crate) dialect: Dialect,
    pub(crate) routes: Vec<Route>,
    /// Paths where clients read data of the deployment.
    pub(crate) reads: Vec<Reading>,
    /// Tables of watches, which have additional operations.
    pub(crate) managed: Vec<Code>,
    pub(crate) references: Vec<Reference>,
    pub(crate) objects: Vec<Object>,
    pub(crate) resources: Vec<Resource>,
}

/// The deployment's lists, tables and settings, with their initial values.
#[derive(Debug, Serialize)]
pub(crate) struct Deployment {
    pub(crate) path: Option<String>,
    pub(crate) lists: Vec<(String, Vec<String>)>,
    pub(crate) tables: Vec<Rows>,
    pub(crate) settings: Vec<String>,
}

/// A table of the deployment.
#[derive(Debug, Serialize)]
pub(crate) struct Rows {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) columns: Vec<String>,
    pub(crate) nullable: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// A resource as the API lists it.
#[derive(Debug, Serialize)]
pub(crate) struct Entry {
    pub(crate) resource: Code,
    /// Whether its users are invited by mail.
    pub(crate) invited: bool,
}

/// The behaviour of the service where documents leave it open.
#[derive(Debug, Serialize)]
pub(crate) struct Switches {
    pub(crate) validation_status: u16,
    pub(crate) reject_unknown_members: bool,
    pub(crate) put_replaces: Option<bool>,
    pub(crate) require_if_match: bool,
    pub(crate) create_status: Option<u16>,
    pub(crate) delete_status: Option<u16>,
    pub(crate) list_cap: Option<u32>,
    pub(crate) query_credentials: bool,
}

/// A path where clients read data of the deployment.
#[derive(Debug, Serialize)]
pub(crate) struct Reading {
    pub(crate) path: String,
    pub(crate) function: Name,
    /// The call of the service.
    pub(crate) call: Code,
    pub(crate) doc: Doc,
}

impl Api {
    /// Resolves an API.
    pub(crate) fn of(plan: &Plan<'_>) -> Self {
        let api = plan.api;
        let pair = api.auth_headers.as_ref();
        let entry = |one: &fieldproof_spec::model::Resource| Entry {
            resource: plan.path(&one.name, "").into(),
            invited: one.invite.is_some(),
        };
        let watches = api.resources.iter().filter(|one| one.watch.is_some());
        // The rows of a deployment's tables are part of the API's description.
        let fixed = api.tables.iter().filter(|table| table.path.is_none());
        let table = |one: &fieldproof_spec::model::Resource| plan.table(&one.name).into();
        Self {
            name: api.name.clone(),
            module: plan.module().to_owned(),
            about: match &api.about {
                Some(about) => format!("{}: {}", api.title, continued(about)),
                None => api.title.clone(),
            },
            title: api.title.clone(),
            base: api.base.clone(),
            scope: api.scope.clone(),
            pair: pair.map(|pair| [pair.token.clone(), pair.client.clone()]),
            json_in_form: api.json_in_form,
            openapi: format!("../../openapi/{}.json", api.name),
            deployment: deployment(api),
            entries: api.resources.iter().map(entry).collect(),
            switches: switches(api),
            dialect: Dialect::of(api),
            routes: routes(plan),
            reads: reads(plan),
            managed: watches.map(table).collect(),
            references: fixed.map(|one| Reference::of(plan, one)).collect(),
            objects: api
                .objects
                .iter()
                .map(|one| Object::of(plan, one))
                .collect(),
            resources: api
                .resources
                .iter()
                .map(|one| Resource::of(plan, one))
                .collect(),
        }
    }
}

/// The deployment's lists, tables and settings, if there are any.
fn deployment(api: &Described) -> Option<Deployment> {
    let presets = api.presets.as_ref();
    let lists = presets.into_iter().flat_map(|presets| &presets.lists);
    let tables = owned(api).map(|(table, path)| {
        let columns = || table.columns.iter();
        let cell = |row: &serde_json::Map<String, serde_json::Value>, name: &str| {
            row[name].as_str().unwrap_or_default().to_owned()
        };
        let rows = table.rows.iter();
        let nullable = columns().filter(|column| column.nullable);
        Rows {
            name: table.name.clone(),
            path: path.clone(),
            columns: columns().map(|column| column.name.clone()).collect(),
            nullable: nullable.map(|column| column.name.clone()).collect(),
            rows: rows
                .map(|row| columns().map(|one| cell(row, &one.name)).collect())
                .collect(),
        }
    });
    let all = Deployment {
        path: presets.map(|presets| presets.path.clone()),
        lists: lists
            .map(|(name, values)| (name.clone(), values.clone()))
            .collect(),
        tables: tables.collect(),
        settings: api.settings.to_vec(),
    };
    let any = presets.is_some() || !all.settings.is_empty() || !all.tables.is_empty();
    any.then_some(all)
}

/// Tables whose rows belong to the deployment, with their paths.
pub(crate) fn owned(api: &Described) -> impl Iterator<Item = (&Table, &String)> {
    api.tables
        .iter()
        .filter_map(|table| Some((table, table.path.as_ref()?)))
}

/// Paths where clients read data of the deployment.
fn reads(plan: &Plan<'_>) -> Vec<Reading> {
    let api = plan.api;
    let lists = api.presets.iter().map(|presets| Reading {
        path: presets.path.clone(),
        function: format_ident!("presets").into(),
        call: quote!(presets(call)).into(),
        doc: Doc {
            text: format!(
                "`GET {}`: the closed lists that hold for the caller.",
                presets.path
            ),
            source: plan.source(&presets.row),
        },
    });
    let tables = owned(api).map(|(table, path)| {
        let name = &table.name;
        Reading {
            path: path.clone(),
            function: format_ident!("{}_rows", plan.thing(name).module).into(),
            call: quote!(rows(call, #name)).into(),
            doc: Doc {
                text: format!("`GET {path}`: the rows of `{name}` that hold for the caller."),
                source: plan.source(&table.row),
            },
        }
    });
    lists.chain(tables).collect()
}

/// The switches that the spec sets.
fn switches(api: &Described) -> Switches {
    let switches = &api.switches;
    Switches {
        validation_status: switches.validation_status,
        reject_unknown_members: switches.unknown_members == UnknownMembers::Reject,
        put_replaces: switches.put.map(|effect| effect == Effect::Replace),
        require_if_match: switches.if_match == IfMatch::Required,
        create_status: switches.create_status,
        delete_status: switches.delete_status,
        list_cap: switches.list_cap,
        query_credentials: switches.query_credentials == QueryCredentials::Accept,
    }
}
