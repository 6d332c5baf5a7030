//! Pages: what each parameter of a page means, by its role.
//!
//! A list without pages shows everything. A parameter says how many objects a page has, or
//! where it begins: behind as many objects, as so many pages before it, behind a position in
//! the order of creation, or behind an identifier.

use fieldproof_spec::model::{IdKind, Page, Resource};
use fieldproof_spec::paging::PageRole;

use super::list::rank;
use super::service::Record;

/// The part of a list that a client wants.
#[derive(Default)]
pub(crate) struct Wanted {
    pub(crate) limit: Option<usize>,
    pub(crate) offset: usize,
    /// What the page begins behind.
    after: Option<Behind>,
    /// What identifiers of the list look like.
    ids: Option<IdKind>,
    /// The number and size of the page, for numbered pages.
    page: Option<(usize, usize)>,
    /// Whether the client asks for a page.
    pub(crate) paged: bool,
}

/// A place in a list.
enum Behind {
    /// An object, by creation time and identifier.
    Position(i64, String),
    /// An identifier, which need not be that of an object.
    Id(String),
}

/// The part of a list that a page shows.
pub(crate) struct Shown<'r> {
    pub(crate) limit: usize,
    /// The number of this page, even if no page was asked for.
    pub(crate) number: usize,
    /// The last object on the page.
    pub(crate) last: Option<&'r Record>,
}

impl Wanted {
    /// What a client gets that asks for no page, where a deployment caps lists.
    pub(crate) fn nothing(resource: &Resource, cap: Option<u32>) -> Self {
        let list = resource.list.as_ref();
        let Some((page, _)) = list.and_then(|list| list.page.as_ref()) else {
            return Self::default();
        };
        let sorted = list.is_some_and(|list| list.sort.is_some());
        let limit = match page.has(PageRole::Number) {
            // A numbered page is never larger than the page maximum, unless a position
            // continues the list.
            true if !continues(page, sorted) => cap.map(|cap| cap.min(page.max)),
            true => cap,
            false => page.default.or(cap),
        };
        Self {
            limit: limit.map(|limit| limit as usize),
            ids: Some(resource.id_kind),
            ..Self::default()
        }
    }

    /// Takes a parameter; `None` if its value is illegal.
    pub(crate) fn take(&mut self, page: &Page, role: PageRole, value: &str) -> Option<()> {
        let number = |least: u64, most: u64| {
            let number = number(value).filter(|number| (least..=most).contains(number));
            number.map(|number| number as usize)
        };
        let usual = page.default.unwrap_or(page.max) as usize;
        let (before, own) = self.page.unwrap_or((1, usual));
        match role {
            PageRole::Size => {
                let size = number(1, page.max.into())?;
                match page.has(PageRole::Number) {
                    true => self.page = Some((before, size)),
                    false => self.limit = Some(size),
                }
            }
            PageRole::Offset => self.offset = number(0, u64::MAX)?,
            PageRole::Number => self.page = Some((number(1, u64::MAX)?, own)),
            PageRole::Position => {
                let (created, id) = value.split_once('.')?;
                self.after = Some(Behind::Position(created.parse().ok()?, id.to_owned()));
            }
            PageRole::After => self.after = Some(Behind::Id(self.ids?.read(value)?)),
        }
        self.paged |= role != PageRole::Position;
        Some(())
    }

    /// Turns the number of a page into an offset.
    pub(crate) fn settle(&mut self) {
        if let Some((number, size)) = self.page {
            self.limit = Some(size);
            self.offset = (number - 1).saturating_mul(size);
        }
    }

    /// Whether the page begins behind something, rather than at the beginning of the list.
    pub(crate) fn is_behind(&self) -> bool {
        self.after.is_some()
    }

    /// Whether an object stands behind what the page begins behind.
    pub(crate) fn reaches(&self, resource: &Resource, record: &Record) -> bool {
        let rank = |id: &str| rank(resource, id);
        match &self.after {
            None => true,
            Some(Behind::Position(created, id)) => {
                (record.created, rank(&record.id)) > (*created, rank(id))
            }
            Some(Behind::Id(id)) => rank(&record.id) > rank(id),
        }
    }

    /// The parameters that lead to the page behind the one shown, if they are not an offset.
    pub(crate) fn next(&self, page: &Page, sorted: bool, shown: &Shown<'_>) -> Option<String> {
        // The client asked for a number, or nothing else continues the list.
        let alone = self.after.is_none() && !continues(page, sorted);
        let numbered = page.has(PageRole::Number) && (self.page.is_some() || alone);
        let last = shown.last?;
        let parameters = page.parameters().into_iter();
        let values = parameters.filter_map(|one| {
            let value = match one.role {
                PageRole::Size if numbered || page.is_cut() => shown.limit.to_string(),
                PageRole::Number if numbered => (shown.number + 1).to_string(),
                PageRole::Position if !numbered => format!("{}.{}", last.created, last.id),
                PageRole::After => last.id.clone(),
                PageRole::Size | PageRole::Number | PageRole::Position | PageRole::Offset => {
                    return None;
                }
            };
            Some(format!("{}={value}", one.name))
        });
        let all: Vec<String> = values.collect();
        Some(all.join("&"))
    }
}

/// Whether a position continues the list. It is one in the order of creation, which is not
/// that of a list that can be sorted.
fn continues(page: &Page, sorted: bool) -> bool {
    page.has(PageRole::Position) && !sorted
}

/// A number of decimal digits only, at most `i64::MAX`.
fn number(text: &str) -> Option<u64> {
    let digits = text.chars().all(|c| c.is_ascii_digit());
    let number = text.parse::<u64>().ok().filter(|_| digits);
    number.filter(|number| *number <= i64::MAX as u64)
}
