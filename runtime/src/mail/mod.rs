//! Mails that the service sends.

mod sender;
mod worker;

pub(crate) use sender::Sender;
pub(crate) use worker::Worker;
