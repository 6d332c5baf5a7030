//! Findings about a spec: what is wrong, where, and how to fix it.

pub mod code;
mod frame;
mod suggest;

pub use code::Code;
pub use frame::{Position, position, render};
pub use suggest::nearest;

use crate::tree::Span;

/// One finding about a spec.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// The kind of finding, with its stable id.
    pub code: &'static Code,
    /// The problem, in one lowercase sentence.
    pub message: String,
    /// Its position in the text of the spec.
    pub span: Span,
    /// Other relevant positions, each with a short label.
    pub also: Vec<(Span, String)>,
    /// How to fix it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding of kind `code` at `span`.
    #[must_use]
    pub fn new(code: &'static Code, message: impl Into<String>, span: Span) -> Self {
        Self {
            code,
            message: message.into(),
            span,
            also: Vec::new(),
            help: None,
        }
    }

    /// Adds another relevant position.
    #[must_use]
    pub fn also(mut self, span: Span, label: impl Into<String>) -> Self {
        self.also.push((span, label.into()));
        self
    }

    /// How to fix it; by default, the advice of its code.
    #[must_use]
    pub fn advice(&self) -> &str {
        self.help.as_deref().unwrap_or(self.code.mend)
    }

    /// Adds how to fix it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
