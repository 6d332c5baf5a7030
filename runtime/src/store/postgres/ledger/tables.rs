//! The tables of deliveries. Their tenant is always the deployment, as that of the runtime's
//! other tables: one process claims for all tenants at a time.

/// The tables, with their columns.
pub(in crate::store::postgres) const TABLES: &[(&str, &str)] = &[
    (
        "deliveries",
        "tenant TEXT COLLATE \"C\" NOT NULL, id TEXT COLLATE \"C\" NOT NULL, \
         watch TEXT COLLATE \"C\" NOT NULL, object TEXT COLLATE \"C\" NOT NULL, \
         number BIGINT NOT NULL, state BIGINT NOT NULL, head BIGINT NOT NULL, \
         due BIGINT NOT NULL, failed BIGINT NOT NULL, owner TEXT COLLATE \"C\", \
         fence BIGINT NOT NULL, reason TEXT, created BIGINT NOT NULL, ended BIGINT, \
         PRIMARY KEY(tenant, id)",
    ),
    (
        "health",
        "tenant TEXT COLLATE \"C\" NOT NULL, watch TEXT COLLATE \"C\" NOT NULL, failing BIGINT, \
         disabled BIGINT, reason TEXT, PRIMARY KEY(tenant, watch)",
    ),
];

/// An index for each query.
pub(in crate::store::postgres) const INDEXES: &[(&str, &str)] = &[
    (
        "deliveries_line",
        "deliveries(tenant, watch, object, number) WHERE state = 0",
    ),
    (
        "deliveries_due",
        "deliveries(tenant, watch, due, number) WHERE head = 1",
    ),
    (
        "deliveries_leased",
        "deliveries(tenant, watch, due) WHERE owner IS NOT NULL",
    ),
    (
        "deliveries_ended",
        "deliveries(tenant, ended) WHERE state <> 0",
    ),
    ("deliveries_number", "deliveries(tenant, watch, number)"),
    (
        "deliveries_age",
        "deliveries(tenant, watch, created) WHERE state = 0",
    ),
];
