//! Values in responses, which have one exact form.

use fieldproof_spec::model::{Field, IdKind};
use serde_json::{Value, json};

use crate::kind::kind;

/// A member in responses; `id` is the kind of the object's own identifier.
pub(super) fn member(field: &Field, id: Option<IdKind>) -> Value {
    let one = kind(&field.ty).response_schema(id);
    match (field.list, field.max_items) {
        (true, Some(most)) => json!({ "type": "array", "items": one, "maxItems": most }),
        (true, None) => json!({ "type": "array", "items": one }),
        (false, _) => one,
    }
}
