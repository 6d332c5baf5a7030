//! Migrations: the tables of a database become those of the program, in one transaction.
//!
//! What the database has is compared with what the program needs, so a start that is killed at
//! any moment leaves the database as it was, and the next one begins again. Objects are read by
//! the code that reads bodies, and stored by the code that stores created ones.

mod breach;
mod difference;
mod history;
mod members;
mod object;
mod read_again;
mod script;
mod shape;
#[cfg(test)]
mod tests;
mod unique;

pub use self::breach::Breach;
pub(super) use self::script::Witness;

use rusqlite::Connection;

use self::breach::Breaches;
use self::difference::{Difference, Standing, is_there};
use self::history::{History, NOTE, VERSION};
use self::object::Objects;
use self::read_again::Reader;
use self::script::{Script, failed};
use self::shape::Shape;
use super::clock::Clock;
use super::identity;
use super::schema::create_table;
use super::statements::Catalog;
use crate::store::{Error, Model};
use crate::table::Table;
use crate::value::Instant;

/// How far a migration may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Tables that are not there are made; nothing else is changed.
    NewTables,
    /// Everything that every stored object can follow.
    Additive,
    /// Objects that break new rules stay as they are, and the shape of an earlier version may
    /// come back.
    Accept,
}

/// What a migration did, or would do.
#[derive(Debug, PartialEq, Eq)]
pub struct Migration {
    /// The number of the schema after it; it increases with each migration.
    pub number: i64,
    /// Its statements, with comments.
    pub script: Vec<String>,
    /// Stored objects that break new rules.
    pub breaches: Vec<Breach>,
}

/// The tables of a program and the models of their objects.
pub(super) struct Target<'a> {
    pub(super) tables: &'a [&'static Table],
    pub(super) models: &'a [Model],
    pub(super) catalog: &'a Catalog,
}

/// Makes the tables of the database those of `target`.
///
/// # Errors
/// The database cannot be used, a later version made it, objects break new rules and `extent`
/// does not accept that, or the migration would go further than it may. Nothing is changed then.
pub(super) fn run(
    connection: &Connection,
    target: &Target<'_>,
    extent: Extent,
    witness: Witness<'_>,
) -> Result<Migration, Error> {
    begin(connection)?;
    let done = Migrating::all(connection, target, extent, witness).and_then(|done| match extent {
        Extent::Accept => Ok(done),
        Extent::NewTables | Extent::Additive => done.judge().map(|()| done),
    });
    let end = match done {
        Ok(_) => "COMMIT",
        Err(_) => "ROLLBACK",
    };
    let ended = connection.execute_batch(end).map_err(failed);
    done.and_then(|done| ended.map(|()| done))
}

/// What [`run`] would do, within a transaction that is to be rolled back.
///
/// # Errors
/// As for [`run`], except that objects may break rules.
pub(super) fn plan(
    connection: &Connection,
    target: &Target<'_>,
    extent: Extent,
) -> Result<Migration, Error> {
    Migrating::all(connection, target, extent, &mut |_| Ok(()))
}

/// Begins the transaction of a migration.
pub(super) fn begin(connection: &Connection) -> Result<(), Error> {
    connection.execute_batch("BEGIN IMMEDIATE").map_err(failed)
}

/// A migration within its transaction.
struct Migrating<'a> {
    target: &'a Target<'a>,
    extent: Extent,
    history: History<'a>,
    /// The number of the schema that it makes.
    number: i64,
    clock: Clock,
    script: Script<'a>,
    breaches: Breaches,
}

impl<'a> Migrating<'a> {
    /// Migrates every table.
    fn all(
        connection: &'a Connection,
        target: &'a Target<'a>,
        extent: Extent,
        witness: Witness<'a>,
    ) -> Result<Migration, Error> {
        let history = History(connection);
        let before = history.number().map_err(failed)?;
        let mut own = Self {
            target,
            extent,
            history,
            number: before + 1,
            clock: Clock::read(connection, Instant::now).map_err(failed)?,
            script: Script::new(connection, witness),
            breaches: Breaches::default(),
        };
        for &table in target.tables {
            own.table(table)?;
        }
        own.clock.write(connection).map_err(failed)?;
        if extent != Extent::NewTables {
            identity::raise(connection).map_err(failed)?;
        }
        Ok(Migration {
            number: own.history.number().map_err(failed)?,
            script: own.script.told(),
            breaches: own.breaches.0,
        })
    }

    /// Makes one table that of the program.
    fn table(&mut self, table: &'static Table) -> Result<(), Error> {
        let connection = self.script.connection;
        let name = self.renamed(table)?;
        let standing = Standing::of(connection, &self.history, table, name).map_err(failed)?;
        let Some(standing) = standing else {
            self.permit_new(table)?;
            self.script.run(&create_table(table))?;
            for index in &Shape::of(table).indexes {
                self.script.run(index)?;
            }
            return self.note(table);
        };
        let difference = Difference::between(&standing, table);
        if difference.is_none() {
            return Ok(());
        }
        self.permit(table, &standing)?;
        self.script.say(&format!("table `{}`", table.name));
        self.change(table, &standing, &difference)?;
        let new = &difference.unique;
        unique::count(connection, table, new, &mut self.breaches)?;
        match difference.note {
            true => self.note(table),
            false => Ok(()),
        }
    }

