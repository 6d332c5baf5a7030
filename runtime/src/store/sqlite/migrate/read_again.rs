//! Reads every object of a table again, by the rules of the program, and stores it as the program
//! would have.

use std::collections::BTreeSet;
use std::fmt::Write;

use rusqlite::params_from_iter;
use rusqlite::types::Value as Cell;
use serde_json::{Map, Value};

use super::breach::{Breaches, noted};
use super::difference::Again;
use super::members::{rest, restore};
use super::object::{KEPT, Kept, Objects};
use super::script::{Script, failed};
use super::shape::Shape;
use crate::problem::{At, Violation};
use crate::store::sqlite::clock::Clock;
use crate::store::sqlite::row::{self, Bound};
use crate::store::sqlite::schema::columns;
use crate::store::{ColumnValue, Error, Model, Older, Reformed, Row};

/// A table whose objects are read again.
pub(super) struct Reader<'a> {
    pub(super) objects: Objects<'a>,
    pub(super) model: Option<&'a Model>,
    pub(super) again: &'a Again,
    pub(super) clock: &'a mut Clock,
    pub(super) breaches: &'a mut Breaches,
}

impl Reader<'_> {
    /// Reads all objects again.
    ///
    /// # Errors
    /// The database cannot be read or written, an object cannot be read, or objects have no model.
    pub(super) fn all(&mut self, script: &mut Script<'_>) -> Result<(), Error> {
        let name = self.objects.table.name;
        let sql = format!("SELECT rowid FROM \"{name}\"");
        let rows = script.connection.prepare(&sql).and_then(|mut query| {
            let rows = query.query_map([], |row| row.get(0))?;
            rows.collect::<rusqlite::Result<Vec<i64>>>()
        });
        let rows = rows.map_err(failed)?;
        if rows.is_empty() {
            return Ok(());
        }
        let Some(model) = self.model else {
            let why = format!(
                "no model reads the {} objects of `{name}` again",
                rows.len()
            );
            return Err(Error::new("migrate the database", why));
        };
        let (mut written, update) = (0_usize, self.update());
        for &at in &rows {
            written += usize::from(self.one(script, model, &update, at)?);
        }
        script.say(&format!(
            "{written} of {} objects of `{name}` are stored anew, the others stay",
            rows.len()
        ));
        if written > 0 {
            script.say(&update);
        }
        Ok(())
    }

    /// The statement that stores an object anew.
    fn update(&self) -> String {
        let mut sql = format!(
            "UPDATE \"{}\" SET id = ?2, version = ?3, body = ?4, \"full\" = ?5, hidden = ?6, \
             kept = ?7, unfit = NULL",
            self.objects.table.name
        );
        for (at, (name, _)) in columns(self.objects.table).enumerate() {
            let _ = write!(sql, ", \"{name}\" = ?{}", at + 8);
        }
        sql.push_str(" WHERE rowid = ?1");
        sql
    }

    /// Reads one object again; `true` if it is stored anew.
    fn one(
        &mut self,
        script: &mut Script<'_>,
        model: &Model,
        update: &str,
        at: i64,
    ) -> Result<bool, Error> {
        let kept = self.objects.find(script.connection, at)?;
        let plain = self.objects.members(&kept)?;
        let Some(id) = self.objects.table.id_kind.read(&kept.stored.id) else {
            let what = "is no identifier of the kind that paths have now";
            let found = [violation(self.objects.table.id, what)];
            return self.broken(script, (&kept, &plain, at), &found, None);
        };
        let hidden = self.objects.hidden(&kept)?;
        let mut members = plain.clone();
        restore(&mut members, &hidden);
        let mut read = self.reform(model, &kept, &members)?;
        if matches!(read, Reformed::Broken { .. }) && !hidden.is_empty() {
            // What was hidden may be of another meaning than a new member of its name.
            read = self.reform(model, &kept, &plain)?;
        }
        match read {
            Reformed::Broken { found, cells } => {
                self.broken(script, (&kept, &plain, at), &found, cells)
            }
            Reformed::Legal { row, members: now } => {
                let mut lost = match rest(&members, &now) {
                    Some(Value::Object(lost)) => lost,
                    _ => Map::new(),
                };
                for (name, value) in hidden {
                    if now.get(&name).is_none() {
                        lost.entry(name).or_insert(value);
                    }
                }
                let row = Row { id, ..*row };
                self.store(script, &kept, row, lost, (update, at))
            }
        }
    }

    fn reform(&self, model: &Model, kept: &Kept, members: &Value) -> Result<Reformed, Error> {
        // What was accepted as it was has to be legal as a whole to be accepted as it is.
        let all = || members.as_object().into_iter().flatten();
        let every: Option<BTreeSet<String>> = kept.stored.unfit.then(|| {
            let own = all().map(|(name, _)| name.clone());
            own.chain(self.again.changed.iter().flatten().cloned())
                .collect()
        });
        let older = Older {
            stored: &kept.stored,
            tenant: &kept.tenant,
            members,
            changed: every.as_ref().or(self.again.changed.as_ref()),
        };
        (model.reform)(&older).map_err(|problem| self.objects.unreadable(kept, &problem.detail))
    }

    /// Counts an object that breaks rules. It stays as it is, with the values of its columns and
    /// its secrets where this program looks for them.
    fn broken(
        &mut self,
        script: &mut Script<'_>,
        (kept, members, at): (&Kept, &Value, i64),
        found: &[Violation],
        cells: Option<Vec<ColumnValue>>,
    ) -> Result<bool, Error> {
        if !kept.stored.unfit {
            self.breaches
                .count(self.objects.table.name, &kept.stored.id, found);
        }
        let mut sql = format!("UPDATE \"{}\" SET unfit = ?2", self.objects.table.name);
        let mut values: Vec<Cell> = vec![at.into(), noted(found).into()];
        let mut set = |name: &str, value: Cell| {
            let _ = write!(sql, ", \"{name}\" = ?{}", values.len() + 1);
            values.push(value);
        };
        let row = Row {
            cells: cells.unwrap_or_default(),
            ..kept.row()
        };
        if !row.cells.is_empty() {
            let named = columns(self.objects.table).zip(self.cells(&row));
            named.for_each(|((name, _), value)| set(&name, value));
        }
        let now = Shape::of(self.objects.table).secrets;
        let others = self
            .objects
            .before
            .is_some_and(|before| before.secrets != now);
        if others || !self.objects.stays() {
            let (secrets, gone) = self.objects.secrets(members, &now);
            let mut lost = self.objects.hidden(kept)?;
            lost.extend(gone);
            let row = Row { secrets, ..row };
            set(
                "hidden",
                row::sealed(self.objects.catalog, self.objects.table, &row)?.into(),
            );
            set(KEPT, self.objects.hides(kept, &row, lost)?.into());
        }
        sql.push_str(" WHERE rowid = ?1");
        script.quietly(&sql, params_from_iter(values.iter().map(Bound)))?;
        Ok(false)
    }

    /// Stores an object anew, if anything differs.
    fn store(
        &mut self,
        script: &mut Script<'_>,
        kept: &Kept,
        mut row: Row,
        lost: Map<String, Value>,
        (update, at): (&str, i64),
    ) -> Result<bool, Error> {
        let was = &kept.stored;
        let shown = row.body != was.body || row.privileged != was.privileged;
        let stays = row.id == was.id && self.objects.stays();
        let secrets = row.secrets != was.secrets || (row.secrets.is_some() && !stays);
        let hides = self.objects.hides(kept, &row, lost)?;
        let moved = self.objects.table.id_kind.key(&row.id) != kept.key;
        let same = !shown && !secrets && !moved && !kept.stored.unfit && hides == kept.hidden;
        if same && !self.again.cells {
            return Ok(false);
        }
        row.version = match shown {
            true => self.clock.number(),
            false => was.version,
        };
        let sealed = match secrets {
            true => row::sealed(self.objects.catalog, self.objects.table, &row)?,
            false => kept.sealed.clone(),
        };
        let mut values: Vec<Cell> = vec![
            at.into(),
            self.objects.table.id_kind.key(&row.id).into(),
            row.version.cast_signed().into(),
            row.body.clone().into(),
            row.privileged.clone().into(),
            sealed.into(),
            hides.into(),
        ];
        values.extend(self.cells(&row));
        script.quietly(update, params_from_iter(values.iter().map(Bound)))?;
        if moved {
            self.follow(script, kept, &row)?;
        }
        Ok(true)
    }

    /// Makes the children of an object whose identifier has another key follow it.
    fn follow(&self, script: &mut Script<'_>, kept: &Kept, row: &Row) -> Result<(), Error> {
        let key = self.objects.table.id_kind.key(&row.id);
        for child in self.objects.table.children {
            let sql = format!(
                "UPDATE \"{}\" SET parent = ?3 WHERE tenant = ?1 AND parent = ?2",
                child.table.name
            );
            script.quietly(&sql, (&kept.tenant, &kept.key, &key))?;
        }
        Ok(())
    }

    fn cells(&self, row: &Row) -> Vec<Cell> {
        // The columns that every table has stand first.
        row::values(self.objects.table, row, None).split_off(9)
    }
}

fn violation(member: &str, detail: &str) -> Violation {
    Violation {
        at: At::Pointer(format!("/{member}")),
        code: "format",
        detail: detail.to_owned(),
    }
}
