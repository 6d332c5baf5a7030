//! Paging by `limit` and `offset`.

use super::digits::{digits, size};
use super::{Link, Shown, Style, Turn};

/// Name of the parameter for the page size.
const LIMIT: &str = "limit";

/// Name of the parameter for the number of objects to skip.
const OFFSET: &str = "offset";

/// Pages of `limit` objects after skipping `offset` objects.
#[derive(Debug, Clone, Copy)]
pub struct LimitOffset {
    /// Page size when the client states none; `None` is all objects.
    pub default: Option<u32>,
    /// Maximum page size.
    pub max: u32,
}

impl Style for LimitOffset {
    fn parameters(&self) -> Vec<&'static str> {
        vec![LIMIT, OFFSET]
    }

    fn limit(&self, cap: Option<u32>, _sorted: bool) -> Option<u32> {
        self.default.or(cap)
    }

    fn take(&self, name: &str, value: &str, turn: &mut Turn) -> Option<Result<(), String>> {
        let taken = match name {
            LIMIT => size(self.max, value).map(|limit| turn.limit = Some(limit)),
            OFFSET => offset(value).map(|offset| turn.offset = offset),
            _ => return None,
        };
        turn.paged |= taken.is_ok();
        Some(taken)
    }

    /// Links the next page if there is one, and the previous and the first page unless this is
    /// the first.
    fn links(&self, shown: &Shown<'_>, _sorted: bool) -> Vec<Link> {
        let (Some(limit), offset) = (shown.turn.limit, shown.turn.offset) else {
            return Vec::new();
        };
        let size = u64::from(limit);
        let link = |offset: u64, limit: u64, rel| Link {
            rel,
            query: format!("{LIMIT}={limit}&{OFFSET}={offset}"),
        };
        let next = offset.saturating_add(shown.count);
        let mut links = Vec::new();
        if shown.count > 0 && next < shown.total {
            links.push(link(next, size, "next"));
        }
        if offset > 0 {
            // If fewer than a page precede this one, the previous page ends where this one
            // begins.
            let start = offset.saturating_sub(size);
            links.push(link(start, size.min(offset), "prev"));
            links.push(link(0, size, "first"));
        }
        links
    }
}

/// Parses an offset: 0 or more, up to the largest number that stores support.
fn offset(text: &str) -> Result<u64, String> {
    let number = digits(text).filter(|number| i64::try_from(*number).is_ok());
    number.ok_or_else(|| "must be a whole number, 0 or more".to_owned())
}

#[cfg(test)]
mod tests {
    use super::offset;

    #[test]
    fn what_is_left_out_is_counted_in_digits() {
        assert_eq!(offset("1000000000"), Ok(1_000_000_000));
        for bad in ["", "-1", "1e9", "99999999999999999999"] {
            assert!(offset(bad).is_err(), "{bad}");
        }
    }
}
