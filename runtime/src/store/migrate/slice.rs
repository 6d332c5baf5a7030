//! Reads the objects of a table, some at a time, in the order of their keys.

use super::object::{Kept, Objects};
use super::port::{Cells, Port};
use crate::store::{ColumnValue, Error, Stored, secret};
use crate::value::Instant;

/// How many objects are read at a time; one can have some megabytes.
const SLICE: usize = 100;

impl Objects<'_> {
    /// The number of objects.
    pub(super) fn count(&self, port: &mut dyn Port) -> Result<i64, Error> {
        let sql = format!("SELECT count(*) FROM \"{}\"", self.table.name);
        let first = port.query(&sql, &[])?.into_iter().next();
        Ok(first.map_or(0, |mut row| row.number()))
    }

    /// Reads the next objects behind a tenant and a key, as the database has them.
    pub(super) fn slice(
        &self,
        port: &mut dyn Port,
        (tenant, key): (&str, &str),
    ) -> Result<Vec<Kept>, Error> {
        let mark = self.words.mark;
        let sql = format!(
            "SELECT tenant, id, parent, version, created, updated, body, \"full\", hidden, kept, \
             unfit FROM \"{}\" WHERE (tenant, id) > ({mark}1, {mark}2) ORDER BY tenant, id \
             LIMIT {SLICE}",
            self.table.name
        );
        let behind = [tenant, key].map(|one| ColumnValue::Text(one.to_owned()));
        let rows = port.query(&sql, &behind)?.into_iter();
        rows.map(|row| self.read(row)).collect()
    }

    fn read(&self, mut row: Cells) -> Result<Kept, Error> {
        let tenant = row.text().unwrap_or_default();
        let key = row.text().unwrap_or_default();
        let parent = self.table.parent.as_ref();
        let parent = parent.map_or(self.table.id_kind, |one| one.table.id_kind);
        let mut stored = Stored {
            id: self.kind().of_key(key.clone()),
            parent: row.text().map(|key| parent.of_key(key)),
            version: row.number().unsigned_abs(),
            created: Instant::from_micros(row.number()),
            updated: Instant::from_micros(row.number()),
            body: row.text().unwrap_or_default(),
            privileged: row.text(),
            secrets: None,
            unfit: false,
        };
        let sealed = row.text();
        let hidden = row.text();
        stored.unfit = row.text().is_some();
        let mut kept = Kept {
            tenant,
            key,
            stored,
            sealed,
            hidden,
        };
        if let Some(sealed) = &kept.sealed {
            kept.stored.secrets = Some(self.opened(&kept, secret::HIDDEN, sealed)?);
        }
        if let Some(sealed) = &kept.stored.privileged {
            kept.stored.privileged = Some(self.opened(&kept, secret::FULL, sealed)?);
        }
        Ok(kept)
    }
}
