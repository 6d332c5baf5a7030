//! Invitations: mails whose link lets a user set a password, once.
//!
//! A mail is recorded as due in the transaction that triggers it, so a write that is rolled
//! back sends nothing, and one that is committed is not lost. The token in the link is
//! generated when the mail is sent, and only its hash is stored.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::UnitOfWork;
use super::observer::{Change, Observer};
use super::unreadable::unreadable;
use crate::auth::{hash, hex};
use crate::problem::Problem;
use crate::store::{
    ColumnValue, Compare, Condition, Error, INVITATIONS, Row, Select, Store, Term, Transaction,
};
use crate::table::{Attribute, GLOBAL, Table};
use crate::value::Instant;

/// The column with the hash of the token.
const HASH: usize = 0;

/// An invitation, from the change that triggers it until its link expires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its identifier, a number.
    pub id: String,
    /// The table of the object.
    pub table: String,
    /// The object's tenant.
    pub tenant: String,
    /// The object.
    pub object: String,
    /// The email address of the user.
    pub to: String,
    /// Number of attempts to send it.
    pub tries: u32,
    /// Whether it was sent or given up: nothing is to be done until it expires.
    pub settled: bool,
    /// When its link expires, in microseconds since 1970.
    pub expires: i64,
    /// Hash of the token in its link.
    pub hash: Option<String>,
}

impl Invitation {
    /// The key of its object, which is the parent of its row.
    pub(crate) fn key(&self) -> String {
        format!("{}/{}/{}", self.table, self.tenant, self.object)
    }

    /// Returns up to `most` invitations that are due at `now`, oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub(crate) async fn due(
        store: &dyn Store,
        now: Instant,
        most: u32,
    ) -> Result<Vec<Self>, Error> {
        let due = Term {
            field: Attribute::Created,
            folded: false,
            compare: Compare::Less,
            value: ColumnValue::Number(now.micros()),
        };
        select(store, due, Some(most)).await
    }

    /// Returns the invitation whose link contains `token`.
    ///
    /// # Errors
    /// The store cannot be read.
    pub(crate) async fn of(store: &dyn Store, token: &str) -> Result<Option<Self>, Error> {
        let same = Term {
            field: Attribute::Column(HASH),
            folded: false,
            compare: Compare::Equal,
            value: ColumnValue::Text(hex(&hash(token))),
        };
        Ok(select(store, same, Some(1)).await?.pop())
    }

    /// Whether it still exists and was not sent again in the meantime.
    ///
    /// # Errors
    /// The store cannot be read.
    pub(crate) fn fresh(&self, tx: &mut dyn Transaction) -> Result<bool, Error> {
        let stored = tx.find(&INVITATIONS, GLOBAL, &self.id)?;
        let same =
            |text: &str| serde_json::from_str(text).is_ok_and(|one: Self| one.hash == self.hash);
        Ok(stored.is_some_and(|stored| same(&stored.body)))
    }

    /// Stores it, to be processed at `due`.
    ///
    /// # Errors
    /// The store cannot be written.
    pub(crate) fn put(&self, tx: &mut dyn Transaction, due: Instant) -> Result<(), Problem> {
        let text = serde_json::to_string(self).map_err(|error| unreadable(&error))?;
        let row = Row {
            parent: Some(self.key()),
            cells: vec![
                self.hash
                    .clone()
                    .map_or(ColumnValue::Null, ColumnValue::Text),
            ],
            ..Row::internal(self.id.clone(), tx.number(), due, text)
        };
        Ok(tx.upsert(&INVITATIONS, &row)?)
    }

    /// Removes it.
    ///
    /// # Errors
    /// The store cannot be written.
    pub(crate) fn forget(&self, tx: &mut dyn Transaction) -> Result<(), Error> {
        tx.remove(&INVITATIONS, GLOBAL, &self.id)
    }
}

async fn select(
    store: &dyn Store,
    term: Term,
    limit: Option<u32>,
) -> Result<Vec<Invitation>, Error> {
    let page = store.list(Select {
        table: &INVITATIONS,
        tenant: GLOBAL.to_owned(),
        parent: None,
        privileged: false,
        conditions: vec![Condition::Any(vec![term])],
        order: Attribute::Created,
        descending: false,
        after: None,
        limit,
        offset: 0,
    });
    let page = page.await?;
    serde_json::from_str(&page.body).map_err(|why| Error::new("read invitations", why))
}

/// Records that mails are due.
pub(super) struct Invitations;

impl Observer for Invitations {
    fn observes(&self, table: &Table) -> bool {
        table.invite.is_some()
    }

    /// Records that a mail is due, if the object now triggers one and did not before.
    fn changed(&self, unit: &mut UnitOfWork<'_>, change: &Change<'_>) -> Result<(), Problem> {
        let invite = change.table.invite.as_ref();
        let invite = invite.filter(|_| unit.author.invites);
        let (Some(invite), Some(row)) = (invite, change.after) else {
            return Ok(());
        };
        let read = |text: &str| -> Result<Value, Problem> {
            serde_json::from_str(text).map_err(|error| unreadable(&error))
        };
        let object = read(&row.body)?;
        let before = change.before(unit)?;
        let before = before.map(|before| read(&before.body)).transpose()?;
        let asked = |object: &Value| object[invite.when] == true;
        if !asked(&object) || before.as_ref().is_some_and(asked) {
            return Ok(());
        }
        let now = unit.tx.now();
        let invitation = Invitation {
            id: unit.tx.number().to_string(),
            table: change.table.name.to_owned(),
            tenant: row.tenant.clone(),
            object: row.id.clone(),
            to: object[invite.to].as_str().unwrap_or_default().to_owned(),
            tries: 0,
            settled: false,
            expires: now.micros(),
            hash: None,
        };
        invitation.put(unit.tx, now)
    }
}
