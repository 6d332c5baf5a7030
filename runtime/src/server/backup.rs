//! The commands `backup`, `restore` and `verify`.

use super::args::{Backup, Data, Restore, Verify};
use super::failure::Failure;
use super::terminal::say;
use crate::api::Api;
use crate::store::{Sqlite, sqlite};
use crate::table::Table;

pub(super) fn run(apis: &[&'static Api], backup: &Backup) -> Result<(), Failure> {
    let tables = tables(apis);
    let store = open(&backup.data, &tables)?;
    let (from, to) = (&backup.data.data, &backup.to);
    let count = store.back_up(from, to, backup.with_key, &tables)?;
    say(&format!("{count} objects in {}", to.display()));
    if !backup.with_key {
        say("the key of its secrets is not among them: keep it elsewhere");
    }
    Ok(())
}

pub(super) fn restore(apis: &[&'static Api], restore: &Restore) -> Result<(), Failure> {
    restore.data.refuse_shared()?;
    let (tables, data) = (tables(apis), &restore.data.data);
    sqlite::restore(&restore.from, data)?;
    let read = open(&restore.data, &tables).and_then(|store| Ok(store.verify(&tables)?));
    let count = read.map_err(|failure| {
        // Everything there was made just now.
        sqlite::clear(data);
        format!("nothing was restored: {failure}")
    })?;
    say(&format!("{count} objects in {}", data.display()));
    Ok(())
}

pub(super) fn verify(apis: &[&'static Api], verify: &Verify) -> Result<(), Failure> {
    let tables = tables(apis);
    let count = open(&verify.data, &tables)?.verify(&tables)?;
    say(&format!("{count} objects, all of which can be read"));
    Ok(())
}

fn tables(apis: &[&'static Api]) -> Vec<&'static Table> {
    apis.iter().flat_map(|api| api.tables).copied().collect()
}

/// Opens a store that is there.
fn open(data: &Data, tables: &[&'static Table]) -> Result<Sqlite, Failure> {
    data.refuse_shared()?;
    let file = data.data.join(sqlite::FILE);
    match file.exists() {
        true => data.store(tables),
        false => Err(format!("there is no database at {}", file.display()).into()),
    }
}
