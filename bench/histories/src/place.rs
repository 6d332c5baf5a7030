//! One kind of stores: the server over it, and how it is emptied.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use fieldproof_runtime::api::Api;
use fieldproof_runtime::auth::{Grant, MemoryTokens, Tokens, hash};
use fieldproof_runtime::hooks::Registry;
use fieldproof_runtime::server::Server;
use fieldproof_runtime::service::Service;
use fieldproof_runtime::store::{Memory, Postgres, Sqlite, Store};
use fieldproof_runtime::value::Instant;
use fieldproof_runtime::watch::seal::Sealer;
use rusqlite::Connection;

use crate::cluster;

/// The tenant whose objects a history makes, and another one, who makes none.
pub(crate) const TENANTS: [&str; 2] = ["main", "other"];

/// Tables whose rows stay: keys, settings and shapes of the database itself.
const KEPT: &[&str] = &["clock", "numbers", "probes", "schemas", "seals", "settings"];

/// A server over one kind of stores.
pub(crate) struct Place {
    pub(crate) name: &'static str,
    pub(crate) router: Router,
    /// Services for imports, one of each API.
    pub(crate) services: Vec<Service>,
    emptied: Emptied,
}

/// How a store is emptied.
enum Emptied {
    /// A new one is as cheap.
    Anew(&'static [&'static Api], fn() -> Instant),
    Sqlite(Connection, String),
    Postgres(cluster::Place, String),
}

impl Place {
    /// A server over memory.
    pub(crate) fn memory(apis: &'static [&'static Api], clock: fn() -> Instant) -> Self {
        let store = Arc::new(Memory::new(clock));
        Self::over("memory", apis, store, Emptied::Anew(apis, clock))
    }

    /// A server over SQLite in a folder.
    pub(crate) fn sqlite(
        apis: &'static [&'static Api],
        clock: fn() -> Instant,
        folder: &Path,
    ) -> Self {
        let tables = Server::new(apis).tables();
        let store = Sqlite::open_at(folder, &tables, sealer(), clock).expect("a new folder");
        let file = folder.join("fieldproof.sqlite3");
        let beside = Connection::open(file).expect("the file of the store");
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
        let names: Vec<String> = {
            let mut query = beside.prepare(sql).expect("a query");
            let names = query.query_map([], |row| row.get(0)).expect("names");
            names.map(|name| name.expect("a name")).collect()
        };
        let mut empty = deletes(&names);
        empty.push_str("UPDATE clock SET instant = 0, number = 0, seed = 0;");
        let empty = format!("BEGIN IMMEDIATE; {empty} COMMIT;");
        Self::over(
            "sqlite",
            apis,
            Arc::new(store),
            Emptied::Sqlite(beside, empty),
        )
    }

    /// A server over PostgreSQL.
    pub(crate) fn postgres(
        apis: &'static [&'static Api],
        clock: fn() -> Instant,
        cluster: cluster::Place,
    ) -> Self {
        let tables = Server::new(apis).tables();
        let url = cluster.url();
        let (_, schema) = url.rsplit_once("%3D").expect("a schema of its own");
        let open = || Postgres::open_at(&url, &tables, sealer(), clock).expect("an empty schema");
        // It reads its seed when it opens the database.
        drop(open());
        cluster.run(&format!("UPDATE {schema}.numbers SET seed = 0"));
        let sql = format!("SELECT tablename FROM pg_tables WHERE schemaname = '{schema}'");
        let found = cluster.run(&sql);
        let names: Vec<String> = found.lines().map(str::to_owned).collect();
        let empty = format!(
            "SET search_path = {schema}; BEGIN; {} \
             UPDATE numbers SET next = 0; COMMIT",
            deletes(&names)
        );
        let store = Arc::new(open());
        Self::over("postgres", apis, store, Emptied::Postgres(cluster, empty))
    }

    fn over(
        name: &'static str,
        apis: &'static [&'static Api],
        store: Arc<dyn Store>,
        emptied: Emptied,
    ) -> Self {
        let tokens: Arc<dyn Tokens> = Arc::new(tokens(apis));
        let router = Server::new(apis).router(Arc::clone(&store), Arc::clone(&tokens));
        let services = apis.iter().map(|api| {
            let (store, tokens) = (Arc::clone(&store), Arc::clone(&tokens));
            Service::new(api, Arc::new(Registry::default()), store, tokens)
        });
        Self {
            name,
            router: router.expect("APIs without collisions"),
            services: services.collect(),
            emptied,
        }
    }

    /// Removes everything that the last history made, and sets the clock back.
    pub(crate) fn empty(&mut self) {
        match &self.emptied {
            Emptied::Anew(apis, clock) => *self = Self::memory(apis, *clock),
            Emptied::Sqlite(beside, sql) => beside.execute_batch(sql).expect("an open file"),
            Emptied::Postgres(cluster, sql) => drop(cluster.run(sql)),
        }
    }
}

/// The statements that empty all tables but those that are kept.
fn deletes(names: &[String]) -> String {
    let names = names.iter().filter(|name| !KEPT.contains(&name.as_str()));
    let delete = |name: &String| format!("DELETE FROM \"{name}\";");
    names.map(delete).collect()
}

/// Tokens of both tenants, which are called as these.
fn tokens(apis: &[&'static Api]) -> MemoryTokens {
    let tokens = MemoryTokens::default();
    let shown = apis.iter().flat_map(|api| api.tables());
    let shown = shown.filter_map(|table| table.scope);
    let scopes = apis.iter().map(|api| api.scope).chain(shown);
    let scopes: Vec<String> = scopes.map(str::to_owned).collect();
    for tenant in TENANTS {
        let grant = Grant {
            tenant: tenant.to_owned(),
            scopes: scopes.clone(),
            user: Some("someone".to_owned()),
        };
        let put = tokens.insert(&hash(tenant), &grant, false);
        put.expect("memory takes all");
    }
    tokens
}

/// What secrets are sealed with.
fn sealer() -> Sealer {
    Sealer::parse(&"00".repeat(32)).expect("a key")
}
