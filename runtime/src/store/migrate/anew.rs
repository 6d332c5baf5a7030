//! Stores an object that was read again as the program would have stored it.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::breach::noted;
use super::object::{KEPT, Kept, Objects};
use super::script::Script;
use crate::problem::Violation;
use crate::store::statements::cells;
use crate::store::{ColumnValue, Error, Row, secret};

/// How objects of a table are stored anew.
pub(super) struct Anew<'a> {
    objects: Objects<'a>,
    /// Whether the values of columns are stored even where the text stays.
    cells: bool,
    /// The statement that stores one.
    pub(super) update: String,
}

impl<'a> Anew<'a> {
    pub(super) fn new(objects: Objects<'a>, cells: bool) -> Self {
        let mark = objects.words.mark;
        let own = objects.words.columns(objects.table);
        let own = own.map(|(name, _)| format!("\"{name}\""));
        let common = ["id", "version", "body", "\"full\"", "hidden", KEPT].map(str::to_owned);
        let sets = common.into_iter().chain(own).enumerate();
        let sets = sets.map(|(at, name)| format!("{name} = {mark}{}", at + 3));
        let update = format!(
            "UPDATE \"{}\" SET unfit = NULL, {} WHERE tenant = {mark}1 AND id = {mark}2",
            objects.table.name,
            sets.collect::<Vec<_>>().join(", ")
        );
        Self {
            objects,
            cells,
            update,
        }
    }

    /// Stores a legal object, if anything differs; the key that it has then.
    pub(super) fn legal(
        &self,
        script: &mut Script<'_>,
        kept: &Kept,
        mut row: Row,
        lost: Map<String, Value>,
    ) -> Result<Option<String>, Error> {
        let Objects { table, sealer, .. } = self.objects;
        let was = &kept.stored;
        let shown = row.body != was.body || row.privileged != was.privileged;
        let stays = row.id == was.id && self.objects.stays();
        let seals = row.secrets.is_some() || row.privileged.is_some();
        let secrets = row.secrets != was.secrets || (seals && !stays);
        let hides = self.objects.hides(kept, &row, lost)?;
        let key = table.id_kind.key(&row.id);
        let moved = key != kept.key;
        let same = !shown && !secrets && !moved && !kept.stored.unfit && hides == kept.hidden;
        if same && !self.cells {
            return Ok(None);
        }
        row.version = match shown {
            true => script.port.number(&kept.tenant)?,
            false => was.version,
        };
        let sealed = secret::sealed(sealer, table, &row)?;
        let text = |text: Option<String>| text.map_or(ColumnValue::Null, ColumnValue::Text);
        let mut values = place(kept);
        values.extend([
            ColumnValue::Text(key.clone()),
            ColumnValue::Number(row.version.cast_signed()),
            ColumnValue::Text(row.body.clone()),
            text(sealed.privileged),
            text(sealed.secrets),
            text(hides),
        ]);
        values.extend(cells(table, &row));
        script.quietly(&self.update, values)?;
        if moved {
            self.follow(script, kept, &key)?;
        }
        Ok(Some(key))
    }

    /// Leaves an object that breaks rules as it is, with the values of its columns and its secrets
    /// where this program looks for them.
    pub(super) fn unfit(
        &self,
        script: &mut Script<'_>,
        kept: &Kept,
        members: &Value,
        found: &[Violation],
        own: Option<Vec<ColumnValue>>,
    ) -> Result<(), Error> {
        let Objects {
            table,
            sealer,
            words,
            ..
        } = self.objects;
        let mark = words.mark;
        let mut sql = format!("UPDATE \"{}\" SET unfit = {mark}3", table.name);
        let mut values = place(kept);
        values.push(ColumnValue::Text(noted(found)));
        let mut set = |name: &str, value: ColumnValue| {
            let _ = write!(sql, ", \"{name}\" = {mark}{}", values.len() + 1);
            values.push(value);
        };
        let row = Row {
            cells: own.unwrap_or_default(),
            ..kept.row()
        };
        if !row.cells.is_empty() {
            let named = words.columns(table).zip(cells(table, &row));
            named.for_each(|((name, _), value)| set(&name, value));
        }
        let before = self.objects.before;
        let others = before.is_some_and(|before| before.secrets != self.objects.now.secrets);
        if others || !self.objects.stays() {
            let (secrets, gone) = self.objects.secrets(members);
            let mut lost = self.objects.hidden(kept)?;
            lost.extend(gone);
            let privileged = kept.stored.privileged.clone();
            let row = Row {
                secrets,
                privileged,
                ..row
            };
            let text = |text: Option<String>| text.map_or(ColumnValue::Null, ColumnValue::Text);
            let sealed = secret::sealed(sealer, table, &row)?;
            set(secret::FULL, text(sealed.privileged));
            set(secret::HIDDEN, text(sealed.secrets));
            set(KEPT, text(self.objects.hides(kept, &row, lost)?));
        }
        let _ = write!(sql, " WHERE tenant = {mark}1 AND id = {mark}2");
        script.quietly(&sql, values)
    }

    /// Makes the children of an object whose identifier has another key follow it.
    fn follow(&self, script: &mut Script<'_>, kept: &Kept, key: &str) -> Result<(), Error> {
        let mark = self.objects.words.mark;
        for child in self.objects.table.children {
            let sql = format!(
                "UPDATE \"{}\" SET parent = {mark}3 WHERE tenant = {mark}1 AND parent = {mark}2",
                child.table.name
            );
            let mut values = place(kept);
            values.push(ColumnValue::Text(key.to_owned()));
            script.quietly(&sql, values)?;
        }
        Ok(())
    }
}

/// Where an object stands before it is stored anew: tenant and key.
fn place(kept: &Kept) -> Vec<ColumnValue> {
    [&kept.tenant, &kept.key]
        .map(|one| ColumnValue::Text(one.clone()))
        .to_vec()
}
