//! Identifiers of resources: generation, parsing and order.

use serde_json::Value;

use super::{Instant, is_uuid, whole};

/// The kind of a resource's identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdKind {
    /// 24 lower-case hexadecimal digits, increasing; read in any case.
    Hex24,
    /// 1, 2, 3 … as text.
    Increasing,
    /// 1, 2, 3 … as JSON numbers; digits in paths.
    Number,
    /// Decimal digits as text; 16 digits when generated.
    Digits,
    /// A UUID (RFC 9562) in lower case, increasing; any case and version is read.
    Uuid,
    /// A name that the client chooses.
    Name,
}

impl IdKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Hex24,
        Self::Increasing,
        Self::Number,
        Self::Digits,
        Self::Uuid,
        Self::Name,
    ];

    /// Generates an identifier from the store's clock: the instant, the number of the change
    /// and a number that distinguishes this store from others.
    #[must_use]
    pub fn make(self, now: Instant, number: u64, seed: u32) -> String {
        match self {
            // Seconds, store, change: text order is time order.
            Self::Hex24 => {
                let seconds = now.micros().div_euclid(1_000_000) & 0xffff_ffff;
                format!(
                    "{seconds:08x}{:06x}{:010x}",
                    seed & 0xff_ffff,
                    number & 0xff_ffff_ffff
                )
            }
            Self::Increasing | Self::Number => number.to_string(),
            Self::Digits => format!("{:016}", 1_000_000_000_000_000 + number),
            // UUID version 7 (section 5.7): milliseconds, change, store.
            Self::Uuid => {
                let millis = now.micros().div_euclid(1_000) & 0xffff_ffff_ffff;
                let (high, low) = (number >> 30 & 0xfff, number & 0x3fff_ffff);
                format!(
                    "{:08x}-{:04x}-7{high:03x}-{:04x}-{:04x}{seed:08x}",
                    millis >> 16,
                    millis & 0xffff,
                    0x8000 | low >> 16,
                    low & 0xffff,
                )
            }
            Self::Name => number.to_string(),
        }
    }

    /// The normal form of an identifier, if `text` is well formed.
    #[must_use]
    pub fn read(self, text: &str) -> Option<String> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Self::Hex24 => {
                let hex = text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
                hex.then(|| text.to_ascii_lowercase())
            }
            Self::Increasing | Self::Number => {
                let plain =
                    (1..=18).contains(&text.len()) && digits(text) && !text.starts_with('0');
                plain.then(|| text.to_owned())
            }
            Self::Digits => {
                ((1..=32).contains(&text.len()) && digits(text)).then(|| text.to_owned())
            }
            Self::Uuid => is_uuid(text).then(|| text.to_ascii_lowercase()),
            Self::Name => (!text.is_empty()).then(|| text.to_owned()),
        }
    }

    /// The normal form of an identifier in JSON, if it is well formed.
    #[must_use]
    pub fn of_json(self, value: &Value) -> Option<String> {
        match (self, value) {
            (Self::Number, Value::Number(number)) => self.read(&whole(number)?.to_string()),
            (Self::Number, _) => None,
            (_, value) => self.read(value.as_str()?),
        }
    }

    /// The number of an identifier, for kinds that are numbered in sequence.
    #[must_use]
    pub fn counted(self, id: &str) -> Option<u64> {
        match self {
            Self::Increasing | Self::Number => id.parse().ok(),
            Self::Hex24 | Self::Digits | Self::Uuid | Self::Name => None,
        }
    }

    /// The identifier for a key made by [`Self::key`].
    #[must_use]
    pub fn of_key(self, key: String) -> String {
        match self {
            Self::Increasing | Self::Number => key.trim_start_matches('0').to_owned(),
            Self::Hex24 | Self::Digits | Self::Uuid | Self::Name => key,
        }
    }

    /// The text by which an identifier is ordered.
    #[must_use]
    pub fn key(self, id: &str) -> String {
        match self {
            Self::Increasing | Self::Number => format!("{id:0>19}"),
            Self::Hex24 | Self::Digits | Self::Uuid | Self::Name => id.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{IdKind, Instant};

    #[test]
    fn makes_what_it_reads_and_orders_by_time() {
        for kind in [
            IdKind::Hex24,
            IdKind::Increasing,
            IdKind::Digits,
            IdKind::Number,
            IdKind::Uuid,
        ] {
            let ids: Vec<String> = (9..=11)
                .map(|n| kind.make(Instant::from_micros(1_700_000_000_000_000 + n), n as u64, 7))
                .collect();
            let keys: Vec<String> = ids.iter().map(|id| kind.key(id)).collect();
            assert!(keys.is_sorted(), "{keys:?}");
            for id in &ids {
                assert_eq!(kind.read(id).as_ref(), Some(id));
                assert_eq!(&kind.of_key(kind.key(id)), id);
            }
        }
        assert_eq!(IdKind::Hex24.read(&"AB".repeat(12)), Some("ab".repeat(12)));
        for bad in ["", "0", "01", "-1", "+1", "1x"] {
            assert_eq!(IdKind::Increasing.read(bad), None, "{bad}");
        }
    }
}
