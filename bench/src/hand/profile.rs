//! Profiles as a careful developer would write them by hand.

use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A profile as it is answered and stored.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Profile {
    pub(crate) profile_id: String,
    pub(crate) contacts: Vec<Contact>,
    country_numeric_code: Option<String>,
    #[serde(skip_deserializing)]
    country: Option<Country>,
    pub(crate) enabled: bool,
    pub(crate) first_name: Option<String>,
    pub(crate) middle_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) name: String,
    tags: Vec<String>,
    create_time: String,
    update_time: String,
    pub(crate) uuid: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Contact {
    pub(crate) contact_id: String,
    pub(crate) key: String,
    pub(crate) value: String,
    create_time: String,
    update_time: String,
    pub(crate) uuid: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Country {
    country_id: &'static str,
    country_name: &'static str,
    alpha2_code: &'static str,
    alpha3_code: &'static str,
    numeric_code: &'static str,
    geographic_region_numeric_code: &'static str,
    geographic_region_name: &'static str,
    create_time: &'static str,
    update_time: &'static str,
}

/// The body of a create.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Body {
    #[serde(default)]
    contacts: Vec<NewContact>,
    country_numeric_code: Option<String>,
    enabled: Option<bool>,
    first_name: Option<String>,
    middle_name: Option<String>,
    last_name: Option<String>,
    uuid: Option<String>,
}

#[derive(Deserialize)]
struct NewContact {
    key: String,
    value: String,
    uuid: Option<String>,
}

/// The body of an update.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Change {
    enabled: Option<bool>,
    first_name: Option<String>,
    middle_name: Option<String>,
    last_name: Option<String>,
}

impl Profile {
    /// The profile that a create makes.
    pub(crate) fn create(body: Body) -> Result<Self, StatusCode> {
        let known = |contact: &NewContact| ["email", "phone"].contains(&contact.key.as_str());
        checked([&body.first_name, &body.middle_name, &body.last_name])?;
        if !body.contacts.iter().all(known) {
            return Err(StatusCode::UNPROCESSABLE_ENTITY);
        }
        let now = time();
        let contact = |contact: NewContact| Contact {
            contact_id: id(),
            key: contact.key,
            value: contact.value,
            create_time: now.clone(),
            update_time: now.clone(),
            uuid: contact.uuid,
        };
        let mut profile = Self {
            profile_id: id(),
            contacts: body.contacts.into_iter().map(contact).collect(),
            country: country(body.country_numeric_code.as_deref()),
            country_numeric_code: body.country_numeric_code,
            enabled: body.enabled.unwrap_or(true),
            first_name: body.first_name,
            middle_name: body.middle_name,
            last_name: body.last_name,
            name: String::new(),
            tags: Vec::new(),
            create_time: now.clone(),
            update_time: now,
            uuid: body.uuid,
        };
        profile.join();
        Ok(profile)
    }

    /// The profile of a stored text, changed.
    pub(crate) fn update(text: &str, change: Change) -> Result<Self, StatusCode> {
        checked([&change.first_name, &change.middle_name, &change.last_name])?;
        let stored = serde_json::from_str(text);
        let mut profile: Self = stored.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
        profile.country = country(profile.country_numeric_code.as_deref());
        profile.enabled = change.enabled.unwrap_or(profile.enabled);
        profile.first_name = change.first_name.or(profile.first_name);
        profile.middle_name = change.middle_name.or(profile.middle_name);
        profile.last_name = change.last_name.or(profile.last_name);
        profile.update_time = time();
        profile.join();
        Ok(profile)
    }

    /// The text that is answered and stored.
    pub(crate) fn text(&self) -> String {
        serde_json::to_string(self).expect("texts and flags are JSON")
    }

    fn join(&mut self) {
        let parts = [&self.first_name, &self.middle_name, &self.last_name];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        self.name = parts.join(" ");
    }
}

/// What texts are compared by.
pub(crate) fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// Microseconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_micros() as i64)
}

fn time() -> String {
    Timestamp::now()
        .strftime("%Y-%m-%dT%H:%M:%S+00:00")
        .to_string()
}

/// Refuses names that are too long.
fn checked(names: [&Option<String>; 3]) -> Result<(), StatusCode> {
    let fits = |name: &String| name.chars().count() <= 255;
    match names.into_iter().flatten().all(fits) {
        true => Ok(()),
        false => Err(StatusCode::UNPROCESSABLE_ENTITY),
    }
}

/// An identifier of 24 hexadecimal digits that grows with time: seconds, process, count.
fn id() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{:08x}{:08x}{count:08x}", now() / 1_000_000, process::id())
}

fn country(code: Option<&str>) -> Option<Country> {
    (code == Some("840")).then_some(Country {
        country_id: "6006dda272f002519c3eb505",
        country_name: "United States",
        alpha2_code: "US",
        alpha3_code: "USA",
        numeric_code: "840",
        geographic_region_numeric_code: "021",
        geographic_region_name: "Northern America",
        create_time: "2021-01-01T00:00:00+00:00",
        update_time: "2021-01-01T00:00:00+00:00",
    })
}
