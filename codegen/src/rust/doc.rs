//! Documentation comments.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Doc;

/// Longest line of a comment, without its indentation.
const WIDTH: usize = 76;

/// The text and where it comes from, as documentation of an item.
pub(super) fn doc(doc: &Doc) -> TokenStream {
    let mut lines = wrap(&doc.text);
    if let Some(source) = &doc.source {
        lines.push(String::new());
        lines.extend(wrap(source));
    }
    attributes(&lines)
}

/// `text` as documentation of an item.
pub(super) fn plain(text: &str) -> TokenStream {
    attributes(&wrap(text))
}

fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| match line.as_str() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// `text` in lines; what Markdown would read as a link or tag is escaped.
pub(super) fn wrap(text: &str) -> Vec<String> {
    let text = text
        .replace('[', "\\[")
        .replace(']', "\\]")
        .replace('<', "\\<");
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.len() + 1 + word.len() <= WIDTH {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
