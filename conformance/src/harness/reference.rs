//! References to other resources (RFC 3986).
//!
//! What a service writes into a header is often no URI to the letter (`page[number]=2`), and
//! clients follow it nevertheless: nothing is refused here, and nothing is encoded.

/// The path and query that a reference leads to from the page at `base` (section 5.2).
pub(super) fn resolve(base: &str, reference: &str) -> String {
    let (base, reference) = (Parts::of(base), Parts::of(reference));
    let (path, query) = match reference.path {
        path if reference.is_rooted || path.starts_with('/') => {
            (without_dots(path), reference.query)
        }
        "" => (base.path.to_owned(), reference.query.or(base.query)),
        path => {
            let folder = base.path.rfind('/').map_or("/", |at| &base.path[..=at]);
            (without_dots(&format!("{folder}{path}")), reference.query)
        }
    };
    // An empty path is that of the root (section 6.2.3).
    let path = if path.is_empty() { "/" } else { &path };
    query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"))
}

/// What is used of a reference (appendix B).
struct Parts<'a> {
    /// Whether it has a scheme or an authority, so that its path is a complete one.
    is_rooted: bool,
    path: &'a str,
    query: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let text = text.split_once('#').map_or(text, |(text, _)| text);
        let (front, query) = match text.split_once('?') {
            Some((front, query)) => (front, Some(query)),
            None => (text, None),
        };
        let named = front.split_once(':').filter(|(name, _)| is_scheme(name));
        let rest = named.map_or(front, |(_, rest)| rest);
        let hosted = rest.strip_prefix("//");
        Self {
            is_rooted: named.is_some() || hosted.is_some(),
            path: hosted.map_or(rest, |rest| &rest[rest.find('/').unwrap_or(rest.len())..]),
            query,
        }
    }
}

/// Whether what stands before a colon is a scheme (section 3.1), not part of a path.
fn is_scheme(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(plain)
}

/// The path with `.` and `..` followed (section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            name => kept.push(name),
        }
        if is_last && matches!(segment, "." | "..") {
            kept.push("");
        }
    }
    kept.iter().map(|segment| format!("/{segment}")).collect()
}

#[cfg(test)]
mod tests {
    use super::resolve;

    /// The examples of RFC 3986 section 5.4.
    #[test]
    fn references_lead_where_the_rfc_says() {
        let examples = [
            ("g", "/b/c/g"),
            ("./g", "/b/c/g"),
            ("g/", "/b/c/g/"),
            ("/g", "/g"),
            ("//g", "/"),
            ("?y", "/b/c/d;p?y"),
            ("g?y", "/b/c/g?y"),
            ("#s", "/b/c/d;p?q"),
            ("g#s", "/b/c/g"),
            ("g?y#s", "/b/c/g?y"),
            (";x", "/b/c/;x"),
            ("g;x?y#s", "/b/c/g;x?y"),
            ("", "/b/c/d;p?q"),
            (".", "/b/c/"),
            ("./", "/b/c/"),
            ("..", "/b/"),
            ("../", "/b/"),
            ("../g", "/b/g"),
            ("../..", "/"),
            ("../../g", "/g"),
            ("../../../g", "/g"),
            ("/./g", "/g"),
            ("/../g", "/g"),
            ("g.", "/b/c/g."),
            ("..g", "/b/c/..g"),
            ("./../g", "/b/g"),
            ("./g/.", "/b/c/g/"),
            ("g/../h", "/b/c/h"),
            ("g;x=1/../y", "/b/c/y"),
            ("g?y/../x", "/b/c/g?y/../x"),
        ];
        for (reference, expected) in examples {
            let found = resolve("http://a/b/c/d;p?q", reference);
            assert_eq!(found, expected, "{reference}");
        }
    }

    #[test]
    fn a_complete_address_keeps_nothing_of_the_page() {
        let page = "http://one.example:8080/api/shelves?limit=2";
        let resolve = |reference| resolve(page, reference);
        assert_eq!(resolve("https://two.example/x?a=1:2"), "/x?a=1:2");
        assert_eq!(resolve("https://two.example"), "/");
        assert_eq!(
            resolve("?page[number]=2&a=b c"),
            "/api/shelves?page[number]=2&a=b c"
        );
        assert_eq!(resolve("/a:b//c"), "/a:b//c");
    }
}
