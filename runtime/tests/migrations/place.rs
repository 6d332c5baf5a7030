//! Where a database is, and what is asked of it beside the store.

use std::path::{Path, PathBuf};

use fieldproof_runtime::store::sqlite::FILE;
use fieldproof_runtime::store::{
    Error, Extent, Migration, Model, Postgres, Sqlite, Store, Witness,
};
use fieldproof_runtime::watch::seal::Sealer;
use rusqlite::Connection;
use rusqlite::types::Value;
use tokio_postgres::{NoTls, SimpleQueryMessage};

use super::versions::VERSIONS;
use super::wait;

/// Where a database is.
#[derive(Debug, Clone)]
pub(super) enum Place {
    Folder(PathBuf),
    Url(String),
}

impl Place {
    /// Reads a place as it is shown.
    pub(super) fn parse(text: &str) -> Self {
        match text.starts_with("postgres:") {
            true => Self::Url(text.to_owned()),
            false => Self::Folder(PathBuf::from(text)),
        }
    }

    /// The text by which it is known.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Folder(folder) => folder.display().to_string(),
            Self::Url(url) => url.clone(),
        }
    }

    /// Opens the store of a version.
    pub(super) fn open(&self, version: usize, extent: Extent) -> Result<Box<dyn Store>, Error> {
        self.open_model(VERSIONS[version].model, extent)
    }

    /// Opens the store of a model.
    pub(super) fn open_model(&self, model: Model, extent: Extent) -> Result<Box<dyn Store>, Error> {
        let (tables, models) = (&[model.table], &[model]);
        Ok(match self {
            Self::Folder(folder) => {
                let keys = Some(sealer());
                Box::new(Sqlite::open_models(folder, tables, models, keys, extent)?)
            }
            Self::Url(url) => Box::new(Postgres::open_models(
                url,
                tables,
                models,
                sealer(),
                extent,
            )?),
        })
    }

    /// Opens the store of a version that cannot read objects again.
    pub(super) fn open_without_models(&self, version: usize) -> Result<Box<dyn Store>, Error> {
        let tables = &[VERSIONS[version].model.table];
        Ok(match self {
            Self::Folder(folder) => Box::new(Sqlite::open(folder, tables, sealer())?),
            Self::Url(url) => Box::new(Postgres::open(url, tables, sealer())?),
        })
    }

    /// Migrates to a version, seen by `witness`, or plans to.
    pub(super) fn migrate(
        &self,
        version: usize,
        how: (Extent, bool),
        witness: Witness<'_>,
    ) -> Result<Migration, Error> {
        let model = VERSIONS[version].model;
        let (tables, models) = (&[model.table], &[model]);
        match self {
            Self::Folder(folder) => {
                Sqlite::migrate(folder, tables, models, Some(sealer()), how, witness)
            }
            Self::Url(url) => Postgres::migrate(url, tables, models, &sealer(), how, witness),
        }
    }

    /// Runs a statement; the first value of each row of its answer, as text.
    pub(super) fn run(&self, sql: &str) -> Vec<String> {
        match self {
            Self::Folder(folder) => run_in_folder(folder, sql),
            Self::Url(url) => wait(run_at(url, sql)),
        }
    }

    /// Everything in it.
    pub(super) fn picture(&self) -> Vec<u8> {
        let Self::Folder(folder) = self else {
            return self.rows().join("\n").into_bytes();
        };
        std::fs::read(folder.join(FILE)).unwrap()
    }

    fn rows(&self) -> Vec<String> {
        let mut all = Vec::new();
        for table in self.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") {
            all.extend(self.run(&format!(
                "SELECT concat('{table}', one) FROM \"{table}\" one ORDER BY 1"
            )));
        }
        for what in [
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
            "SELECT concat(table_name, ' ', column_name, ' ', data_type) \
             FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1",
        ] {
            all.extend(self.run(what));
        }
        all
    }
}

/// What secrets are sealed with.
pub(super) fn sealer() -> Sealer {
    Sealer::parse(&"07".repeat(32)).unwrap()
}

fn run_in_folder(folder: &Path, sql: &str) -> Vec<String> {
    let connection = Connection::open(folder.join(FILE)).unwrap();
    let mut query = connection.prepare(sql).unwrap();
    let text = |value| match value {
        Value::Text(text) => text,
        Value::Integer(number) => number.to_string(),
        other => panic!("{other:?}"),
    };
    let rows = query.query_map([], |row| Ok(text(row.get(0)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

async fn run_at(url: &str, sql: &str) -> Vec<String> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let answer = client.simple_query(sql).await.unwrap();
    let value = |one| match one {
        SimpleQueryMessage::Row(row) => Some(row.get(0).unwrap_or_default().to_owned()),
        _ => None,
    };
    answer.into_iter().filter_map(value).collect()
}
