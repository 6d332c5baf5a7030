//! Numbers with any fraction.

use std::cmp::Ordering;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Up to this number a double represents every whole number exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A finite double. Equal numbers print alike: whole numbers without a point, and zero without
/// a sign.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Number(f64);

impl Number {
    /// The number, unless it is infinite or NaN.
    #[must_use]
    pub fn new(number: f64) -> Option<Self> {
        // Adding zero turns `-0.0` into `0.0`.
        number.is_finite().then_some(Self(number + 0.0))
    }

    /// A number given in a spec; zero if it is not finite.
    #[must_use]
    pub fn of(number: f64) -> Self {
        Self::new(number).unwrap_or_default()
    }

    /// The number as a double.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.0
    }

    /// A whole number with the same order.
    #[must_use]
    pub fn rank(self) -> i64 {
        // The bits of positive doubles are ordered like whole numbers, those of negative
        // doubles in reverse.
        let bits = self.0.to_bits().cast_signed();
        if bits < 0 { i64::MIN - bits } else { bits }
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.fract() == 0.0 && self.0.abs() < EXACT {
            true => serializer.serialize_i64(self.0 as i64),
            false => serializer.serialize_f64(self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(f64::deserialize(deserializer)?)
            .ok_or_else(|| de::Error::custom("not a finite number"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Number;

    #[test]
    fn one_number_has_one_form() {
        for (text, shown) in [
            ("1", "1"),
            ("1.0", "1"),
            ("-0.0", "0"),
            ("0.1", "0.1"),
            ("1e2", "100"),
            ("9007199254740991", "9007199254740991"),
            ("-1.5e-7", "-1.5e-7"),
        ] {
            let read: Number = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), shown, "{text}");
        }
        assert!(Number::new(f64::INFINITY).is_none() && Number::new(f64::NAN).is_none());
    }

    proptest! {
        #[test]
        fn ranks_order_as_numbers_do(one in any::<f64>(), other in any::<f64>()) {
            let (Some(left), Some(right)) = (Number::new(one), Number::new(other)) else {
                return Ok(());
            };
            prop_assert_eq!(left.rank().cmp(&right.rank()), one.partial_cmp(&other).unwrap());
        }
    }
}
