//! The commands `backup`, `restore` and `verify`.

use super::args::{Backup, Data, Restore, Verify, tables};
use super::failure::Failure;
use super::terminal::say;
use crate::api::Api;
use crate::store::{Extent, Sqlite, sqlite};

pub(super) fn run(apis: &[&'static Api], backup: &Backup) -> Result<(), Failure> {
    let tables = tables(apis);
    let store = open(&backup.data, apis, Extent::NewTables)?;
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
    // Nobody uses what was made just now, so it may become what this version needs.
    let store = open(&restore.data, apis, Extent::Additive);
    let read = store.and_then(|store| Ok(store.verify(&tables)?));
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
    let store = open(&verify.data, apis, Extent::NewTables)?;
    let count = store.verify(&tables)?;
    say(&format!("{count} objects, all of which can be read"));
    Ok(())
}

/// Opens a store that is there.
fn open(data: &Data, apis: &[&'static Api], extent: Extent) -> Result<Sqlite, Failure> {
    data.refuse_shared()?;
    let file = data.data.join(sqlite::FILE);
    match file.exists() {
        true => data.store(apis, extent),
        false => Err(format!("there is no database at {}", file.display()).into()),
    }
}
