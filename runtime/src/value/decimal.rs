//! Decimal numbers with at most four digits after the point.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Number;

/// Ten-thousandths in one unit.
const UNIT: i64 = 10_000;

/// A number with at most four digits after the point, kept exactly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i64);

impl Decimal {
    /// The decimal of a whole number.
    #[must_use]
    pub const fn whole(number: i64) -> Self {
        Self(number * UNIT)
    }

    /// The decimal of `parts` ten-thousandths.
    #[must_use]
    pub const fn from_parts(parts: i64) -> Self {
        Self(parts)
    }

    /// The number in ten-thousandths.
    #[must_use]
    pub const fn parts(self) -> i64 {
        self.0
    }

    /// The sum, unless it is too large.
    #[must_use]
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(parts) => Some(Self(parts)),
            None => None,
        }
    }

    /// So many times the number, unless that is too large.
    #[must_use]
    pub const fn checked_mul(self, times: i64) -> Option<Self> {
        match self.0.checked_mul(times) {
            Some(parts) => Some(Self(parts)),
            None => None,
        }
    }

    /// The number as the nearest double.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / UNIT as f64
    }

    /// The decimal of a JSON number, unless it has more digits than are kept.
    #[must_use]
    pub fn read(number: &Number) -> Option<Self> {
        if let Some(whole) = number.as_i64() {
            return whole.checked_mul(UNIT).map(Self);
        }
        let parts = number.as_f64()? * 10_000.0;
        let rounded = parts.round();
        // Beyond 2^53 a double cannot represent every whole number.
        let exact = rounded.abs() < 9_007_199_254_740_992.0;
        let near = (parts - rounded).abs() <= rounded.abs().max(1.0) * f64::EPSILON;
        (exact && near).then_some(Self(rounded as i64))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % UNIT == 0 {
            serializer.serialize_i64(self.0 / UNIT)
        } else {
            serializer.serialize_f64(self.as_f64())
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Number::deserialize(deserializer)?;
        Self::read(&number).ok_or_else(|| de::Error::custom("not a decimal of four digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn keeps_four_digits_exactly_and_refuses_five() {
        for text in ["0", "-3", "0.1", "12.3456", "-0.0001", "999999999.9999"] {
            let read: Decimal = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
        }
        assert!(serde_json::from_str::<Decimal>("0.00001").is_err());
        assert!(serde_json::from_str::<Decimal>("1e300").is_err());
        // 2^53 and its neighbour are the same double.
        assert!(serde_json::from_str::<Decimal>("900719925474.0992").is_err());
    }

    #[test]
    fn sums_and_multiples_are_exact_and_never_wrap() {
        let read = |text| serde_json::from_str::<Decimal>(text).unwrap();
        let (one, other) = (read("19.99"), read("0.0001"));
        assert_eq!(one.checked_mul(3), Some(read("59.97")));
        assert_eq!(one.checked_add(other), Some(read("19.9901")));
        let most = Decimal::from_parts(i64::MAX);
        assert_eq!((most.checked_add(other), most.checked_mul(2)), (None, None));
    }
}
