//! The course of a migration: what each table of the program needs.

use super::breach::Breaches;
use super::difference::Difference;
use super::history::{self, VERSION};
use super::object::Objects;
use super::port::Port;
use super::read_again::Reader;
use super::script::{Script, Witness};
use super::shape::Shape;
use super::standing::Standing;
use super::{Extent, Migration, Target, refusal, unique};
use crate::store::tables::Words;
use crate::store::{ColumnValue, Error};
use crate::table::Table;
use crate::value::Instant;

/// A migration within its transaction.
pub(super) struct Course<'a> {
    target: &'a Target<'a>,
    extent: Extent,
    words: &'static Words,
    /// The number of the schema that it makes.
    number: i64,
    script: Script<'a>,
    breaches: Breaches,
    /// Whether a table that was there is another one now.
    changed: bool,
}

/// Migrates every table.
pub(super) fn all<'a>(
    port: &'a mut dyn Port,
    target: &'a Target<'a>,
    extent: Extent,
    witness: Witness<'a>,
) -> Result<Migration, Error> {
    if !is_current(port, target)? {
        port.claim()?;
    }
    let mut course = Course {
        target,
        extent,
        words: port.words(),
        number: history::number(port)? + 1,
        script: Script::new(port, witness),
        breaches: Breaches::default(),
        changed: false,
    };
    for &table in target.tables {
        course.table(table)?;
    }
    Ok(Migration {
        number: history::number(course.script.port)?,
        changed: course.changed,
        script: course.script.told(),
        breaches: course.breaches.0,
    })
}

/// Whether all tables are those of the program.
fn is_current(port: &mut dyn Port, target: &Target<'_>) -> Result<bool, Error> {
    for table in target.tables {
        let Some(standing) = Standing::of(port, table, table.name)? else {
            return Ok(false);
        };
        if !Difference::between(&standing, table, port.words()).is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

impl Course<'_> {
    /// Makes one table that of the program.
    fn table(&mut self, table: &'static Table) -> Result<(), Error> {
        let name = self.renamed(table)?;
        let Some(standing) = Standing::of(self.script.port, table, name)? else {
            refusal::of_new(self.script.port, table, self.extent)?;
            self.script.run(&self.words.create_table(table))?;
            for index in self.words.indexes(table) {
                self.script.run(&index.make)?;
            }
            return self.note(table);
        };
        let difference = Difference::between(&standing, table, self.words);
        if difference.is_none() {
            return Ok(());
        }
        refusal::of_change(self.script.port, table, &standing, self.extent)?;
        self.changed = true;
        self.script.say(&format!("table `{}`", table.name));
        if let Some(before) = &standing.shape {
            let told = before.told(&Shape::of(table, self.words), table.renamed);
            told.iter().for_each(|line| self.script.say(line));
        }
        self.change(table, &standing, &difference)?;
        let new = &difference.unique;
        unique::count(self.script.port, table, new, &mut self.breaches)?;
        match difference.note {
            true => self.note(table),
            false => Ok(()),
        }
    }

    /// Renames the table that the spec says had another name; returns the name that it had.
    fn renamed(&mut self, table: &'static Table) -> Result<&'static str, Error> {
        let Some(was) = table.was else {
            return Ok(table.name);
        };
        let port = &mut *self.script.port;
        if port.is_there(table.name)? || !port.is_there(was)? || self.extent == Extent::NewTables {
            return Ok(table.name);
        }
        let sql = format!("ALTER TABLE \"{was}\" RENAME TO \"{}\"", table.name);
        self.script.run(&sql)?;
        Ok(was)
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
                    now: &Shape::of(table, self.words),
                    name: standing.name,
                    words: self.words,
                    sealer: self.target.sealer,
                },
                model: models.find(|model| model.table.name == name),
                again,
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
        let shape = Shape::of(table, self.words).text();
        let text = |text: &str| ColumnValue::Text(text.to_owned());
        let values = vec![
            ColumnValue::Number(self.number),
            text(table.name),
            text(&shape),
            text(VERSION),
            ColumnValue::Number(Instant::now().micros()),
        ];
        let put = self.script.port.notes().put;
        self.script.quietly(put, values)
    }
}
