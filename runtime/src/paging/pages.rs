//! What the parameters of a page mean.

use super::digits::{digits, size};
use super::{Behind, Position, Turn};
use crate::table::Attribute;
use crate::value::IdKind;

/// Largest offset that stores support.
const OFFSET_MAX: u64 = i64::MAX as u64;

/// What a parameter means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Most objects on the page, 1 to the maximum.
    Size,
    /// Objects to skip before the page.
    Offset,
    /// Number of the page, from 1.
    Number,
    /// Position in the order of creation, as links have it; the page begins behind it.
    Position,
    /// Identifier of this kind, behind which the page begins; where a filter of the list has the
    /// name, that reads it.
    After(IdKind),
}

/// How a list is cut into pages. With a number or a size of numbered pages a client asks for
/// one of them, otherwise it gets the whole list; without numbers, a list that has a size is
/// always cut.
#[derive(Debug, Clone, Copy)]
pub struct Pages {
    /// The parameters, in the order in which links have them.
    pub takes: &'static [(&'static str, Role)],
    /// The order that the pages require, if any.
    pub order: Option<Attribute>,
    /// Page size when the client states none; `None` is all objects, and the maximum for
    /// numbered pages.
    pub default: Option<u32>,
    /// Maximum page size.
    pub max: u32,
}

impl Pages {
    /// A list that is not cut into pages.
    pub const BASE: Self = Self {
        takes: &[],
        order: None,
        default: None,
        max: u32::MAX,
    };

    /// The parameters that select a page; links to other pages replace them.
    pub fn parameters(&self) -> impl Iterator<Item = &'static str> {
        self.takes.iter().map(|(name, _)| *name)
    }

    pub(super) fn has(&self, role: Role) -> bool {
        self.takes.iter().any(|(_, own)| *own == role)
    }

    /// Whether a position continues the list after its last object. It is one in the order of
    /// creation; a `sorted` list may have another, in which it would skip objects.
    pub(super) fn continues(&self, sorted: bool) -> bool {
        self.has(Role::Position) && !sorted
    }

    /// Maximum number of objects when the client asks for no page; `cap` is the limit that the
    /// deployment sets.
    #[must_use]
    pub fn limit(&self, cap: Option<u32>, sorted: bool) -> Option<u32> {
        match self.has(Role::Number) {
            // Such a list continues as page 2, so it is limited to the maximum page size.
            true if !self.continues(sorted) => cap.map(|cap| cap.min(self.max)),
            true => cap,
            false => self.default.or(cap),
        }
    }

    /// Applies one parameter to `turn`; `None` if it is not one of these.
    ///
    /// # Errors
    /// A description of legal values.
    pub fn take(&self, name: &str, value: &str, turn: &mut Turn) -> Option<Result<(), String>> {
        let (_, role) = self.takes.iter().find(|(own, _)| *own == name)?;
        let (number, own) = turn.page.unwrap_or((1, self.default.unwrap_or(self.max)));
        let taken = match role {
            Role::Size => size(self.max, value).map(|size| match self.has(Role::Number) {
                true => turn_to(turn, number, size),
                false => turn.limit = Some(size),
            }),
            Role::Offset => offset(value).map(|offset| turn.offset = offset),
            Role::Number => page(value).map(|number| turn_to(turn, number, own)),
            Role::Position => {
                let place = Position::read(value);
                return Some(place.map(|place| turn.after = Some(Behind::Position(place))));
            }
            Role::After(kind) => after(*kind, value).map(|id| turn.after = Some(Behind::Id(id))),
        };
        turn.paged |= taken.is_ok();
        Some(taken)
    }
}

/// Selects page `number` of `size` objects.
fn turn_to(turn: &mut Turn, number: u64, size: u32) {
    turn.page = Some((number, size));
    turn.limit = Some(size);
    turn.offset = (number - 1).saturating_mul(u64::from(size)).min(OFFSET_MAX);
}

/// Parses an offset: 0 or more, up to the largest number that stores support.
fn offset(text: &str) -> Result<u64, String> {
    let number = digits(text).filter(|number| *number <= OFFSET_MAX);
    number.ok_or_else(|| "must be a whole number, 0 or more".to_owned())
}

/// Parses a page number, 1 or more.
fn page(text: &str) -> Result<u64, String> {
    let number = digits(text).filter(|number| *number > 0);
    number.ok_or_else(|| "must be a whole number, 1 or more".to_owned())
}

/// Parses an identifier, which need not be that of an object.
fn after(kind: IdKind, text: &str) -> Result<String, String> {
    let id = kind.read(text);
    id.ok_or_else(|| "must be an identifier, as objects of the list have it".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Attribute, Behind, IdKind, Pages, Role, Turn, offset, page};

    #[test]
    fn a_page_begins_behind_any_identifier() {
        let pages = Pages {
            takes: &[("size", Role::Size), ("last", Role::After(IdKind::Hex24))],
            order: Some(Attribute::Id),
            default: None,
            max: 5,
        };
        let (mut turn, id) = (Turn::default(), "0b".repeat(12));
        let taken = pages.take("last", &id.to_uppercase(), &mut turn);
        assert_eq!(taken, Some(Ok(())));
        assert_eq!(turn.after, Some(Behind::Id(id)));
        assert!(turn.paged, "a client that names one asks for a page");
        let mut turn = Turn::default();
        for bad in ["", "x", "0b"] {
            let taken = pages.take("last", bad, &mut turn);
            assert!(taken.is_some_and(|taken| taken.is_err()), "{bad}");
        }
        assert_eq!(turn, Turn::default());
    }

    #[test]
    fn what_is_left_out_is_counted_in_digits() {
        assert_eq!(offset("1000000000"), Ok(1_000_000_000));
        for bad in ["", "-1", "1e9", "99999999999999999999"] {
            assert!(offset(bad).is_err(), "{bad}");
        }
        assert_eq!(offset("0"), Ok(0));
        assert!(page("0").is_err(), "pages are counted from 1");
    }
}
