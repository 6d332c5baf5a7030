//! Paging by page number.

use super::digits::{digits, size};
use super::{Link, Position, Shown, Style, Turn};

/// Largest offset that stores support.
const OFFSET_MAX: u64 = i64::MAX as u64;

/// Numbered pages from 1 if the client asks for one, otherwise the whole list.
#[derive(Debug, Clone, Copy)]
pub struct PageNumber {
    /// Parameter for the number of the page.
    pub by: &'static str,
    /// Parameter for the page size.
    pub size: &'static str,
    /// Parameter that continues a list that is not numbered.
    pub cursor: Option<&'static str>,
    /// Page size when the client sends only a page number.
    pub default: u32,
    /// Maximum page size.
    pub max: u32,
}

impl PageNumber {
    /// Selects page `number` of `size` objects.
    fn turn(turn: &mut Turn, number: u64, size: u32) {
        turn.page = Some((number, size));
        turn.paged = true;
        turn.limit = Some(size);
        turn.offset = (number - 1).saturating_mul(u64::from(size)).min(OFFSET_MAX);
    }
}

impl Style for PageNumber {
    fn parameters(&self) -> Vec<&'static str> {
        [self.by, self.size]
            .into_iter()
            .chain(self.cursor)
            .collect()
    }

    // A cursor is a position in the order of creation; in another order it would skip objects.
    fn continues(&self, sorted: bool) -> Option<&'static str> {
        self.cursor.filter(|_| !sorted)
    }

    fn limit(&self, cap: Option<u32>, sorted: bool) -> Option<u32> {
        match self.continues(sorted) {
            Some(_) => cap,
            // Such a list continues as page 2, so it is limited to the maximum page size.
            None => cap.map(|cap| cap.min(self.max)),
        }
    }

    fn take(&self, name: &str, value: &str, turn: &mut Turn) -> Option<Result<(), String>> {
        let (number, own) = turn.page.unwrap_or((1, self.default));
        match name {
            _ if Some(name) == self.cursor => {
                Some(Position::read(value).map(|place| turn.after = Some(place)))
            }
            _ if name == self.by => Some(page(value).map(|number| Self::turn(turn, number, own))),
            _ if name == self.size => {
                Some(size(self.max, value).map(|size| Self::turn(turn, number, size)))
            }
            _ => None,
        }
    }

    fn links(&self, shown: &Shown<'_>, sorted: bool) -> Vec<Link> {
        let (Some(limit), true) = (shown.turn.limit, shown.has_more()) else {
            return Vec::new();
        };
        let continues = self.continues(sorted);
        // The client asked for a numbered page, or the rest can be reached in no other way.
        let numbered =
            shown.turn.page.is_some() || (shown.turn.after.is_none() && continues.is_none());
        let query = match numbered {
            true => {
                let number = shown.number().saturating_add(1);
                Some(format!("{}={number}&{}={limit}", self.by, self.size))
            }
            false => self
                .cursor
                .zip(shown.last)
                .map(|(by, last)| format!("{by}={}", last.text())),
        };
        query.map(Link::next).into_iter().collect()
    }
}

/// Parses a page number, 1 or more.
fn page(text: &str) -> Result<u64, String> {
    let number = digits(text).filter(|number| *number > 0);
    number.ok_or_else(|| "must be a whole number, 1 or more".to_owned())
}
