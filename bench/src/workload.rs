//! The six workloads, as requests.

use clap::ValueEnum;
use serde_json::json;

/// How many profiles have the same last name.
const OF_A_NAME: u64 = 20;

/// The number of the first request of a workload. Smaller ones are those of the profiles that are
/// there before.
pub(crate) const FIRST_ADDED: u64 = 1_000_000_000;

/// What is asked of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Workload {
    /// A profile by its identifier.
    Get,
    /// A page of 50, sorted by name.
    List,
    /// The twenty profiles of one last name.
    Filter,
    /// A profile with two contacts.
    Create,
    /// Another middle name for a profile.
    Update,
    /// Eight in ten read, as in the first three, and two write.
    Mixed,
}

/// A request without its token.
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) target: String,
    pub(crate) body: String,
}

impl Request {
    fn get(target: String) -> Self {
        let body = String::new();
        Self {
            method: "GET",
            target,
            body,
        }
    }
}

impl Workload {
    /// The request `number` of this workload, a number that no other request of the run has.
    /// `ids` are those of the profiles that were there before.
    pub(crate) fn request(self, number: u64, ids: &[String]) -> Request {
        let drawn = scattered(number);
        let id = &ids[drawn as usize % ids.len()];
        match self {
            Self::Get => Request::get(format!("/profiles/{id}")),
            Self::List => {
                let offset = drawn % (ids.len() as u64 / 2).min(1_000);
                Request::get(format!("/profiles?limit=50&offset={offset}&sort_by=name"))
            }
            Self::Filter => {
                let name = drawn % (ids.len() as u64 / OF_A_NAME);
                Request::get(format!("/profiles?filter[lastName]=FAMILY{name}"))
            }
            Self::Create => created(number),
            Self::Update => Request {
                method: "PUT",
                target: format!("/profiles/{id}"),
                body: json!({ "middleName": format!("m{number}") }).to_string(),
            },
            Self::Mixed => {
                let all = [
                    Self::Get,
                    Self::List,
                    Self::Filter,
                    Self::Get,
                    Self::Create,
                    Self::Get,
                    Self::List,
                    Self::Filter,
                    Self::Get,
                    Self::Update,
                ];
                all[number as usize % all.len()].request(number, ids)
            }
        }
    }
}

/// The create of the profile `number`.
pub(crate) fn created(number: u64) -> Request {
    // The names of profiles that a workload adds are not those that it asks for.
    let family = match number < FIRST_ADDED {
        true => format!("Family{}", number / OF_A_NAME),
        false => format!("Added{}", number / OF_A_NAME),
    };
    let body = json!({
        "contacts": [
            { "key": "email", "value": format!("client{number}@mail.example"), "uuid": null },
            { "key": "phone", "value": format!("+49{:012}", number % 1_000_000_000_000), "uuid": format!("c{number}") },
        ],
        "countryNumericCode": "840",
        "enabled": true,
        "firstName": format!("Given{}", scattered(number) % 1_000_000),
        "middleName": null,
        "lastName": family,
        "uuid": format!("u{number}"),
    });
    Request {
        method: "POST",
        target: "/profiles".to_owned(),
        body: body.to_string(),
    }
}

/// A number that looks drawn, and is the same in every run.
fn scattered(number: u64) -> u64 {
    let mixed = (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33
}
