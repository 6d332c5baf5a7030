//! Fragments of Rust code in the resolved representation.

use std::fmt;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use serde::{Serialize, Serializer};

use crate::plan::raw;

/// A name, without `r#`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Name(pub(crate) String);

impl From<proc_macro2::Ident> for Name {
    fn from(ident: proc_macro2::Ident) -> Self {
        Self(ident.to_string().trim_start_matches("r#").to_owned())
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        raw(&self.0).to_tokens(tokens);
    }
}

/// A type, a path or an expression, with absolute paths.
#[derive(Debug, Clone)]
pub(crate) struct Code(TokenStream);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        print(&self.0, &mut text);
        f.write_str(&text)
    }
}

impl From<TokenStream> for Code {
    fn from(tokens: TokenStream) -> Self {
        Self(tokens)
    }
}

impl ToTokens for Code {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.clone());
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Prints with a blank only between two words and after a comma or semicolon.
fn print(tokens: &TokenStream, text: &mut String) {
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) => {
                let whole = match group.delimiter() {
                    proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                    proc_macro2::Delimiter::Brace => ("{ ", " }"),
                    proc_macro2::Delimiter::Bracket => ("[", "]"),
                    proc_macro2::Delimiter::None => ("", ""),
                };
                text.push_str(whole.0);
                print(&group.stream(), text);
                text.push_str(whole.1);
            }
            TokenTree::Punct(punct) => {
                text.push(punct.as_char());
                if matches!(punct.as_char(), ',' | ';') {
                    text.push(' ');
                }
            }
            word @ (TokenTree::Ident(_) | TokenTree::Literal(_)) => {
                let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '"');
                if text.ends_with(joins) {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
            }
        }
    }
}
