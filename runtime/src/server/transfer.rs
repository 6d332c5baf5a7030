//! The command `move`.

use std::path::Path;

use super::args::{Move, models, tables};
use super::failure::Failure;
use super::terminal::say;
use crate::api::Api;
use crate::auth::SqliteTokens;
use crate::store::transfer::{Moved, to_database, to_folder};
use crate::store::{Extent, Postgres, Sqlite, sqlite};
use crate::watch::seal::Sealer;

pub(super) fn run(apis: &[&'static Api], given: &Move) -> Result<(), Failure> {
    let is_url = given.to.starts_with("postgres://") || given.to.starts_with("postgresql://");
    let Moved {
        objects,
        tokens,
        left,
    } = match (given.data.url(), is_url) {
        (None, true) => forth(apis, given)?,
        (Some(url), false) => back(apis, given, url)?,
        (None, false) => {
            return Err("from a folder to another: `backup` and `restore` do that".into());
        }
        (Some(_), true) => {
            return Err("from a database to another: `pg_dump` and `pg_restore` do that".into());
        }
    };
    say(&format!(
        "{objects} objects and {tokens} tokens were copied"
    ));
    if !left.is_empty() {
        let left = left.join(", ");
        say(&format!(
            "what is in {left} stayed behind: this program has no API with it"
        ));
    }
    say(match is_url {
        true => "servers over the database need the keys of the folder: --secret-key-file",
        false => "a server over the folder needs the keys of the database: --secret-key-file",
    });
    say("what is written from now on is in one of the two only: start servers over the new one");
    Ok(())
}

/// From a folder to a database.
fn forth(apis: &[&'static Api], given: &Move) -> Result<Moved, Failure> {
    let (data, tables) = (&given.data, tables(apis));
    let file = data.data.join(sqlite::FILE);
    if !file.exists() {
        return Err(format!("there is no database at {}", file.display()).into());
    }
    // Each is opened as a server opens it, so that what cannot be served is not moved.
    drop(data.store(apis, Extent::NewTables)?);
    drop(SqliteTokens::open(&data.data)?);
    // Who closes a database last removes its log of writes.
    if data.data.join(sqlite::LOG).exists() {
        let folder = data.data.display();
        return Err(format!("another process uses {folder}: stop the server over it").into());
    }
    let sealer = match data.sealer()? {
        Some(sealer) => sealer,
        None => Sealer::from_file(&data.data.join(sqlite::KEY))?,
    };
    let made = Postgres::open_models(&given.to, &tables, &models(apis), sealer, Extent::Additive);
    drop(made?);
    Ok(to_database(&data.data, &given.to, &tables)?)
}

/// From a database to a folder.
fn back(apis: &[&'static Api], given: &Move, url: &str) -> Result<Moved, Failure> {
    let (folder, tables) = (Path::new(&given.to), tables(apis));
    let mut files = folder.read_dir().into_iter().flatten();
    if files.next().is_some() {
        let folder = folder.display();
        return Err(format!("{folder} has files; name a folder that is not there yet").into());
    }
    let (models, keys) = (models(apis), || given.data.keys());
    let there = Postgres::open_models(url, &tables, &models, keys()?, Extent::NewTables);
    drop(there?);
    let keys = keys()?;
    let move_there = || -> Result<Moved, Failure> {
        let made = Sqlite::open_models(folder, &tables, &models, Some(keys), Extent::Additive);
        drop(made?);
        drop(SqliteTokens::open(folder)?);
        Ok(to_folder(url, folder, &tables)?)
    };
    // Everything there was made just now.
    move_there().inspect_err(|_| sqlite::clear(folder))
}
