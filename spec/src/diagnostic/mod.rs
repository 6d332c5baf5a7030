//! What is wrong with a spec, where, and what to do about it.

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
    /// What is wrong, in one lowercase sentence.
    pub message: String,
    /// The place in the text of the spec.
    pub span: Span,
    /// Other places that matter, each with a few words.
    pub also: Vec<(Span, String)>,
    /// What to do about it.
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

    /// Adds another place that matters.
    #[must_use]
    pub fn also(mut self, span: Span, label: impl Into<String>) -> Self {
        self.also.push((span, label.into()));
        self
    }

    /// What to do about it, in the words of its kind where there are no others.
    #[must_use]
    pub fn advice(&self) -> &str {
        self.help.as_deref().unwrap_or(self.code.mend)
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
