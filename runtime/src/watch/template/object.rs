//! Templates that are objects.

use serde_json::Value;

use super::Piece;
use super::output::LARGEST;
use super::parts::{Part, parts};

/// Splits an object into pieces. Its members keep their names.
pub(super) fn pieces(template: &Value) -> Result<Vec<Piece>, String> {
    let mut build = Build::default();
    build.value(template)?;
    build.pieces.push(Piece::Json(build.json));
    Ok(build.pieces)
}

#[derive(Default)]
struct Build {
    pieces: Vec<Piece>,
    /// The JSON after the last piece.
    json: String,
    /// Number of bytes of JSON in all pieces.
    size: usize,
    count: usize,
}

impl Build {
    fn value(&mut self, value: &Value) -> Result<(), String> {
        match value {
            Value::String(text) => {
                self.add("\"")?;
                for part in parts(text, &mut self.count)? {
                    match part {
                        Part::Text(text) => {
                            let quoted = Value::from(text).to_string();
                            self.add(&quoted[1..quoted.len() - 1])?;
                        }
                        Part::Path(path) => {
                            let json = std::mem::take(&mut self.json);
                            self.pieces.extend([Piece::Json(json), Piece::Quoted(path)]);
                        }
                    }
                }
                self.add("\"")
            }
            Value::Array(items) => {
                let mut start = "[";
                for item in items {
                    self.add(std::mem::replace(&mut start, ","))?;
                    self.value(item)?;
                }
                self.add(if items.is_empty() { "[]" } else { "]" })
            }
            Value::Object(members) => {
                let mut start = "{";
                for (name, item) in members {
                    self.add(std::mem::replace(&mut start, ","))?;
                    self.add(&Value::from(name.as_str()).to_string())?;
                    self.add(":")?;
                    self.value(item)?;
                }
                self.add(if members.is_empty() { "{}" } else { "}" })
            }
            other => self.add(&other.to_string()),
        }
    }

    fn add(&mut self, json: &str) -> Result<(), String> {
        self.size += json.len();
        if self.size > LARGEST {
            return Err("is larger than what may be sent".to_owned());
        }
        self.json.push_str(json);
        Ok(())
    }
}
