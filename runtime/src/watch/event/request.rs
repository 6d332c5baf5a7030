//! Builds the request of an attempt.

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderName, HeaderValue, Method, Request};

use super::body::body;
use super::{Event, Receiver, SENDER, Unsendable};
use crate::table::Signature;
use crate::value::Instant;
use crate::watch::sign::{WEBHOOK_SIGNATURE, hex_hmac, signature, timestamped};

/// Builds the request of an attempt made at `now`.
///
/// `DELETE` has no body, so its signature covers an empty one; the header fields name the event
/// and the object.
///
/// # Errors
/// Why the request cannot be built, now or later.
pub fn request(
    event: &Event<'_>,
    receiver: &Receiver,
    now: Instant,
) -> Result<Request<Bytes>, Unsendable> {
    let has_body = receiver.method != Method::DELETE;
    let content = match has_body {
        true => body(event, receiver)?,
        false => Bytes::new(),
    };
    let timestamp = now.micros().div_euclid(1_000_000);
    let (signed_in, signatures) = signed(event, receiver, timestamp, &content);

    let mut request = Request::new(content);
    *request.method_mut() = receiver.method.clone();
    *request.uri_mut() = receiver.uri.clone();
    let headers = request.headers_mut();
    headers.clone_from(&receiver.headers);
    let sender = HeaderValue::from_static(SENDER);
    headers.entry(USER_AGENT).or_insert(sender);
    if has_body {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    } else {
        headers.remove(CONTENT_TYPE);
    }
    if let Some(authorization) = &receiver.authorization {
        headers.insert(AUTHORIZATION, authorization.clone());
    }
    let notification = receiver.notification;
    for (name, text) in [
        (notification.timestamp_in, timestamp.to_string().as_str()),
        (notification.id_in, event.id),
        (Some(signed_in), &signatures),
        (notification.event_in, notification.events.told(event.name)),
        (notification.object_in, event.object),
    ] {
        let Some(name) = name else { continue };
        let refused = |_| Unsendable::Field(name.to_owned());
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_str(text).map_err(refused)?,
        );
    }
    if receiver.keys.is_empty() {
        headers.remove(signed_in);
    }
    Ok(request)
}

