//! The pages of one list: its parameters, with what is published of them.

use super::facts::{Facts, Key, Name, PageOrder, PageRole};
use crate::syntax::Page;

/// A query parameter of a list that has pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it means.
    pub role: PageRole,
    /// Whether it is one of the filters of the list, which then has a row of its own.
    pub is_filter: bool,
}

/// The values that a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// Whole numbers.
    Whole {
        /// The least.
        min: u64,
        /// The greatest, if there is one.
        max: Option<u64>,
        /// The one that holds without the parameter, if it is known.
        default: Option<u64>,
    },
    /// Positions of links to the next page.
    Position,
    /// Identifiers of the resource.
    Id,
}

impl Parameter<'_> {
    /// Whether a client that sends it asks for a page, and does not only select or go on.
    #[must_use]
    pub fn asks(&self) -> bool {
        !self.is_filter && self.role != PageRole::Position
    }

    /// What it means, for documents of the API.
    #[must_use]
    pub fn about(&self) -> &'static str {
        match self.role {
            PageRole::Size => "Most objects of the page.",
            PageRole::Offset => "Objects that are left out before the page.",
            PageRole::Number => "Number of the page.",
            PageRole::Position => "Where the page begins, as a link to the next page has it.",
            PageRole::After => "Identifier of the object behind which the page begins.",
        }
    }

    /// The values that it takes in a list with these pages.
    #[must_use]
    pub fn values(&self, page: &Page) -> Values {
        let whole = |min, max, default| Values::Whole { min, max, default };
        match self.role {
            PageRole::Size => whole(1, Some(page.max.into()), page.default.map(u64::from)),
            PageRole::Offset => whole(0, Some(i64::MAX.unsigned_abs()), Some(0)),
            PageRole::Number => whole(1, None, Some(1)),
            PageRole::Position => Values::Position,
            PageRole::After => Values::Id,
        }
    }
}

impl Page {
    /// What is known of its style.
    #[must_use]
    pub fn facts(&self) -> &'static Facts {
        self.style.facts()
    }

    /// The name that the row gives with a key.
    #[must_use]
    pub fn key(&self, key: Key) -> Option<&str> {
        let name = match key {
            Key::By => &self.by,
            Key::Size => &self.size,
            Key::Cursor => &self.cursor,
        };
        name.as_deref()
    }

    /// The parameters of the list, in the order in which documents and links have them.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter<'_>> {
        let named = |name| match name {
            Name::Fixed(name) => Some((name, false)),
            Name::Key(key) => Some((self.key(key)?, false)),
            Name::Filter(key) => Some((self.key(key)?, true)),
        };
        let all = self.facts().takes.iter();
        let all = all.filter_map(|one| {
            let (name, is_filter) = named(one.name)?;
            Some(Parameter {
                name,
                role: one.role,
                is_filter,
            })
        });
        all.collect()
    }

    /// The parameter of a role, if the list has one.
    #[must_use]
    pub fn parameter(&self, role: PageRole) -> Option<Parameter<'_>> {
        let mut all = self.parameters().into_iter();
        all.find(|one| one.role == role)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self, role: PageRole) -> Option<&str> {
        self.parameter(role).map(|one| one.name)
    }

    /// Whether the list has a parameter of this role.
    #[must_use]
    pub fn has(&self, role: PageRole) -> bool {
        self.parameter(role).is_some()
    }

    /// Whether the list is a page even where the client asks for none: it has the default
    /// number of objects. Lists with numbered pages show everything then, and so do those
    /// without a size.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.has(PageRole::Size) && !self.has(PageRole::Number)
    }

    /// Whether the list is in the order of identifiers.
    #[must_use]
    pub fn is_by_id(&self) -> bool {
        self.facts().order == Some(PageOrder::Id)
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, PageRole};
    use crate::paging::{Key, PageStyle};

    #[test]
    fn the_facts_of_a_style_agree_with_its_name() {
        for style in PageStyle::ALL {
            let name = serde_yaml::to_string(style).unwrap();
            assert_eq!(name.trim(), style.facts().name);
        }
    }

    #[test]
    fn a_list_has_the_parameters_that_its_row_names() {
        let page: Page =
            serde_yaml::from_str("{ style: page-number, by: page, size: n, cursor: rest }")
                .unwrap();
        let named = |page: &Page| -> Vec<(String, PageRole)> {
            let all = page.parameters().into_iter();
            all.map(|one| (one.name.to_owned(), one.role)).collect()
        };
        let number = ("page".to_owned(), PageRole::Number);
        let size = ("n".to_owned(), PageRole::Size);
        let rest = ("rest".to_owned(), PageRole::Position);
        assert_eq!(named(&page), [number.clone(), size.clone(), rest]);
        let page = Page {
            cursor: None,
            ..page
        };
        assert_eq!(named(&page), [number, size]);
        assert_eq!(page.key(Key::By), Some("page"));
        assert!(!page.is_cut(), "everything where no page is asked for");
    }
}
