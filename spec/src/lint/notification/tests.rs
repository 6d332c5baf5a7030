//! Notifications: envelopes, header fields, signatures and names of events.

use crate::testing::check;

#[test]
fn an_envelope_has_members_of_its_own() {
    check(
        "resources",
        r#"
Alarm:
  watch: { of: Shelf, notification: { payload: { is: object, event: type } } }
                                                                    ^^^^ FP351: only an envelope has this member
                                                                    = write `is: envelope`
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true } }
  create: {}

Alarm:
  watch: { of: Shelf, notification: { payload: { is: object, previous: label } } }
                                                                       ^^^^^ FP351: the object has a member `label` already
                                                                       = choose another name
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true } }
  create: {}

Alarm:
  watch: { of: Shelf, notification: { payload: { is: envelope, event: type } } }
                                      ^^^^^^^ FP351: an envelope has a member with the object
                                      = name it: `object: data`
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true } }
  create: {}

Alarm:
  watch: { of: Shelf, notification: { payload: { is: envelope, event: type, object: type, form: unix } } }
                                                                                    ^^^^ FP351: `type` is the member of `event` already
                                                                                    = choose another name
                                                                                                ^^^^ FP351: the form is of a moment that no member has
                                                                                                = name its member with `time`
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true } }
  create: {}

Alarm:
  watch: { of: Shelf, notification: { payload: { is: envelope, object: data } } }
                                      ^^^^^^^ FP351: watches may ask for the object before the change
                                      = name its member with `previous`
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true }, old: { type: boolean, role: previous } }
  create: {}

Alarm:
  watch: { of: Shelf, notification: { payload: { is: envelope, id: id, event: type, time: made, form: unix, object: data, previous: old } } }
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true }, old: { type: boolean, role: previous } }
  create: {}
"#,
    );
}

#[test]
fn a_header_is_no_other_one() {
    check(
        "resources",
        r#"
Alarm:
  watch: { of: Shelf, keys: /keys, notification: { headers: { event: Content-Kind, object: "a b", id: X-It, timestamp: x-it } } }
                                                                     ^^^^^^^^^^^^ FP351: `Content-Kind` is for HTTP and the sender
                                                                     = choose another name, such as `X-Event`
                                                                                           ^^^^^ FP351: `a b` cannot name a header
                                                                                           = use letters, digits and `-`
                                                                                                                       ^^^^ FP351: `x-it` is the header of `id` already
                                                                                                                       = choose another name
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true }, with: { type: [string], role: keys } }
  create: {}

Alarm:
  watch: { of: Shelf, keys: /keys, notification: { headers: { event: X-It }, signature: { is: hex-hmac, in: x-it } } }
                                                                                                            ^^^^ FP351: `x-it` is the header of `event` already
                                                                                                            = choose another name
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true }, with: { type: [string], role: keys } }
  create: {}

Alarm:
  watch: { of: Shelf, notification: { headers: { event: X-Event } } }
                                      ^^^^^^^ FP351: a notification by DELETE has no body that says what it is about
                                      = name headers with `event` and `object`
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true }, way: { type: string, role: method, values: [POST, DELETE], default: POST } }
  create: {}
"#,
    );
}

#[test]
fn a_signature_has_what_its_scheme_needs() {
    check(
        "resources",
        r#"
Alarm:
  watch: { of: Shelf, notification: { signature: { is: hex-hmac } } }
                                      ^^^^^^^^^ FP351: nothing is signed: no field has the role `keys`
                                      = give a list of texts `role: keys`
                                      ^^^^^^^^^ FP351: the signature has no header
                                      = name it: `in: X-Signature`
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true } }
  create: {}

Alarm:
  watch: { of: Shelf, keys: /keys, notification: { headers: { id: X-Id }, signature: { is: standard-webhooks, in: X-Sign, prefix: "a=" } } }
                                                                  ^^^^ FP351: Standard Webhooks has `webhook-id`, not `X-Id`
                                                                  = leave it out, or name another `signature`
                                                                                                                  ^^^^^^ FP351: Standard Webhooks signs in `webhook-signature`
                                                                                                                  = leave it out
                                                                                                                                  ^^^^^ FP351: only `hex-hmac` has a prefix
                                                                                                                                  = leave it out
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true }, with: { type: [string], role: keys } }
  create: {}

Alarm:
  watch: { of: Shelf, keys: /keys, notification: { signature: { is: hex-hmac, in: X-Sign, prefix: "a, b" } } }
                                                                                                  ^^^^^^^ FP351: `a, b` cannot stand before a signature
                                                                                                  = use visible ASCII without commas, such as `sha256=`
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true }, with: { type: [string], role: keys } }
  create: {}

Alarm:
  watch: { of: Shelf, keys: /keys, notification: { signature: { is: timestamped, in: X-Sign } } }
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true }, with: { type: [string], role: keys } }
  create: {}
"#,
    );
}

#[test]
fn an_event_has_a_name_of_its_own() {
    check(
        "resources",
        r#"
Alarm:
  watch: { of: Shelf, notification: { events: { are: { created: shelf.new, updated: shelf.new, deleted: " ", ping: créé } } } }
                                                                                    ^^^^^^^^^ FP351: `shelf.new` is what `created` is called
                                                                                    = choose another name
                                                                                                        ^^^ FP351: ` ` cannot name an event
                                                                                                        = use visible ASCII
                                                                                                                   ^^^^ FP351: `créé` cannot name an event
                                                                                                                   = use visible ASCII
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true } }
  create: {}

Alarm:
  watch: { of: Shelf, notification: { events: { are: { created: updated } } } }
                                                                ^^^^^^^ FP351: `updated` is what `created` is called
                                                                = choose another name
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true } }
  create: {}

Alarm:
  watch: { of: Shelf, notification: { events: { are: { created: shelf.created, deleted: shelf.gone } } } }
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true }, news: { type: [string], role: events, values: [shelf.created, updated] } }
  create: {}

Alarm:
  watch: { of: Shelf, notification: { events: { are: { created: shelf.created, deleted: shelf.gone } } } }
  path: /alarms
  id: { field: id, kind: digits }
  fields: { id: { type: id, mode: read-only }, to: { type: url, role: address, required: true }, news: { type: [string], role: events, values: [created] } }
                                                                                                                               ^^^^^^ FP316: the role needs a list of values among shelf.created, updated and shelf.gone
  create: {}
"#,
    );
}
