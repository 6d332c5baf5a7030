//! Addresses of the Internet Protocol.

use std::net::IpAddr;

use super::facts::{Asked, Facts, PLAIN};

/// An octet of a dotted quad, without leading zeros.
macro_rules! octet {
    () => {
        "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
    };
}

/// A dotted quad (RFC 791).
macro_rules! quad {
    () => {
        concat!("(?:", octet!(), "\\.){3}", octet!())
    };
}

/// A pattern of both versions for one notation of the 16 bits between colons; the forms of
/// version 6 are those of RFC 4291 section 2.2, in the order of RFC 3986 section 3.2.2.
macro_rules! pattern {
    ($part:literal) => {
        concat!(
            "^(?:",
            quad!(),
            "|(?:",
            $part,
            ":){6}",
            tail!($part),
            "|::(?:",
            $part,
            ":){5}",
            tail!($part),
            "|(?:",
            $part,
            ")?::(?:",
            $part,
            ":){4}",
            tail!($part),
            "|(?:(?:",
            $part,
            ":){0,1}",
            $part,
            ")?::(?:",
            $part,
            ":){3}",
            tail!($part),
            "|(?:(?:",
            $part,
            ":){0,2}",
            $part,
            ")?::(?:",
            $part,
            ":){2}",
            tail!($part),
            "|(?:(?:",
            $part,
            ":){0,3}",
            $part,
            ")?::",
            $part,
            ":",
            tail!($part),
            "|(?:(?:",
            $part,
            ":){0,4}",
            $part,
            ")?::",
            tail!($part),
            "|(?:(?:",
            $part,
            ":){0,5}",
            $part,
            ")?::",
            $part,
            "|(?:(?:",
            $part,
            ":){0,6}",
            $part,
            ")?::)$"
        )
    };
}

/// The last 32 bits.
macro_rules! tail {
    ($part:literal) => {
        concat!("(?:", $part, ":", $part, "|", quad!(), ")")
    };
}

/// An address of either version, shown in the form of RFC 5952.
pub(super) const FACTS: Facts = Facts {
    name: "ip",
    form: |text| Some(text.parse::<IpAddr>().ok()?.to_string()),
    lengths: (2, 45),
    asked: Asked::Form("ip"),
    taken: Some(pattern!("[0-9A-Fa-f]{1,4}")),
    shown: Some(pattern!("(?:0|[1-9a-f][0-9a-f]{0,3})")),
    ..PLAIN
};

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use regex::Regex;

    use super::FACTS;

    /// Texts around the grammar: every number of groups before and behind `::`, with and
    /// without a dotted quad at the end.
    fn texts() -> Vec<String> {
        let groups = |count: usize| vec!["aB1"; count].join(":");
        let mut all: Vec<String> = ["0.0.0.0", "255.255.255.255", "256.1.1.1", "01.2.3.4"]
            .into_iter()
            .chain([
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.4 ",
                "::1%eth0",
                ":::",
                "1::2::3",
                "::12345",
                "",
            ])
            .map(str::to_owned)
            .collect();
        for front in 0..=9 {
            all.push(groups(front));
            for tail in 0..=9 {
                let (front, tail) = (groups(front), groups(tail));
                all.push(format!("{front}::{tail}"));
                let joint = if tail.is_empty() { "" } else { ":" };
                all.push(format!("{front}::{tail}{joint}192.0.2.1"));
                all.push(format!("{front}:{tail}{joint}192.0.2.1"));
            }
        }
        all
    }

    #[test]
    fn the_patterns_are_those_of_what_is_read() {
        let taken = Regex::new(FACTS.taken.unwrap()).unwrap();
        let shown = Regex::new(FACTS.shown.unwrap()).unwrap();
        for text in texts() {
            let read = (FACTS.form)(&text);
            assert_eq!(taken.is_match(&text), read.is_some(), "{text}");
            let Some(read) = read else { continue };
            assert!(shown.is_match(&read), "{read}");
            assert_eq!((FACTS.form)(&read).as_ref(), Some(&read));
            assert_eq!(text.parse::<IpAddr>(), read.parse::<IpAddr>());
        }
    }
}
