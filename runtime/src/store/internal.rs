//! The tables of the runtime itself. Most of them hold rows of all tenants.

use crate::table::{Column, ColumnKind, Table, Unique};

/// Closed lists of the deployment: one object per tenant and API.
pub static PRESETS: Table = Table::internal("presets");

/// Who sees an object of which each user has values of their own: a JSON array of users.
pub static VIEWERS: Table = Table::internal("viewers");

/// Whom each token of an object speaks for, by its hash.
pub static LOGINS: Table = Table::internal("logins");

/// Shared objects: each by its identifier, and its identifier by its key.
pub static SHARED: Table = Table::internal("shared");

/// Mails that are due and invitations that can still be accepted. The instant of a
/// row is when something is to be done with it.
pub static INVITATIONS: Table = Table {
    columns: &[column("hash", ColumnKind::External)],
    unique: &[Unique {
        columns: &[0],
        members: &["hash"],
        in_parent: false,
    }],
    ..Table::internal("invitations")
};

/// Watches, with the table and tenant that they watch as their parent.
pub static WATCHERS: Table = Table::internal("watchers");

/// Changes that some watch is notified of, by their number.
pub static EVENTS: Table = Table::internal("events");

/// Refresh tokens that came in place of those that watches were given, by the name of
/// the watch.
pub static REFRESH_TOKENS: Table = Table::internal("rotated");

/// The request log: attempts, with the name of the watch as their parent.
pub static REQUESTS: Table = Table {
    columns: &[
        column("outcome", ColumnKind::External),
        column("event", ColumnKind::External),
        column("resource_id", ColumnKind::External),
        column("webhook_id", ColumnKind::External),
        column("number", ColumnKind::Number),
    ],
    ..Table::internal("requests")
};

/// Keys that sign what is sent, with the tenant as their parent.
pub static KEYS: Table = Table::internal("keys");

/// All of them.
pub(super) static ALL: &[&Table] = &[
    &PRESETS,
    &VIEWERS,
    &LOGINS,
    &SHARED,
    &INVITATIONS,
    &WATCHERS,
    &EVENTS,
    &REFRESH_TOKENS,
    &REQUESTS,
    &KEYS,
];

const fn column(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, kind }
}
