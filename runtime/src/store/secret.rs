//! Texts of objects that are stored encrypted. Each is bound to the place where it stands: table,
//! tenant, identifier and column.

use super::{Error, Row, Stored};
use crate::table::Table;
use crate::watch::seal::{Location, Sealer};

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

/// The members of a row that stand apart, as they are stored.
///
/// # Errors
/// They cannot be encrypted.
pub(super) fn sealed(sealer: &Sealer, table: &Table, row: &Row) -> Result<Option<String>, Error> {
    let place = (row.tenant.as_str(), row.id.as_str());
    let secrets = row.secrets.as_ref();
    let sealed = secrets.map(|text| seal(sealer, table.name, place, HIDDEN, text));
    sealed.transpose()
}

/// Decrypts the secret fields of an object.
///
/// # Errors
/// They are of another place or another key.
pub(super) fn opened(
    sealer: &Sealer,
    table: &Table,
    tenant: &str,
    stored: Stored,
) -> Result<Stored, Error> {
    let Some(sealed) = &stored.secrets else {
        return Ok(stored);
    };
    let text = open(sealer, table.name, (tenant, &stored.id), HIDDEN, sealed)?;
    Ok(Stored {
        secrets: Some(text),
        ..stored
    })
}
