//! Schemas of bodies beside what is taken, and what requests cost.

// The same values for every emitted server.
#[path = "../../../runtime/e2e/tests/it/bodies/mod.rs"]
mod bodies;
#[cfg(target_os = "linux")]
mod growth;

use fieldproof_server::{myaccount, profiles, resellers};
use serde_json::json;

use self::bodies::{cases, judge, only};

#[test]
fn every_body_that_is_taken_is_of_its_schema() {
    let client = json!({
        "contacts": [{ "key": "email", "value": "a@b.c" }, { "key": "phone", "value": "+15550109999", "uuid": "u" }],
        "countryNumericCode": "840", "enabled": true, "firstName": "a", "middleName": "b", "lastName": "c", "uuid": "u",
    });
    let contact = json!({ "key": "email", "value": "a@b.c", "uuid": "u" });
    let number = json!({ "key": "phone", "value": "+15550109999" });
    let portal = json!({
        "name": "n", "description": "d", "availability": "Not Available", "customerGroups": ["g"],
        "myAccountFlags": ["View Usage"], "myNumbers": ["View Numbers"], "myCampaigns": ["View Campaigns"],
        "myCallsEnabled": true, "myCallsDailyCDRAccess": true, "myCallsUseBackendDescriptions": true,
    });
    let customer = json!({ "name": "n", "customerID": "7" });
    let account = json!({
        "firstName": "a", "lastName": "b", "email": "a@b.c", "organization": "o",
        "preferences": { "timeZone": "UTC", "language": "en", "displayName": "d" }, "currency": "EUR", "resellerId": "r",
        "domain": "d", "profile": { "id": "1", "name": "Starter" }, "tools": ["save"],
        "whiteLabel": { "logoURL": "https://a.example/l", "emailAddress": "e@b.c", "headerBackgroundColor": "#aabbcc", "menuBackgroundColor": "#aabbcc" },
        "clientName": "c", "status": "enabled", "sendSignupEmail": true, "additionalUsers": 1, "tags": [{ "tag": "t", "color": "#aabbcc" }],
    });
    let password = json!({ "email": "a@b.c", "profile": { "id": "1" }, "password": "12345678" });
    let watch = json!({
        "address": "https://a.example", "name": "n", "basicAuth": { "username": "u", "password": "p" },
        "httpRequestHeader": { "x-a": "b" }, "schema": { "a": "${$.b}" }, "addPreviousData": true, "method": "POST", "status": "enabled",
        "signature": { "enabled": true, "cryptoKeyIds": ["k"] }, "events": ["created"],
    });
    let oauth = json!({ "address": "https://a.example", "oauth2Auth": {
        "grantType": "refresh_token", "clientId": "c", "clientSecret": "s", "refreshToken": "r", "authUrl": "https://a.example",
        "accessTokenUrl": "https://a.example", "redirectUri": "https://a.example", "scope": "s",
    } });
    let all = [
        cases::<profiles::profile::Profile>(&profiles::API, &client),
        cases::<profiles::contact::Contact>(&profiles::API, &contact),
        cases::<profiles::contact::Contact>(&profiles::API, &number),
        cases::<myaccount::profile::Profile>(&myaccount::API, &portal),
        cases::<myaccount::profile::Profile>(&myaccount::API, &customer),
        cases::<resellers::account::Account>(&resellers::API, &account),
        only::<resellers::account::Account>(&resellers::API, &password, "password"),
        cases::<resellers::watch::Watch>(&resellers::API, &watch),
        cases::<resellers::watch::Watch>(&resellers::API, &oauth),
    ];
    insta::assert_snapshot!(judge(&all.into_iter().flatten().collect::<Vec<_>>()));
}
