//! How the clock of a service goes, beside that of this machine.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use crate::harness::{Exchange, Unreachable};

/// Seconds that clocks may differ by without a word: `Date` has whole seconds, and an
/// answer takes time.
const NEAR: i64 = 5;

/// What `Date` of answers has shown (RFC 9110 section 6.6.1).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Clock {
    /// Seconds that the service is ahead, by the first answer that says it.
    ahead: Option<i64>,
}

impl Clock {
    /// Asks, and looks at the clock before and after.
    pub(super) fn around(
        &mut self,
        ask: impl FnOnce() -> Result<Exchange, Unreachable>,
    ) -> Result<Exchange, Unreachable> {
        let before = Timestamp::now().as_second();
        let answer = ask()?;
        let after = Timestamp::now().as_second();
        if self.ahead.is_none() {
            self.ahead = answer
                .header("date")
                .and_then(|date| ahead(date, before, after));
        }
        Ok(answer)
    }

    /// Where the clocks differ, by how much.
    pub(super) fn said(&self) -> Option<String> {
        let ahead = self.ahead.filter(|ahead| ahead.abs() > NEAR)?;
        let way = if ahead > 0 { "ahead of" } else { "behind" };
        Some(format!(
            "its clock is {} s {way} that of this machine, so what is compared with the time of day can fail for that alone",
            ahead.abs()
        ))
    }
}

/// Seconds from the time of asking to a date; none when it lies in between.
fn ahead(date: &str, before: i64, after: i64) -> Option<i64> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    let date = PARSER.parse_timestamp(date).ok()?.as_second();
    Some(if date > after {
        date - after
    } else {
        (date - before).min(0)
    })
}

#[cfg(test)]
mod tests {
    use super::{Clock, ahead};

    #[test]
    fn a_date_is_compared_with_the_time_of_asking() {
        // 784111777 is the example of RFC 9110 section 5.6.7.
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        assert_eq!(ahead(date, 784_111_770, 784_111_780), Some(0));
        assert_eq!(ahead(date, 784_111_700, 784_111_707), Some(70));
        assert_eq!(ahead(date, 784_111_800, 784_111_800), Some(-23));
        assert_eq!(ahead("soon", 0, 0), None);
        let said = |ahead| Clock { ahead }.said();
        assert!(said(Some(-23)).unwrap().contains("23 s behind"));
        assert!(said(Some(70)).unwrap().contains("70 s ahead of"));
        assert_eq!((said(Some(5)), said(None)), (None, None));
    }
}
