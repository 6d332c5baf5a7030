//! Texts of objects that are stored encrypted. Each is bound to the place where it stands: table,
//! tenant, identifier and column.

use std::borrow::Cow;

use super::{Error, Row, Select, Stored};
use crate::table::Table;
use crate::watch::seal::{Location, START, Sealer, key_name};

/// The column with the members of a row that a scope reveals, and all others.
pub(super) const FULL: &str = "full";

/// The column with the secrets of a row.
pub(super) const HIDDEN: &str = "hidden";

/// Encrypts a text that stands in one column of the row `(tenant, id)` of the table called
/// `table`.
///
/// # Errors
/// It cannot be encrypted.
pub(super) fn seal(
    sealer: &Sealer,
    table: &str,
    (tenant, id): (&str, &str),
    member: &str,
    text: &str,
) -> Result<String, Error> {
    let id = format!("{tenant}/{id}");
    let id = id.as_str();
    let sealed = sealer.seal(&Location { table, id, member }, text);
    sealed.map_err(|why| Error::new("seal a secret", why))
}

/// Decrypts a text that stands in one column of the row `(tenant, id)` of the table called
/// `table`; plain text stays as it is.
///
/// # Errors
/// It is of another place or another key.
pub(super) fn open(
    sealer: &Sealer,
    table: &str,
    (tenant, id): (&str, &str),
    member: &str,
    text: &str,
) -> Result<String, Error> {
    let id = format!("{tenant}/{id}");
    let id = id.as_str();
    let opened = sealer.open(&Location { table, id, member }, text);
    let opened = opened.map_err(|why| Error::new("read a secret", why))?;
    Ok(opened.text)
}

/// The texts of a row that are stored encrypted.
#[derive(Debug, Clone, Default)]
pub(super) struct Sealed {
    /// The object with the members that a scope reveals.
    pub(super) privileged: Option<String>,
    /// The members that stand apart.
    pub(super) secrets: Option<String>,
}

/// The texts of a row as they are stored.
///
/// # Errors
/// They cannot be encrypted.
pub(super) fn sealed(sealer: &Sealer, table: &Table, row: &Row) -> Result<Sealed, Error> {
    let place = (row.tenant.as_str(), row.id.as_str());
    let seal = |text: &Option<String>, member| {
        let text = text.as_ref();
        let sealed = text.map(|text| seal(sealer, table.name, place, member, text));
        sealed.transpose()
    };
    Ok(Sealed {
        privileged: seal(&row.privileged, FULL)?,
        secrets: seal(&row.secrets, HIDDEN)?,
    })
}

/// Decrypts the texts of an object.
///
/// # Errors
/// They are of another place or another key.
pub(super) fn opened(
    sealer: &Sealer,
    table: &Table,
    tenant: &str,
    stored: Stored,
) -> Result<Stored, Error> {
    let place = (tenant, stored.id.as_str());
    let open = |text: &Option<String>, member| {
        let text = text.as_ref();
        let opened = text.map(|text| open(sealer, table.name, place, member, text));
        opened.transpose()
    };
    let privileged = open(&stored.privileged, FULL)?;
    let secrets = open(&stored.secrets, HIDDEN)?;
    Ok(Stored {
        privileged,
        secrets,
        ..stored
    })
}

/// Decrypts a text of a list: an object as everybody sees it, or with the members that a scope
/// reveals. `key` is that of its identifier.
///
/// # Errors
/// It is of another place or another key.
pub(super) fn shown<'t>(
    sealer: &Sealer,
    select: &Select,
    key: &str,
    text: &'t str,
) -> Result<Cow<'t, str>, Error> {
    // Most objects have nothing that only a scope reveals.
    let start = text.get(..START).unwrap_or(text);
    if !select.privileged || key_name(start).is_none() {
        return Ok(Cow::Borrowed(text));
    }
    let id = select.table.id_kind.of_key(key.to_owned());
    let place = (select.tenant.as_str(), id.as_str());
    open(sealer, select.table.name, place, FULL, text).map(Cow::Owned)
}
