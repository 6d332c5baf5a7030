//! The waits between the attempts of a delivery.

use std::time::Duration;

/// Maximum number of waits in a schedule.
const MOST: usize = 100;

/// Maximum length of a wait in a schedule.
const LONGEST: Duration = Duration::from_hours(30 * 24);

/// Maximum jitter added to a wait: more would not spread attempts better, and would double the
/// longest waits.
const JITTER: Duration = Duration::from_hours(1);

/// Maximum wait that a receiver may ask for with `Retry-After`.
const ASKED: Duration = Duration::from_hours(24);

/// The waits after each failed attempt. The first attempt is made at once, so there is one
/// attempt more than there are waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule(Vec<Duration>);

impl Schedule {
    /// Parses a list such as `5s,5m,2h`: at most 100 numbers with `ms`, `s`, `m`, `h` or `d`,
    /// each from 1 ms to 30 days.
    ///
    /// # Errors
    /// A description of what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let waits: Vec<_> = text.split(',').map(wait).collect::<Result<_, _>>()?;
        if waits.len() > MOST {
            return Err(format!("a schedule has at most {MOST} waits"));
        }
        Ok(Self(waits))
    }

    /// The maximum number of attempts.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX) + 1
    }

    /// Returns the wait after the failed attempt number `failed`, from 1; `None` if it was the
    /// last.
    ///
    /// `random` is a uniformly distributed number; it determines a jitter of up to the wait,
    /// but at most one hour, so that deliveries which failed together are not repeated
    /// together. A longer wait that the receiver `asked` for (RFC 9110 section 10.2.3) is
    /// granted, up to 24 hours; a shorter one is not.
    #[must_use]
    pub fn wait(&self, failed: u32, random: u64, asked: Option<Duration>) -> Option<Duration> {
        let at = usize::try_from(failed.checked_sub(1)?).ok()?;
        let wait = *self.0.get(at)?;
        let least = asked.map_or(wait, |asked| wait.max(asked.min(ASKED)));
        Some(least + part(wait.min(JITTER), random))
    }
}

impl Default for Schedule {
    /// The example of the Standard Webhooks specification: ten attempts within 76 hours, plus
    /// jitter.
    fn default() -> Self {
        let hours = [2, 5, 10, 14, 20, 24].map(Duration::from_hours);
        let mut waits = vec![
            Duration::from_secs(5),
            Duration::from_mins(5),
            Duration::from_mins(30),
        ];
        waits.extend(hours);
        Self(waits)
    }
}

/// The fraction of a duration that `random` is of its maximum.
fn part(whole: Duration, random: u64) -> Duration {
    let micros = (whole.as_micros() * u128::from(random)) >> 64;
    Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX))
}

/// Parses a duration such as `250ms` or `5s`, from 1 ms to 30 days.
///
/// # Errors
/// A description of what is wrong with the text.
pub(crate) fn wait(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let wrong = || format!("`{text}` is not a time from 1ms to 30d, such as 500ms, 5s, 5m, 2h, 1d");
    let unit = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
    let number: u64 = text[..unit].parse().map_err(|_| wrong())?;
    let millis = match &text[unit..] {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err(wrong()),
    };
    let wait = number.checked_mul(millis).map(Duration::from_millis);
    wait.filter(|wait| !wait.is_zero() && *wait <= LONGEST)
        .ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Schedule;

    #[test]
    fn reads_times_with_units_and_nothing_else() {
        let schedule = Schedule::parse("20ms, 50ms,5s,5m,2h,1d").unwrap();
        assert_eq!(schedule.attempts(), 7);
        assert_eq!(schedule.wait(2, 0, None), Some(Duration::from_millis(50)));
        for bad in [
            "",
            ",",
            "5",
            "s",
            "0s",
            "-1s",
            "1.5s",
            "5 s",
            "31d",
            "5s,,5m",
            "1w",
            "5µs",
            "99999999999999999999s",
            "18446744073709551615d",
        ] {
            assert!(Schedule::parse(bad).is_err(), "{bad}");
        }
        assert!(Schedule::parse(&["1s"; 101].join(",")).is_err());
    }

    #[test]
    fn the_default_is_the_one_of_the_standard() {
        let schedule = Schedule::default();
        let waits = (1..10).map(|failed| schedule.wait(failed, 0, None).unwrap());
        assert_eq!(
            waits.sum::<Duration>(),
            Duration::from_secs(75 * 3_600 + 35 * 60 + 5)
        );
        assert_eq!(schedule.wait(10, 0, None), None);
        assert_eq!(schedule.wait(0, 0, None), None);
        assert_eq!(schedule.attempts(), 10);
    }

    #[test]
    fn chance_adds_up_to_the_wait_itself_or_an_hour() {
        let schedule = Schedule::parse("10s,10h").unwrap();
        let half = schedule.wait(1, 1 << 63, None);
        assert_eq!(half, Some(Duration::from_secs(15)));
        let most = schedule.wait(1, u64::MAX, None).unwrap();
        assert!(most > Duration::from_secs(19) && most < Duration::from_secs(20));
        let most = schedule.wait(2, u64::MAX, None).unwrap();
        assert!(most < Duration::from_hours(11));
    }

    #[test]
    fn a_receiver_can_ask_for_more_time_and_not_for_less() {
        let schedule = Schedule::parse("1m").unwrap();
        let asked = |seconds| schedule.wait(1, 0, Some(Duration::from_secs(seconds)));
        assert_eq!(asked(0), Some(Duration::from_mins(1)));
        assert_eq!(asked(90), Some(Duration::from_secs(90)));
        assert_eq!(asked(u64::MAX), Some(Duration::from_hours(24)));
    }
}
