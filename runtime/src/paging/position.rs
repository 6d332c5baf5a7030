//! Positions in a list, and their text in links.

use crate::value::Instant;

use super::digits::digits;

/// A position in the order of creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// When the object was created.
    pub created: Instant,
    /// The identifier of the object.
    pub id: String,
}

/// Behind which object a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behind {
    /// Behind a position in the order of creation.
    Position(Position),
    /// Behind an identifier, in the order of identifiers.
    Id(String),
}

impl Position {
    /// Parses the position in a link to the rest of a list.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let place = text.split_once('.').and_then(|(created, id)| {
            let created = i64::try_from(digits(created)?).ok()?;
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            (!id.is_empty() && id.bytes().all(plain)).then(|| Self {
                created: Instant::from_micros(created),
                id: id.to_owned(),
            })
        });
        place.ok_or_else(|| "must be taken from a link to the next page".to_owned())
    }

    /// The text of the position in a link.
    pub(super) fn text(&self) -> String {
        format!("{}.{}", self.created.micros(), self.id)
    }
}
