//! What answers say of the methods that a path takes.

use std::collections::BTreeSet;

use fieldproof_spec::model::Sent;

use super::{CheckError, Exchange, Harness, created};
use crate::model::match_route;

/// Methods that an operation may have.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Methods that a path may have beside those (RFC 9110 section 9.3).
const OTHERS: [&str; 4] = ["HEAD", "OPTIONS", "TRACE", "CONNECT"];

impl Harness<'_> {
    /// The methods that `Allow` names; it is a list, and may stand on several lines.
    pub(crate) fn allowed(&self, exchange: &Exchange) -> BTreeSet<String> {
        let fields = exchange.reply_headers.iter();
        let lines = fields.filter(|(name, _)| name == "allow");
        let names = lines.flat_map(|(_, value)| value.split(','));
        let names = names.map(|one| one.trim().to_owned());
        names.filter(|one| !one.is_empty()).collect()
    }

    /// A refused method is not among those that the path takes (RFC 9110 sections 10.2.1
    /// and 15.5.6); if methods are listed, the documented ones are among them.
    pub(super) fn judge_allow(&self, exchange: &Exchange) -> Result<(), CheckError> {
        if exchange.status != 405 {
            return Ok(());
        }
        let (found, method) = (self.allowed(exchange), &exchange.method);
        self.ensure(!found.contains(method), || {
            format!("{method} is refused, and `Allow` names it")
        })?;
        let expected = self.documented(&exchange.url);
        if !self.api.dialect.methods.is(Sent::Sent) || expected.is_empty() {
            return Ok(());
        }
        // A service may do more than is documented; what it names has to be a method.
        let is_method = |name: &String| {
            let mut all = METHODS.iter().chain(&OTHERS);
            all.any(|one| one == name)
        };
        let same = expected.is_subset(&found) && found.iter().all(is_method);
        self.ensure(same, || format!("Allow is {expected:?}, got {found:?}"))
    }

    /// The methods of a path; none of one that no operation has.
    fn documented(&self, url: &str) -> BTreeSet<String> {
        let path = created::target(url);
        let path = path.strip_prefix(self.base()).unwrap_or(path);
        let mut methods: BTreeSet<&str> = METHODS
            .into_iter()
            .filter(|method| match_route(self.api, method, path).is_some())
            .collect();
        if self.is_deployed(path) {
            methods.insert("GET");
        }
        if methods.contains("GET") {
            methods.insert("HEAD");
        }
        if !methods.is_empty() {
            methods.insert("OPTIONS");
        }
        methods.into_iter().map(str::to_owned).collect()
    }

    /// Whether a deployment has a list or a table at the path.
    fn is_deployed(&self, path: &str) -> bool {
        let presets = self.api.presets.as_ref().map(|one| one.path.as_str());
        let mut tables = self.api.tables.iter().map(|one| one.path.as_deref());
        presets == Some(path) || tables.any(|own| own == Some(path))
    }
}
