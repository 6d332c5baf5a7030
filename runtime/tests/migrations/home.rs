//! Databases of tests, each removed in the end.

use std::fs;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::Duration;

use fieldproof_runtime::store::sqlite::FILE;
use fieldproof_runtime::store::{Extent, Sqlite};

use super::place::{Place, sealer};
use super::{cluster, objects};

/// A kind of databases.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Sqlite,
    /// In a cluster, if PostgreSQL is there.
    Postgres(Option<cluster::Place>),
}

/// A database of a test.
pub(super) struct Home {
    kind: Kind,
    place: Place,
}

/// A number that no other database has.
fn next() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl Home {
    /// An empty database.
    pub(super) fn empty(kind: Kind) -> Self {
        Self::like(kind, "template1")
    }

    /// A database with the objects of the first version.
    pub(super) fn first(kind: Kind) -> Self {
        let home = Self::empty(kind);
        objects::fill(&*home.open(0, Extent::Additive).unwrap());
        home
    }

    /// A copy of a database that nobody has open.
    pub(super) fn copy(&self) -> Self {
        match &self.place {
            Place::Folder(from) => {
                let copy = Self::empty(self.kind);
                let Place::Folder(to) = &copy.place else {
                    panic!("another kind");
                };
                drop(Sqlite::open(to, &[], sealer()).unwrap());
                fs::remove_file(to.join(FILE)).unwrap();
                fs::copy(from.join(FILE), to.join(FILE)).unwrap();
                copy
            }
            Place::Url(_) => Self::like(self.kind, &self.name()),
        }
    }

    fn like(kind: Kind, template: &str) -> Self {
        let place = match kind {
            Kind::Sqlite => Place::Folder(folder()),
            Kind::Postgres(cluster) => {
                let (cluster, name) = (cluster.unwrap(), format!("m{}", next()));
                // Connections that were closed may not have ended.
                let open =
                    format!("SELECT count(*) FROM pg_stat_activity WHERE datname = '{template}'");
                while cluster.run(&open).trim() != "0" {
                    sleep(Duration::from_millis(5));
                }
                cluster.run(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
                Place::Url(url(cluster, &name))
            }
        };
        Self { kind, place }
    }

    /// The name of a database in a cluster.
    fn name(&self) -> String {
        let text = self.place.text();
        let name = text.split(['/', '?']).nth(3);
        name.unwrap().to_owned()
    }
}

fn folder() -> PathBuf {
    let name = format!("fieldproof-migrations-{}-{}", std::process::id(), next());
    let folder = std::env::temp_dir().join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

/// The URL of a database in a cluster.
fn url(cluster: cluster::Place, name: &str) -> String {
    static FIRST: OnceLock<String> = OnceLock::new();
    let first = FIRST.get_or_init(|| cluster.url());
    let (start, rest) = first.split_once("/postgres?").unwrap();
    let host = rest.split('&').next().unwrap();
    format!("{start}/{name}?{host}")
}

impl Deref for Home {
    type Target = Place;

    fn deref(&self) -> &Place {
        &self.place
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        match (&self.place, self.kind) {
            (Place::Folder(folder), _) => {
                let _ = fs::remove_dir_all(folder);
            }
            (Place::Url(_), Kind::Postgres(Some(cluster))) => {
                cluster.run(&format!("DROP DATABASE {} WITH (FORCE)", self.name()));
            }
            (Place::Url(_), _) => {}
        }
    }
}
