//! Links from a page of a list to others (RFC 8288).

use super::{Pages, Position, Role, Shown};

/// A link to another page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its relation to this page: `next`, `prev` or `first`.
    pub rel: &'static str,
    /// The query parameters that select it.
    pub query: String,
}

/// The parameter that says where the next page begins, if no offset does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Number,
    Position,
    After,
}

impl Pages {
    /// Links to other pages from the one shown: to the next if there is one and, where pages
    /// begin at an offset, to the previous and the first unless this is the first.
    #[must_use]
    pub fn links(&self, shown: &Shown<'_>, sorted: bool) -> Vec<Link> {
        let Some(limit) = shown.turn.limit else {
            return Vec::new();
        };
        if self.has(Role::Offset) {
            return self.beside(shown, u64::from(limit));
        }
        if !shown.has_more() {
            return Vec::new();
        }
        let way = self.way(shown, sorted);
        let (next, last) = (shown.number().saturating_add(1), shown.last);
        let sized = way == Way::Number || !self.has(Role::Number);
        let values = self.takes.iter().filter_map(|(name, role)| {
            let value = match role {
                Role::Size => sized.then(|| limit.to_string()),
                Role::Number => (way == Way::Number).then(|| next.to_string()),
                Role::Position => last.filter(|_| way == Way::Position).map(Position::text),
                Role::After(_) => last.filter(|_| way == Way::After).map(|one| one.id.clone()),
                Role::Offset => None,
            };
            value.map(|value| format!("{name}={value}"))
        });
        let query: Vec<String> = values.collect();
        let query = Some(query).filter(|query| !query.is_empty());
        let link = query.map(|query| Link {
            rel: "next",
            query: query.join("&"),
        });
        link.into_iter().collect()
    }

    /// How the next page is reached.
    fn way(&self, shown: &Shown<'_>, sorted: bool) -> Way {
        let asked = shown.turn.page.is_some();
        // A list that nothing else continues goes on as its second page.
        let alone = shown.turn.after.is_none() && !self.continues(sorted);
        if self.has(Role::Number) && (asked || alone) {
            Way::Number
        } else if self.has(Role::Position) {
            Way::Position
        } else {
            Way::After
        }
    }

    /// The pages beside one of `size` objects that begins at an offset.
    fn beside(&self, shown: &Shown<'_>, size: u64) -> Vec<Link> {
        let offset = shown.turn.offset;
        let link = |offset: u64, size: u64, rel| {
            let values = self.takes.iter().filter_map(|(name, role)| match role {
                Role::Size => Some(format!("{name}={size}")),
                Role::Offset => Some(format!("{name}={offset}")),
                Role::Number | Role::Position | Role::After(_) => None,
            });
            let query: Vec<String> = values.collect();
            Link {
                rel,
                query: query.join("&"),
            }
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
