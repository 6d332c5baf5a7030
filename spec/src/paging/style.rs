//! The styles of pages: all that tells one from another.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::{Facts, Key, Name, PageOrder, PageRole, Takes};

/// The way of asking for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PageStyle {
    /// `limit` objects after skipping `offset`.
    LimitOffset,
    /// Page 1, 2, 3 … of a size; everything where neither is asked for. `by` names the
    /// parameter for the number, `size` that for the objects on a page, and `cursor` one that
    /// continues a list that is not cut into pages, where a deployment caps it.
    PageNumber,
    /// Everything in the order of creation; where a deployment caps the list,
    /// `Link` continues it by the parameter that `by` names.
    Cursor,
    /// Everything in the order of ids; where a deployment caps the list, the
    /// documented filter on the id that `by` names continues behind the last one.
    IdAfter,
    /// `size` names the parameter for the objects on a page, and `by` that for the id behind
    /// which the page begins; everything is in the order of ids, and there need not be an object
    /// with that one.
    After,
}

const LIMIT_OFFSET: Facts = Facts {
    name: "limit-offset",
    takes: &[
        Takes::always(Name::Fixed("limit"), PageRole::Size),
        Takes::always(Name::Fixed("offset"), PageRole::Offset),
    ],
    order: None,
    lack: ("", ""),
};

const PAGE_NUMBER: Facts = Facts {
    name: "page-number",
    takes: &[
        Takes::always(Name::Key(Key::By), PageRole::Number),
        Takes::always(Name::Key(Key::Size), PageRole::Size),
        Takes::named(Key::Cursor, PageRole::Position),
    ],
    order: None,
    lack: (
        "pages have parameters `by` and `size`",
        "add `by: page, size: pageSize`, as the document calls them",
    ),
};

const CURSOR: Facts = Facts {
    name: "cursor",
    takes: &[Takes::always(Name::Key(Key::By), PageRole::Position)],
    order: Some(PageOrder::Creation),
    lack: ("a cursor has a parameter", "name it with `by`"),
};

const ID_AFTER: Facts = Facts {
    name: "id-after",
    takes: &[Takes::always(Name::Filter(Key::By), PageRole::After)],
    order: Some(PageOrder::Id),
    lack: ("", ""),
};

const AFTER: Facts = Facts {
    name: "after",
    takes: &[
        Takes::always(Name::Key(Key::Size), PageRole::Size),
        Takes::always(Name::Key(Key::By), PageRole::After),
    ],
    order: Some(PageOrder::Id),
    lack: (
        "pages have parameters `by` and `size`",
        "add `by: after, size: limit`, as the document calls them",
    ),
};

impl PageStyle {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::LimitOffset,
        Self::PageNumber,
        Self::Cursor,
        Self::IdAfter,
        Self::After,
    ];

    /// What is known of it.
    #[must_use]
    pub const fn facts(self) -> &'static Facts {
        match self {
            Self::LimitOffset => &LIMIT_OFFSET,
            Self::PageNumber => &PAGE_NUMBER,
            Self::Cursor => &CURSOR,
            Self::IdAfter => &ID_AFTER,
            Self::After => &AFTER,
        }
    }
}
