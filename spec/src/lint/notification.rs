//! FP351: points of notifications that contradict each other, or that no request can show.

mod found;
mod header;
mod payload;
mod signature;

use self::found::Found;
use self::header::{bare, of_headers};
use self::payload::of_payload;
use self::signature::{of_signature, standard};
use super::context::{Context, Lint};
use crate::diagnostic::Code;
use crate::syntax::{Event, Notification};

pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP351",
        "a point of notifications that no request can show",
        "Members of an envelope, header fields and events have names of their own each. Header \
         fields are none that HTTP or the sender needs: Host, Connection, Keep-Alive, TE, \
         Trailer, Transfer-Encoding, Upgrade, Expect, Date, Authorization, User-Agent, \
         Content-* and Proxy-*. Standard Webhooks has header fields of its own, the other \
         schemes name one, and keys sign where a field has the role keys.",
        "give each member, header field and event a name of its own",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, resource) in &spec.resources {
        let Some(watch) = &resource.watch else {
            continue;
        };
        let own = &watch.notification;
        let mut found = Vec::new();
        if let Some(payload) = &own.payload {
            of_payload(spec, resource, payload, &mut found);
        }
        of_headers(own, &mut found);
        if let Some(signature) = &own.signature {
            of_signature(spec, resource, signature, &mut found);
        }
        standard(spec, resource, own, &mut found);
        of_events(own, &mut found);
        bare(spec, resource, own, &mut found);
        for (keys, message, help) in found {
            let path = ["resources", name, "watch", "notification"];
            let path = [&path[..], &keys].concat();
            lint.report_with(context, &path, message, help);
        }
    }
}

fn of_events(own: &Notification, found: &mut Vec<Found>) {
    let Some(events) = &own.events else { return };
    let name = |event: Event| events.are.get(&event).map(String::as_str);
    let all = Event::ALL.map(|event| (event, name(event).unwrap_or(event.word())));
    for (at, (event, name)) in all.iter().enumerate() {
        let keys = vec!["events", "are", event.word()];
        let plain = name.chars().all(|c| c.is_ascii_graphic() || c == ' ');
        let other = all[..at].iter().find(|(_, other)| other == name);
        if name.trim().is_empty() || name.trim() != *name || !plain {
            let message = format!("`{name}` cannot name an event");
            found.push((keys, message, "use visible ASCII"));
        } else if let Some((other, _)) = other {
            let said = events.are.contains_key(event);
            let keys = vec![
                "events",
                "are",
                if said { event.word() } else { other.word() },
            ];
            let message = format!("`{name}` is what `{}` is called", other.word());
            found.push((keys, message, "choose another name"));
        }
    }
}

#[cfg(test)]
mod tests;
