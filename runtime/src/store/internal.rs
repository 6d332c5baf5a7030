//! The runtime's own tables. Most of them hold rows of all tenants.

use crate::table::{Column, ColumnKind, Table, Unique};

/// Lists, tables and settings of deployments: one row per tenant and API.
pub static PRESETS: Table = Table::internal("presets");

/// The users who see an object with values of their own: a JSON array per object.
pub static VIEWERS: Table = Table::internal("viewers");

/// The tenant and user of each object's token, by the hash of the token.
pub static LOGINS: Table = Table::internal("logins");

/// Shared objects: each by its identifier, and its identifier by its key.
pub static SHARED: Table = Table::internal("shared");

/// Due mails and open invitations. The instant of a row is when to process it.
pub static INVITATIONS: Table = Table {
    columns: &[column("hash", ColumnKind::External)],
    unique: &[Unique {
        columns: &[0],
        members: &["hash"],
        in_parent: false,
    }],
    ..Table::internal("invitations")
};

/// Watches; the parent of each row is the watched table and tenant.
pub static WATCHERS: Table = Table::internal("watchers");

/// Changes of which some watch is notified, by number.
pub static EVENTS: Table = Table::internal("events");

/// Refresh tokens that replaced those of watches, by name of the watch.
pub static REFRESH_TOKENS: Table = Table::internal("rotated");

/// The request log: delivery attempts; the parent of each row is the name of the watch.
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

/// The answers to creates that can be sent again, by a hash of what names them.
pub static IDEMPOTENCY_KEYS: Table = Table::internal("idempotency_keys");

/// Signing keys; the parent of each row is the tenant.
pub static KEYS: Table = Table::internal("keys");

/// All tables of the runtime.
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
    &IDEMPOTENCY_KEYS,
];

const fn column(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, kind }
}
