//! Decisions where a document is silent or contradicts itself.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cite, CiteList};

/// What is documented, what was chosen, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Ruling {
    /// The question in a few words.
    pub title: String,
    /// What the documents say, by line.
    #[serde(default)]
    pub documented: IndexMap<Cite, String>,
    /// What was chosen.
    pub chosen: String,
    /// The reason.
    pub why: String,
    /// Obligations that show it holds, by id with `*`; beside the obligations
    /// of the rows that name the ruling.
    #[serde(default)]
    pub checks: Vec<String>,
    /// Set when nothing checks it yet: what it waits for.
    pub due: Option<String>,
}

/// Lines of a document that say nothing a service could do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ignored {
    /// The lines.
    pub at: CiteList,
    /// Why they are left out.
    pub why: String,
}

/// A file of rulings that several specs share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// Version of the language: 1.
    pub fieldproof: u32,
    /// Rulings that hold for every API that uses this file.
    pub conventions: IndexMap<String, Ruling>,
}
