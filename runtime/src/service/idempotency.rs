//! Creates that can be sent again: the first answer is kept under the client's `Idempotency-Key`
//! and given again (draft-ietf-httpapi-idempotency-key-header).

use std::time::Duration;

use http::{HeaderName, Method};
use serde::{Deserialize, Serialize};

use super::{Call, Service, Written};
use crate::auth::{hash, hex};
use crate::problem::Problem;
use crate::store::{IDEMPOTENCY_KEYS, Row, Stored};
use crate::table::{GLOBAL, Table};
use crate::value::Instant;
use crate::write::UnitOfWork;

/// The request header with the key.
const HEADER: HeaderName = HeaderName::from_static("idempotency-key");

/// Maximum length of a key in bytes.
const LONGEST: usize = 255;

/// How long an answer is kept.
pub(crate) const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// A create that names itself.
pub(super) struct Key {
    /// The key as it is stored: a hash of the caller's token, the path and the key, which so
    /// cannot meet those of other callers.
    pub(super) id: String,
    /// A hash of the request, to tell another one with the same key.
    request: String,
}

/// The answer that is kept under a key. Members that only a scope shows are not kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// The key as it is stored.
    id: String,
    request: String,
    ids: Vec<String>,
    version: u64,
    ignored: Vec<String>,
    body: String,
}

impl Key {
    /// Reads the key of a request; `None` if it has none or its method is not POST.
    ///
    /// # Errors
    /// 400 for a key that is sent twice, is empty or too long, or has other characters than the
    /// visible ones of ASCII and blanks.
    pub(super) fn read(call: &Call) -> Result<Option<Self>, Problem> {
        let mut sent = call.headers.get_all(&HEADER).iter();
        let Some(first) = sent.next().filter(|_| call.method == Method::POST) else {
            return Ok(None);
        };
        let bad = |detail: &str| Problem::bad_header("Idempotency-Key", detail);
        if sent.next().is_some() {
            return Err(bad("must be sent once"));
        }
        let key = first.to_str().ok().and_then(unquoted);
        let key = key.filter(|key| (1..=LONGEST).contains(&key.len()));
        let key = key.ok_or_else(|| bad("must be 1 to 255 visible characters of ASCII"))?;
        let caller = hex(&call.token);
        let id = format!("{}\n{caller}\n{}\n{key}", call.grant.tenant, call.path);
        let query = call.query.as_deref().unwrap_or_default();
        let request = [query.as_bytes(), b"\n", &call.body].concat();
        Ok(Some(Self {
            id: hex(&hash(id)),
            request: hex(&hash(request)),
        }))
    }

    /// Keeps the answer of a create, in its transaction.
    ///
    /// # Errors
    /// 409 if another request with the key has been answered in the meantime.
    pub(super) fn keep(
        &self,
        unit: &mut UnitOfWork<'_>,
        row: &Row,
        written: &Written,
    ) -> Result<(), Problem> {
        let now = unit.tx.now();
        let other = unit.tx.find(&IDEMPOTENCY_KEYS, GLOBAL, &self.id)?;
        if other.is_some_and(|other| !is_over(&other, now)) {
            return Err(Problem::in_progress());
        }
        let kept = Kept {
            id: self.id.clone(),
            request: self.request.clone(),
            ids: written.ids.clone(),
            version: written.version,
            ignored: written.ignored.clone(),
            body: row.body.clone(),
        };
        let kept = serde_json::to_string(&kept).map_err(|_| Problem::internal())?;
        let row = Row::internal(self.id.clone(), row.version, now, kept);
        Ok(unit.tx.upsert(&IDEMPOTENCY_KEYS, &row)?)
    }
}

impl Service {
    /// The first answer to the request with this key, if it is kept. A caller who may see secret
    /// members sees them as long as the object has not changed.
    ///
    /// # Errors
    /// 422 if the key was used for another request.
    pub(super) async fn kept(
        &self,
        table: &'static Table,
        tenant: &str,
        key: &Key,
        privileged: bool,
    ) -> Result<Option<Written>, Problem> {
        let stored = self.store.get(&IDEMPOTENCY_KEYS, GLOBAL, &key.id).await?;
        let now = Instant::now();
        let Some(stored) = stored.filter(|stored| !is_over(stored, now)) else {
            return Ok(None);
        };
        let kept: Kept = serde_json::from_str(&stored.body).map_err(|_| Problem::internal())?;
        if kept.request != key.request {
            return Err(Problem::key_reused());
        }
        let mut written = Written {
            ids: kept.ids,
            version: kept.version,
            ignored: kept.ignored,
            body: kept.body,
        };
        if let (true, Some(id)) = (privileged, written.ids.last()) {
            let object = self.store.get(table, tenant, id).await?;
            let same = object.filter(|object| object.version == written.version);
            if let Some(object) = same {
                written.body = object.text(true);
            }
        }
        Ok(Some(written))
    }
}

/// Whether an answer was kept for long enough.
fn is_over(stored: &Stored, now: Instant) -> bool {
    stored.created < now.minus(KEPT)
}

/// The text of a key: a string of a structured field (RFC 8941 section 3.3.3), or, as most
/// clients send it, without quotes.
fn unquoted(text: &str) -> Option<String> {
    let visible = |text: &str| text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    let text = text.trim_matches(' ');
    let Some(inside) = text.strip_prefix('"') else {
        return visible(text).then(|| text.to_owned());
    };
    let inside = inside.strip_suffix('"').filter(|inside| visible(inside))?;
    let (mut key, mut all) = (String::new(), inside.chars());
    while let Some(one) = all.next() {
        key.push(match one {
            '"' => return None,
            '\\' => all.next().filter(|next| matches!(next, '"' | '\\'))?,
            one => one,
        });
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn keys_are_strings_of_structured_fields_or_bare() {
        let read = |text: &str| unquoted(text);
        assert_eq!(read("8e03-97"), Some("8e03-97".to_owned()));
        assert_eq!(read("\"8e03-97\""), Some("8e03-97".to_owned()));
        assert_eq!(read(r#""a\"b\\c""#), Some(r#"a"b\c"#.to_owned()));
        for bad in ["\"", "\"a", "\"a\"b\"", r#""a\b""#, r#""a\""#, "a\tb", "é"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
