//! Patterns for dates and times in ECMA-262 syntax.

/// A date, and a time up to the seconds (RFC 3339 section 5.6).
macro_rules! date {
    () => {
        "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    };
}
macro_rules! time {
    ($seconds:literal) => {
        concat!(
            "[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:",
            $seconds,
            "(?:\\.[0-9]+)?"
        )
    };
}
macro_rules! offset {
    () => {
        "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
    };
}

/// A date.
pub(crate) const DATE: &str = concat!(date!(), "$");

/// A date and time without a zone.
pub(crate) const CIVIL: &str = concat!(date!(), time!("[0-5][0-9]"), "$");

/// A date and time with any offset.
pub(crate) const MOMENT: &str = concat!(
    date!(),
    time!("(?:[0-5][0-9]|60)"),
    "(?:[Zz]|[+-]",
    offset!(),
    ")$"
);

/// A time in a query, where more parts are optional and `+` decodes to a blank.
pub(crate) const ASKED: &str = concat!(
    date!(),
    "(?:",
    time!("(?:[0-5][0-9]|60)"),
    "(?:[Zz]|[ +-]",
    offset!(),
    ")?)?$"
);