    /// Renames the table that the spec says had another name; returns the name that it had.
    fn renamed(&mut self, table: &'static Table) -> Result<&'static str, Error> {
        let there = |name| is_there(self.script.connection, name).map_err(failed);
        let Some(was) = table.was else {
            return Ok(table.name);
        };
        if there(table.name)? || !there(was)? || self.extent == Extent::NewTables {
            return Ok(table.name);
        }
        let sql = format!("ALTER TABLE \"{was}\" RENAME TO \"{}\"", table.name);
        self.script.run(&sql)?;
        Ok(was)
    }

    /// Refuses to make a table that is noted and not there.
    fn permit_new(&self, table: &Table) -> Result<(), Error> {
        let noted = self.history.latest(table.name).map_err(failed)?;
        match (noted, self.extent) {
            (None, _) | (_, Extent::Accept) => Ok(()),
            (Some((number, _)), _) => {
                let why = format!(
                    "schema {number} has a table `{}`, which is gone: a later version of the spec \
                     renamed it, or it was removed; start the later version, restore a backup, or \
                     begin with an empty one by `migrate --accept`",
                    table.name
                );
                Err(Error::new("use the database", why))
            }
        }
    }

    /// Refuses what this migration may not do.
    fn permit(&self, table: &Table, standing: &Standing) -> Result<(), Error> {
        let now = Shape::of(table);
        if self.extent == Extent::NewTables {
            let why = format!(
                "the table `{}` was made by another version of its spec; start the server, which \
                 brings it up to date, or run `migrate` before",
                table.name
            );
            return Err(Error::new("use the database", why));
        }
        let later = self.history.later(table.name, &now).map_err(failed)?;
        if let (Some(later), false) = (later, self.extent == Extent::Accept) {
            let why = format!(
                "schema {} of the table `{}` was made by a later version of its spec (server {}), \
                 and this program has that of schema {}; start the later version, or go back \
                 with `migrate --accept`",
                later.number, table.name, later.version, later.own
            );
            return Err(Error::new("use the database", why));
        }
        let was = table.parent.as_ref().and_then(|one| one.table.was);
        let moved = |before: &&Shape| {
            let renamed = was.is_some() && before.parent.as_deref() == was;
            before.parent != now.parent && !renamed
        };
        if standing.shape.as_ref().filter(moved).is_some() {
            let why = format!(
                "objects of `{}` are below others than before, and no one knows which; start the \
                 version that made them and move them with an export and `import`",
                table.name
            );
            return Err(Error::new("migrate the database", why));
        }
        Ok(())
    }

    /// Changes a table, its objects and its indexes.
    fn change(
        &mut self,
        table: &'static Table,
        standing: &Standing,
        difference: &Difference,
    ) -> Result<(), Error> {
        let name = table.name;
        for index in &difference.drop_indexes {
            self.script.run(&format!("DROP INDEX \"{index}\""))?;
        }
        for column in &difference.drop {
            let sql = format!("ALTER TABLE \"{name}\" DROP COLUMN \"{column}\"");
            self.script.run(&sql)?;
        }
        for (column, declared) in &difference.add {
            let sql = format!("ALTER TABLE \"{name}\" ADD COLUMN \"{column}\" {declared}");
            self.script.run(&sql)?;
        }
        if let Some(again) = &difference.read {
            let mut models = self.target.models.iter();
            let mut reader = Reader {
                objects: Objects {
                    table,
                    before: standing.shape.as_ref(),
                    name: standing.name,
                    catalog: self.target.catalog,
                },
                model: models.find(|model| model.table.name == name),
                again,
                clock: &mut self.clock,
                breaches: &mut self.breaches,
            };
            reader.all(&mut self.script)?;
        }
        for index in &difference.make_indexes {
            self.script.run(index)?;
        }
        Ok(())
    }

    fn note(&mut self, table: &Table) -> Result<(), Error> {
        let (shape, made) = (Shape::of(table).text(), Instant::now().micros());
        let values = (self.number, table.name, shape, VERSION, made);
        self.script.quietly(NOTE, values)
    }
}

impl Migration {
    /// The refusal of breaches that nobody accepted.
    ///
    /// # Errors
    /// There are breaches.
    pub fn judge(&self) -> Result<(), Error> {
        match self.breaches.is_empty() {
            true => Ok(()),
            false => Err(refused(&self.breaches)),
        }
    }
}

/// Stored objects break rules, and nobody accepted it.
fn refused(breaches: &[Breach]) -> Error {
    let lines: Vec<String> = breaches.iter().map(|one| format!("  {one}")).collect();
    let why = format!(
        "stored objects break rules that are new, and nothing was changed:\n{}\nchange them with \
         the version of the server that stored them, or run `migrate --accept`: they stay as they \
         are then, and the next update of each has to make it legal",
        lines.join("\n")
    );
    Error::new("migrate the database", why)
}
