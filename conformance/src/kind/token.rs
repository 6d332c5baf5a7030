//! Random secrets that the server generates.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Kind, Within};

/// A text that is shown to the client that it was generated for.
pub(super) struct Token;

impl Kind for Token {
    fn wording(&self) -> String {
        "a token that the server makes".to_owned()
    }

    fn strategy(&self, _: &Within<'_>) -> BoxedStrategy<Value> {
        Just(json!("fpt_made-up")).boxed()
    }

    fn is_made(&self) -> bool {
        true
    }

    fn is_loaded(&self) -> bool {
        false
    }
}
