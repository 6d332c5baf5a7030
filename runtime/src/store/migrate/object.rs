//! The objects of a table as the database has them.

use serde_json::{Map, Value};

use super::members::{put_secrets, rename};
use super::port::failed;
use super::shape::Shape;
use crate::store::tables::Words;
use crate::store::{Error, Row, Stored, secret};
use crate::table::Table;
use crate::value::IdKind;
use crate::watch::seal::Sealer;

/// The column with members that are hidden.
pub(super) const KEPT: &str = "kept";

/// An object as the database has it.
pub(super) struct Kept {
    pub(super) tenant: String,
    pub(super) key: String,
    pub(super) stored: Stored,
    /// Its secrets as they are stored.
    pub(super) sealed: Option<String>,
    /// Members that an earlier migration hid, as they are stored.
    pub(super) hidden: Option<String>,
}

/// The objects of a table.
#[derive(Clone, Copy)]
pub(super) struct Objects<'a> {
    pub(super) table: &'static Table,
    /// The shape by which they were stored, if it is known.
    pub(super) before: Option<&'a Shape>,
    /// The name of the table when they were stored.
    pub(super) name: &'a str,
    /// The shape of the table now.
    pub(super) now: &'a Shape,
    pub(super) words: &'static Words,
    pub(super) sealer: &'a Sealer,
}

impl Objects<'_> {
    /// All members of an object, except those that were hidden.
    pub(super) fn members(&self, kept: &Kept) -> Result<Value, Error> {
        let unreadable = |why: serde_json::Error| self.unreadable(kept, &why.to_string());
        let mut members: Value = serde_json::from_str(&kept.stored.body).map_err(unreadable)?;
        if let Some(secrets) = &kept.stored.secrets {
            let values: Vec<Value> = serde_json::from_str(secrets).map_err(unreadable)?;
            let paths = &self.before.unwrap_or(self.now).secrets;
            if !put_secrets(&mut members, paths, values) {
                let why = "its secrets are those of a spec that is not known";
                return Err(self.unreadable(kept, why));
            }
        }
        rename(&mut members, self.table.renamed);
        // The same identifier may be a number now, or a text.
        if self.kind() != self.table.id_kind
            && let Some(id) = members.get_mut(self.table.id)
        {
            let own = &kept.stored.id;
            let number = || own.parse::<u64>().ok().map(Value::from);
            let is = match self.table.id_kind {
                IdKind::Number => number(),
                IdKind::Hex24
                | IdKind::Increasing
                | IdKind::Digits
                | IdKind::Uuid
                | IdKind::Name => None,
            };
            *id = is.unwrap_or_else(|| own.clone().into());
        }
        Ok(members)
    }

    /// The members that an earlier migration hid.
    pub(super) fn hidden(&self, kept: &Kept) -> Result<Map<String, Value>, Error> {
        let Some(text) = &kept.hidden else {
            return Ok(Map::new());
        };
        let text = self.opened(kept, KEPT, text)?;
        let read = serde_json::from_str(&text);
        read.map_err(|why| self.unreadable(kept, &why.to_string()))
    }

    /// The text under which hidden members are stored. That of a table with secrets is sealed,
    /// because one of them may be among the members.
    pub(super) fn hides(
        &self,
        kept: &Kept,
        row: &Row,
        lost: Map<String, Value>,
    ) -> Result<Option<String>, Error> {
        if lost.is_empty() {
            return Ok(None);
        }
        if lost == self.hidden(kept)? && row.id == kept.stored.id && self.stays() {
            return Ok(kept.hidden.clone());
        }
        let before = self.before.is_some_and(|shape| !shape.secrets.is_empty());
        let text = Value::Object(lost).to_string();
        match before || !self.table.secrets.is_empty() {
            true => {
                let place = (row.tenant.as_str(), row.id.as_str());
                secret::seal(self.sealer, self.table.name, place, KEPT, &text).map(Some)
            }
            false => Ok(Some(text)),
        }
    }

    /// The secrets at the paths of this program as they are stored, and the outermost members of
    /// those that it does not know.
    pub(super) fn secrets(&self, members: &Value) -> (Option<String>, Map<String, Value>) {
        let now = &self.now.secrets;
        let at = |path: &Vec<String>| {
            let mut steps = path.iter();
            let found = steps.try_fold(members, |value, step| value.get(step));
            found.cloned().unwrap_or_default()
        };
        let secrets = (!now.is_empty()).then(|| now.iter().map(at).collect::<Value>().to_string());
        let before = self.before.iter().flat_map(|shape| &shape.secrets);
        let gone = before.filter(|path| !now.contains(path));
        let outer = gone.filter_map(|path| {
            let name = path.first()?;
            Some((name.clone(), members.get(name)?.clone()))
        });
        (secrets, outer.collect())
    }

    pub(super) fn opened(&self, kept: &Kept, column: &str, text: &str) -> Result<String, Error> {
        let place = (kept.tenant.as_str(), kept.stored.id.as_str());
        secret::open(self.sealer, self.name, place, column, text)
    }

    /// Whether the table has the name that it had when they were stored.
    pub(super) fn stays(&self) -> bool {
        self.name == self.table.name
    }

    pub(super) fn unreadable(&self, kept: &Kept, why: &str) -> Error {
        let (table, id) = (self.table.name, &kept.stored.id);
        failed(format!("object {id} of `{table}` cannot be read: {why}"))
    }

    /// The kind of identifiers by which the objects were stored.
    pub(super) fn kind(&self) -> IdKind {
        let noted = self.before.map(|shape| shape.identifiers.as_str());
        let mut all = IdKind::ALL.iter();
        let known = all.find(|kind| noted == Some(format!("{kind:?}").as_str()));
        *known.unwrap_or(&self.table.id_kind)
    }
}

impl Kept {
    /// Its row without any member.
    pub(super) fn row(&self) -> Row {
        let Stored { id, parent, .. } = self.stored.clone();
        Row {
            tenant: self.tenant.clone(),
            parent,
            ..Row::internal(id, self.stored.version, self.stored.created, String::new())
        }
    }
}