/// The signatures of an attempt, and the field that they stand in.
fn signed(
    event: &Event<'_>,
    receiver: &Receiver,
    timestamp: i64,
    content: &[u8],
) -> (&'static str, String) {
    let keys = &receiver.keys;
    match receiver.notification.signature {
        Signature::StandardWebhooks => {
            let all = signature(keys, event.id, timestamp, content);
            (WEBHOOK_SIGNATURE, all)
        }
        Signature::HexHmac { header, prefix } => (header, hex_hmac(keys, prefix, content)),
        Signature::Timestamped { header } => (header, timestamped(keys, timestamp, content)),
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, Method};
    use serde_json::{Value, json};

    use super::{Event, Receiver, SENDER, Unsendable, request};
    use crate::table::{
        EventNames, Moment, Notification, NotificationEnvelope, Payload, Signature,
    };
    use crate::value::Instant;
    use crate::watch::event::basic;
    use crate::watch::sign::{Key, hex_hmac, signature};
    use crate::watch::template::Template;

    const EVENT: Event<'static> = Event {
        id: "17",
        name: "updated",
        object: "a1",
        resource: "{\"id\": \"a1\", \"size\": 1.50}",
        previous: Some("{\"id\":\"a1\",\"size\":9007199254740993.0}"),
        made: Instant::from_micros(1_614_265_300_123_456),
    };
    const NOW: Instant = Instant::from_micros(1_614_265_330_999_999);

    fn receiver() -> Receiver {
        Receiver {
            uri: "https://r.example/in?x=1".parse().unwrap(),
            method: Method::POST,
            template: None,
            named: &[&["size"]],
            with_previous: false,
            headers: HeaderMap::new(),
            authorization: None,
            notification: &Notification::BASE,
            keys: Vec::new(),
        }
    }

    /// An envelope, other header fields and names, and a signature of the body.
    static WRAPPED: Notification = Notification {
        payload: Payload::Envelope(NotificationEnvelope {
            id: Some("id"),
            event: Some("type"),
            time: Some(("made \"at\"", Moment::Unix)),
            object: "data",
            previous: Some("old"),
        }),
        event_in: Some("x-what"),
        object_in: None,
        id_in: None,
        timestamp_in: None,
        signature: Signature::HexHmac {
            header: "x-sign",
            prefix: "sha256=",
        },
        events: EventNames {
            updated: "thing.updated",
            ..EventNames::BASE
        },
    };

    #[test]
    fn an_envelope_has_the_object_as_it_is_stored() {
        let key = || Key::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let wrapped = Receiver {
            notification: &WRAPPED,
            keys: vec![key()],
            ..receiver()
        };
        let sent = request(&EVENT, &wrapped, NOW).unwrap();
        let expected = r#"{"id":"17","type":"thing.updated","made \"at\"":1614265300,"data":{"id": "a1", "size": 1.50}}"#;
        assert_eq!(sent.body(), expected);
        let fields = ["x-what", "x-sign"].map(|name| sent.headers()[name].to_str().unwrap());
        let signature = hex_hmac(&[key()], "sha256=", expected.as_bytes());
        assert_eq!(fields, ["thing.updated", signature.as_str()]);
        assert_eq!(sent.headers().len(), 4);
        let with_previous = Receiver {
            with_previous: true,
            ..wrapped
        };
        let before = r#","old":{"id":"a1","size":9007199254740993.0}}"#;
        assert!(body(&EVENT, &with_previous).ends_with(before));
    }

    fn body(event: &Event<'_>, receiver: &Receiver) -> String {
        let request = request(event, receiver, NOW).unwrap();
        String::from_utf8(request.body().to_vec()).unwrap()
    }

    #[test]
    fn the_object_is_sent_as_it_is_stored() {
        let sent = request(&EVENT, &receiver(), NOW).unwrap();
        assert_eq!(sent.body(), EVENT.resource);
        assert_eq!(sent.method(), Method::POST);
        assert_eq!(sent.uri(), "https://r.example/in?x=1");
        let mut fields: Vec<_> = sent.headers().iter().collect();
        fields.sort_by_key(|(name, _)| name.as_str());
        let fields = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_str().unwrap()));
        assert_eq!(
            fields.collect::<Vec<_>>(),
            [
                ("content-type", "application/json"),
                ("user-agent", SENDER),
                ("webhook-id", "17"),
                ("webhook-timestamp", "1614265330"),
                ("x-watch-event", "updated"),
                ("x-watch-resource-id", "a1"),
            ]
        );
    }

    #[test]
    fn the_object_before_comes_along_when_it_is_asked_for() {
        let receiver = Receiver {
            with_previous: true,
            ..receiver()
        };
        let both = "{\"id\": \"a1\", \"size\": 1.50,\"previousData\":{\"id\":\"a1\",\"size\":9007199254740993.0}}";
        assert_eq!(body(&EVENT, &receiver), both);
        let new = Event {
            previous: None,
            ..EVENT
        };
        assert!(body(&new, &receiver).ends_with(",\"previousData\":null}"));
        let empty = Event {
            resource: "{ } \n",
            previous: None,
            ..EVENT
        };
        assert_eq!(body(&empty, &receiver), "{ \"previousData\":null}");
        let none = Event {
            resource: "",
            ..EVENT
        };
        assert_eq!(
            request(&none, &receiver, NOW).unwrap_err(),
            Unsendable::Resource
        );
    }

    #[test]
    fn a_template_has_both_objects() {
        let template = json!({ "now": "${$.size}", "then": "${$.previousData.id}" });
        let template = Some(Template::parse(&template).unwrap());
        let receiver = Receiver {
            template,
            ..receiver()
        };
        let sent: Value = serde_json::from_str(&body(&EVENT, &receiver)).unwrap();
        assert_eq!(sent, json!({ "now": "1.5", "then": "a1" }));
        let whole = Template::parse(&json!("${$}")).unwrap();
        let whole = Receiver {
            template: Some(whole),
            ..self::receiver()
        };
        let sent = body(&EVENT, &whole);
        assert_eq!(sent, r#"{"id":"a1","previousData":{"id":"a1"}}"#);
        let broken = Event {
            resource: "{\"id\": }",
            ..EVENT
        };
        assert_eq!(
            request(&broken, &receiver, NOW).unwrap_err(),
            Unsendable::Resource
        );
    }

    #[test]
    fn a_deletion_by_method_has_no_body_and_is_signed() {
        let key = || Key::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let mut receiver = Receiver {
            method: Method::DELETE,
            with_previous: true,
            keys: vec![key()],
            ..receiver()
        };
        receiver
            .headers
            .insert("content-type", "text/plain".parse().unwrap());
        let sent = request(&EVENT, &receiver, NOW).unwrap();
        assert!(sent.body().is_empty() && !sent.headers().contains_key("content-type"));
        let expected = signature(&[key()], "17", 1_614_265_330, b"");
        assert_eq!(sent.headers()["webhook-signature"], expected);

        receiver.method = Method::PUT;
        let sent = request(&EVENT, &receiver, NOW).unwrap();
        let expected = signature(&[key()], "17", 1_614_265_330, sent.body());
        assert_eq!(sent.headers()["webhook-signature"], expected);
    }

    #[test]
    fn fields_of_the_owner_stand_beside_ours() {
        let mut receiver = receiver();
        for (name, value) in [
            ("x-own", "1"),
            ("user-agent", "own/2"),
            ("webhook-id", "2"),
            ("webhook-signature", "3"),
        ] {
            receiver.headers.insert(name, value.parse().unwrap());
        }
        receiver
            .headers
            .insert("authorization", "4".parse().unwrap());
        receiver.authorization = Some(basic("u", "p").unwrap());
        let sent = request(&EVENT, &receiver, NOW).unwrap();
        assert_eq!(sent.headers()["x-own"], "1");
        assert_eq!(sent.headers()["user-agent"], "own/2");
        assert_eq!(sent.headers()["webhook-id"], "17");
        assert!(!sent.headers().contains_key("webhook-signature"));
        assert_eq!(sent.headers()["authorization"], "Basic dTpw");
        let bad = Event {
            object: "a\nb",
            ..EVENT
        };
        let error = request(&bad, &receiver, NOW).unwrap_err();
        assert_eq!(error, Unsendable::Field("x-watch-resource-id".to_owned()));
    }
}
