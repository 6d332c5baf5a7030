//! Resources of the deployment: closed lists, tables, and pages that explain problems.

use fieldproof_spec::model::{Api, Presets, Table};
use serde_json::{Value, json};

use super::refusal::refuse_query;
use super::{Refusal, Reply, Request, Service};
use crate::code;

/// A resource of the deployment.
pub(super) enum Deployed<'a> {
    /// Its closed lists.
    Presets(&'a Presets),
    /// The rows of one of its tables.
    Rows(&'a Table),
}

impl Service {
    /// The resource of the deployment at a path.
    pub(super) fn deployed<'a>(&self, api: &'a Api, path: &str) -> Option<Deployed<'a>> {
        let presets = api.presets.as_ref().filter(|presets| presets.path == path);
        let mut tables = api.tables.iter();
        let table = tables.find(|table| table.path.as_deref() == Some(path));
        presets.map(Deployed::Presets).or(table.map(Deployed::Rows))
    }

    /// Shows a resource of the deployment.
    pub(super) fn deploy(
        &self,
        deployed: &Deployed<'_>,
        request: &Request,
    ) -> Result<Reply, Refusal> {
        self.admit(request, false)?;
        refuse_query(request)?;
        let body: Value = match deployed {
            Deployed::Presets(presets) => json!(presets.lists),
            Deployed::Rows(table) => json!({ "items": table.rows }),
        };
        let json = ("content-type".to_owned(), "application/json".to_owned());
        Ok(Reply {
            status: 200,
            headers: vec![json, ("etag".to_owned(), "\"0\"".to_owned())],
            body: body.to_string(),
        })
    }

    /// The page that explains a kind of problem.
    pub(super) fn explained(&self, path: &str) -> Option<Reply> {
        let code = path.strip_prefix("/problems/")?;
        let kind = code::PROBLEMS.iter().find(|kind| kind.name == code)?;
        Some(Reply {
            status: 200,
            headers: vec![("content-type".to_owned(), "text/plain".to_owned())],
            body: kind.about.to_owned(),
        })
    }
}
