//! Documentation comments.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Doc;

/// Maximum length of a comment line of an item: 80 columns with `/// `.
const ITEM: usize = 76;

/// Maximum length of a comment line of a member, which is indented by four.
const MEMBER: usize = ITEM - 4;

/// The documentation of an item: a text and its source.
pub(super) fn doc(doc: &Doc) -> TokenStream {
    with_source(doc, ITEM)
}

/// The documentation of a member: a text and its source.
pub(super) fn member_doc(doc: &Doc) -> TokenStream {
    with_source(doc, MEMBER)
}

/// `text` as documentation of an item.
pub(super) fn plain(text: &str) -> TokenStream {
    attributes(&wrap(text))
}

/// `text` as documentation of a member.
pub(super) fn member_plain(text: &str) -> TokenStream {
    attributes(&wrapped(text, MEMBER))
}

fn with_source(doc: &Doc, width: usize) -> TokenStream {
    let mut lines = wrapped(&doc.text, width);
    if let Some(source) = &doc.source {
        lines.push(String::new());
        lines.extend(wrapped(source, width));
    }
    attributes(&lines)
}

fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| match line.as_str() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// Splits `text` into lines and escapes what Markdown would read as a link or tag.
pub(super) fn wrap(text: &str) -> Vec<String> {
    wrapped(text, ITEM)
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let text = text
        .replace('[', "\\[")
        .replace(']', "\\]")
        .replace('<', "\\<");
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.len() + 1 + word.len() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
