//! Pages by their number.

use super::digits::{digits, size};
use super::{Link, Position, Shown, Style, Turn};

/// What stores can count to.
const OFFSET_MAX: u64 = i64::MAX as u64;

/// Page 1, 2, 3 … when the client asks for one, else everything.
#[derive(Debug, Clone, Copy)]
pub struct PageNumber {
    /// Parameter for the number of the page.
    pub by: &'static str,
    /// Parameter for the objects on a page.
    pub size: &'static str,
    /// Parameter that continues what is not cut into pages.
    pub cursor: Option<&'static str>,
    /// Objects on a page when the client asks for a page alone.
    pub default: u32,
    /// Most objects on a page.
    pub max: u32,
}

impl PageNumber {
    /// Turns to the page of this number.
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

    // In another order a place of creation would leave some out.
    fn continues(&self, sorted: bool) -> Option<&'static str> {
        self.cursor.filter(|_| !sorted)
    }

    fn limit(&self, cap: Option<u32>, sorted: bool) -> Option<u32> {
        match self.continues(sorted) {
            Some(_) => cap,
            // Such a list continues as page 2, which has no more objects than a page may have.
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
        // The client asks for pages, or nothing else reaches the rest.
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

/// The number of a page: 1 or more.
fn page(text: &str) -> Result<u64, String> {
    let number = digits(text).filter(|number| *number > 0);
    number.ok_or_else(|| "must be a whole number, 1 or more".to_owned())
}
