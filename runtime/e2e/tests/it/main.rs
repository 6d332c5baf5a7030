//! Tests of the generated server as a process: what clients and operators can do to it.

mod answered;
mod asked;
mod bodies;
mod campaign;
mod client;
mod deliveries;
mod deployment;
mod document;
mod documented;
mod ending;
mod hostile;
mod invitations;
mod measures;
mod notified;
mod operator;
mod parts;
mod pollers;
mod receiver;
mod samples;
mod secrets;
mod server;
mod shapes;
mod switches;
mod taken;
mod together;
mod watching;
