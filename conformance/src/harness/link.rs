//! Links to other pages (RFC 8288).

use std::collections::BTreeSet;

use fieldproof_spec::model::Resource;
use fieldproof_spec::paging::PageRole;
use percent_encoding::percent_decode_str;

use super::counts::number;
use super::reference::resolve;
use super::{CheckError, Exchange, Harness, created};

impl Harness<'_> {
    /// The target of `Link: rel="next"` of the page at `path`, without the base.
    ///
    /// # Errors
    /// The page links to itself.
    pub(crate) fn next(
        &self,
        exchange: &Exchange,
        path: &str,
    ) -> Result<Option<String>, CheckError> {
        let next = self.linked(exchange, "next")?;
        self.ensure(next.as_deref() != Some(path), || {
            "the link to the next page leads to another page".to_owned()
        })?;
        Ok(next)
    }

    /// The target of a link, without the base.
    ///
    /// # Errors
    /// It leads out of the API.
    pub(crate) fn linked(
        &self,
        exchange: &Exchange,
        relation: &str,
    ) -> Result<Option<String>, CheckError> {
        let Some(target) = follow(exchange, relation) else {
            return Ok(None);
        };
        match target.strip_prefix(&self.base) {
            Some(path) if path.starts_with('/') => Ok(Some(path.to_owned())),
            _ => self.fail(format!(
                "the link `{relation}` leads to a page of the list, got `{target}`"
            )),
        }
    }

    /// Judges the link to the next page of a list that is asked for by offset: what is
    /// shown next, asked for by the same parameters.
    ///
    /// # Errors
    /// The link leads elsewhere.
    pub(super) fn judge_next(
        &self,
        resource: &Resource,
        exchange: &Exchange,
        total: Option<u64>,
        shown: usize,
    ) -> Result<(), CheckError> {
        let page = resource.list.as_ref().and_then(|list| list.page.as_ref());
        let page = page.map(|(page, _)| page);
        let Some(offset) = page.and_then(|page| page.name(PageRole::Offset)) else {
            return Ok(());
        };
        if !self.has_links() || shown == 0 {
            return Ok(());
        }
        let query = exchange.url.split_once('?').map_or("", |(_, query)| query);
        let expected = number(query, offset).unwrap_or_default() + shown as u64;
        let path = created::target(&exchange.url);
        let next = follow(exchange, "next");
        if let Some(total) = total {
            self.ensure(next.is_some() == (expected < total), || {
                format!("a page that ends at {expected} of {total} links to a next one, or is the last, got {next:?}")
            })?;
        }
        let Some(next) = next else { return Ok(()) };
        let (place, asked) = next.split_once('?').unwrap_or((&next, ""));
        // Other services may say in their own way where a page begins.
        let Some(begins) = number(asked, offset).or(self.is_house().then_some(0)) else {
            return Ok(());
        };
        let others = |query: &str| -> BTreeSet<String> {
            let pairs = query.split('&').filter(|pair| !pair.is_empty());
            let pairs = pairs.map(|pair| pair.replace('+', " "));
            let pairs =
                pairs.map(|pair| percent_decode_str(&pair).decode_utf8_lossy().into_owned());
            let own = page.iter().flat_map(|page| page.parameters());
            let own: Vec<String> = own.map(|one| format!("{}=", one.name)).collect();
            pairs
                .filter(|pair| !own.iter().any(|name| pair.starts_with(name)))
                .collect()
        };
        let same = place == path && others(asked) == others(query);
        self.ensure(begins == expected && same, || {
            format!("the link to the next page asks for the offset {expected} beside `{query}`, got `{next}`")
        })
    }
}

/// The path and query that the first link with a relation leads to, as a client resolves it
/// (RFC 3986 section 5): against the address of the page that has it.
pub(crate) fn follow(exchange: &Exchange, relation: &str) -> Option<String> {
    let named = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("link");
    let headers = exchange.reply_headers.iter().filter(named);
    let mut found = headers.flat_map(|(_, value)| links(value));
    let (target, _) = found.find(|(_, relations)| relations.iter().any(|one| one == relation))?;
    Some(resolve(&exchange.url, &target))
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
