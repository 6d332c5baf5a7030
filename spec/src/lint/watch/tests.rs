//! Watches, the roles of their fields, and OAuth 2.0 grants.

use crate::testing::{check, fields};

#[test]
fn a_watch_is_of_another_resource_and_has_an_address() {
    check(
        "resources.Shelf",
        r#"
watch: { of: Shelf }
^^^^^ FP316: no field has the role `address`
             ^^^^^ FP316: `Shelf` is to name another resource without a parent
"#,
    );
}

#[test]
fn roles_are_of_watches() {
    fields(
        r#"
tags: { type: [string], role: keys }
                              ^^^^ FP316: `Shelf` is no watch
"#,
    );
}

#[test]
fn what_an_object_needs_is_a_value_of_a_closed_list() {
    check(
        "resources",
        r#"
Shelf:
  watch: { of: Other, while: { state: on } }
  fields:
    to: { type: url, role: address, required: true }
    state: { type: string, values: [on, off], default: on }
Other: { path: /others, id: { field: id, kind: digits }, fields: { id: { type: id, mode: read-only } } }

Shelf:
  watch: { of: Other, while: { state: gone } }
                                      ^^^^ FP316: `gone` is not one of the values of `state`
                                      = name a field with `values` and one of them
  fields:
    to: { type: url, role: address, required: true }
    state: { type: string, values: [on, off], default: on }
Other: { path: /others, id: { field: id, kind: digits }, fields: { id: { type: id, mode: read-only } } }

Shelf:
  watch: { of: Other, while: { label: x } }
                                      ^ FP316: `label` is not a closed list
                                      = name a field with `values` and one of them
  fields:
    to: { type: url, role: address, required: true }
Other: { path: /others, id: { field: id, kind: digits }, fields: { id: { type: id, mode: read-only } } }

Shelf:
  watch: { of: Other, while: { tags: x } }
                                     ^ FP316: `tags` is not a closed list
                                     = name a field with `values` and one of them
  fields:
    to: { type: url, role: address, required: true }
Other: { path: /others, id: { field: id, kind: digits }, fields: { id: { type: id, mode: read-only } } }
"#,
    );
}

#[test]
fn a_grant_is_not_without_what_it_needs() {
    check(
        "",
        r#"
resources:
  Alarm:
    path: /alarms
    id: { field: alarmId, kind: hex24 }
    watch: { of: Shelf, keys: /keys }
    fields:
      alarmId: { type: id, mode: read-only }
      to: { type: url, role: address, required: true }
      proof: { type: Proof, nullable: true }
      signs: { type: [string], role: keys }
    create: {}
objects:
  Proof:
    fields:
      kind: { type: string, role: grant-type, values: [refresh_token, client_credentials], default: refresh_token }
      who: { type: string, role: client-id, required: true }
      from: { type: url, role: token-url, required: true }
      stock: { type: string, max: 9, nullable: true }
      fresh: { type: secret, role: refresh-token, nullable: true, required-if: { kind: refresh_token } }
      word: { type: secret, role: client-secret, nullable: true, required-if: { kind: client_credentials } }

resources:
  Alarm:
    path: /alarms
    id: { field: alarmId, kind: hex24 }
    watch: { of: Shelf }
    fields:
      alarmId: { type: id, mode: read-only }
      to: { type: url, role: address, required: true }
      proof: { type: Proof, nullable: true }
      signs: { type: [string], role: keys }
                                     ^^^^ FP316: the role needs `keys` of the watch: the path where keys are made
    create: {}
objects:
  Proof:
    fields:
      kind: { type: string, role: grant-type, values: [refresh_token, client_credentials], default: refresh_token }
      who: { type: string, role: client-id }
                                 ^^^^^^^^^ FP316: a grant needs a member with the role `client-id` that is `required`
      from: { type: url, role: token-url }
                               ^^^^^^^^^ FP316: a grant needs a member with the role `token-url` that is `required`
      stock: { type: string, max: 9, nullable: true }
      fresh: { type: secret, role: refresh-token, nullable: true }
                                   ^^^^^^^^^^^^^ FP316: the grant needs a member with the role `refresh-token`: `required-if: { kind: refresh_token }`
      word: { type: secret, role: client-secret, nullable: true, required-if: { kind: refresh_token } }
                                  ^^^^^^^^^^^^^ FP316: the grant needs a member with the role `client-secret`: `required-if: { kind: client_credentials }`

resources:
  Alarm:
    path: /alarms
    id: { field: alarmId, kind: hex24 }
    watch: { of: Shelf, keys: /keys }
    fields:
      alarmId: { type: id, mode: read-only }
      to: { type: url, role: address, required: true }
      proof: { type: Proof, nullable: true }
      signs: { type: [string], role: keys }
    create: {}
objects:
  Proof:
    fields:
      kind: { type: string, role: grant-type, values: [refresh_token, client_credentials], default: refresh_token }
      who: { type: string, role: client-id, required: true }
      from: { type: url, role: token-url, required: true }
                               ^^^^^^^^^ FP316: the grant needs a member with the role `client-secret`: `required-if: { kind: client_credentials }`
      stock: { type: string, max: 9, nullable: true }
      fresh: { type: secret, role: refresh-token, nullable: true, required-if: { kind: refresh_token } }
      word: { type: secret, nullable: true, required-if: { kind: client_credentials } }
"#,
    );
}
