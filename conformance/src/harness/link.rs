//! Links to other pages (RFC 8288).

use super::{CheckError, Exchange, Harness};

impl Harness<'_> {
    /// The target of `Link: rel="next"` of the page at `path`, without the base.
    ///
    /// # Errors
    /// The page links to itself.
    pub(crate) fn next(
        &self,
        exchange: &Exchange,
        collection: &str,
        path: &str,
    ) -> Result<Option<String>, CheckError> {
        let next = follow(exchange, "next", &self.base, collection, path);
        self.ensure(next.as_deref() != Some(path), || {
            "the link to the next page leads to another page".to_owned()
        })?;
        Ok(next)
    }
}

/// The target of the first link with a relation on the page at `path`, without the base.
pub(crate) fn follow(
    exchange: &Exchange,
    relation: &str,
    base: &str,
    collection: &str,
    path: &str,
) -> Option<String> {
    let named = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("link");
    let headers = exchange.reply_headers.iter().filter(named);
    let mut found = headers.flat_map(|(_, value)| links(value));
    let (target, _) = found.find(|(_, relations)| relations.iter().any(|one| one == relation))?;
    if target.starts_with('?') {
        let page = path.split('?').next().unwrap_or_default();
        return Some(format!("{page}{target}"));
    }
    // The base may contain the path of the collection too.
    if let Some(at) = target.find(&format!("{base}{collection}")) {
        return Some(target[at + base.len()..].to_owned());
    }
    if let Some(at) = target.find(collection) {
        return Some(target[at..].to_owned());
    }
    // A target relative to the folder of the page.
    let (folder, own) = collection.rsplit_once('/')?;
    target
        .starts_with(own)
        .then(|| format!("{folder}/{target}"))
}

/// The links of a header: targets with their relations.
fn links(header: &str) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let mut rest = header;
    while let Some((target, behind)) = rest
        .split_once('<')
        .and_then(|(_, one)| one.split_once('>'))
    {
        let end = end_of(behind);
        let mut relations = Vec::new();
        for parameter in behind[..end].split(';') {
            let Some((name, value)) = parameter.split_once('=') else {
                continue;
            };
            if name.trim().eq_ignore_ascii_case("rel") {
                let value = value.trim().trim_matches('"').to_lowercase();
                relations.extend(value.split_ascii_whitespace().map(str::to_owned));
            }
        }
        found.push((target.to_owned(), relations));
        rest = &behind[end..];
    }
    found
}

/// The offset of the end of a link's parameters: a comma outside quotes.
fn end_of(text: &str) -> usize {
    let mut quoted = false;
    let end = text.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == ',' && !quoted
    });
    end.map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::links;

    #[test]
    fn reads_every_legal_form() {
        let header =
            r#"<?offset=4&x=a,b>;rel=next,</p?offset=0>; title="a, b"; Rel="first prev" , <x>"#;
        let relations = |names: &[&str]| names.iter().map(|one| (*one).to_owned()).collect();
        assert_eq!(
            links(header),
            vec![
                ("?offset=4&x=a,b".to_owned(), relations(&["next"])),
                ("/p?offset=0".to_owned(), relations(&["first", "prev"])),
                ("x".to_owned(), Vec::new()),
            ]
        );
    }
}
