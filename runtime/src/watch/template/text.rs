//! Templates that are texts.

use std::fmt::Write;

use super::Piece;
use super::output::LARGEST;
use super::parts::{Part, parts};
use crate::body;

/// Splits a text that becomes JSON when it is filled in into pieces.
///
/// To check it, it is filled in with `null` and short texts. Where `null` is a legal value any
/// other value is as well, and where each literal piece is complete next to `x`, no escape
/// sequence spans a replacement.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    if text.len() > LARGEST {
        return Err("is larger than what may be sent".to_owned());
    }
    let (mut pieces, mut filled) = (Vec::new(), String::new());
    let (mut quoted, mut escaped, mut count) = (false, false, 0);
    for part in parts(text, &mut count)? {
        match part {
            Part::Text(text) => {
                for c in text.chars() {
                    match c {
                        _ if escaped => escaped = false,
                        '\\' if quoted => escaped = true,
                        '"' => quoted = !quoted,
                        _ => {}
                    }
                }
                filled.push_str(text);
                pieces.push(Piece::Json(text.to_owned()));
            }
            Part::Path(_) if escaped => return Err("a path stands behind a backslash".to_owned()),
            Part::Path(path) if quoted => {
                // Each replacement gets a different text, because two member names may come
                // from the data.
                let _ = write!(filled, "x{}x", pieces.len());
                pieces.push(Piece::Quoted(path));
            }
            Part::Path(path) => {
                filled.push_str("null");
                pieces.push(Piece::Value(path));
            }
        }
    }
    let json = body::parse(filled.as_bytes());
    json.map_err(|problem| format!("when it is filled in, {}", problem.detail))?;
    Ok(pieces)
}
