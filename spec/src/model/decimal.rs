//! Decimal numbers with at most four digits after the point.

use std::fmt;

use serde_json::{Number, Value};

/// An exact decimal number with at most four digits after the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal {
    /// The number in ten-thousandths.
    parts: i64,
}

impl Decimal {
    /// The maximum absolute value of a bound.
    pub const MOST: Self = Self::whole(1_000_000_000_000);

    /// The number of ten-thousandths in one.
    const UNIT: i64 = 10_000;

    /// The decimal of a whole number.
    #[must_use]
    pub const fn whole(number: i64) -> Self {
        Self {
            parts: number.saturating_mul(Self::UNIT),
        }
    }

    /// The decimal with this number of ten-thousandths.
    #[must_use]
    pub const fn from_parts(parts: i64) -> Self {
        Self { parts }
    }

    /// The number in ten-thousandths.
    #[must_use]
    pub const fn parts(self) -> i64 {
        self.parts
    }

    /// The decimal of a JSON number; `None` if it has more digits or exceeds the limit of
    /// bounds.
    #[must_use]
    pub fn read(number: &Number) -> Option<Self> {
        let text = format!("{}", number.as_f64()?);
        let (whole, digits) = text.split_once('.').unwrap_or((&text, ""));
        let digits = (digits.len() <= 4).then(|| format!("{digits:0<4}"))?;
        let parts = format!("{whole}{digits}").parse().ok()?;
        let read = Self { parts };
        (read <= Self::MOST && read >= Self::from_parts(-Self::MOST.parts)).then_some(read)
    }

    /// The nearest double.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.parts as f64 / Self::UNIT as f64
    }

    /// The value as a whole number, if it is one.
    #[must_use]
    pub fn as_whole(self) -> Option<i64> {
        (self.parts % Self::UNIT == 0).then_some(self.parts / Self::UNIT)
    }

    /// The number as JSON; whole numbers have no point.
    #[must_use]
    pub fn to_json(self) -> Value {
        match self.as_whole() {
            Some(whole) => whole.into(),
            None => self.as_f64().into(),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.to_json())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Decimal;

    fn read(value: &serde_json::Value) -> Option<i64> {
        Decimal::read(value.as_number()?).map(Decimal::parts)
    }

    #[test]
    fn four_digits_are_kept_and_a_fifth_is_none() {
        assert_eq!(read(&json!(0.01)), Some(100));
        assert_eq!(read(&json!(-0.0001)), Some(-1));
        assert_eq!(read(&json!(12)), Some(120_000));
        assert_eq!(
            read(&json!(1_000_000_000_000_i64)),
            Some(10_000_000_000_000_000)
        );
        assert_eq!(read(&json!(0.00001)), None);
        assert_eq!(read(&json!(1e13)), None);
        assert_eq!(Decimal::from_parts(100).to_json(), json!(0.01));
        assert_eq!(Decimal::whole(-3).to_json(), json!(-3));
    }
}
