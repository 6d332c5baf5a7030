//! Documentation comments.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Doc;

/// Maximum length of a comment line, without indentation.
const WIDTH: usize = 76;

/// The documentation of an item: a text and its source.
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

/// Splits `text` into lines and escapes what Markdown would read as a link or tag.
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
