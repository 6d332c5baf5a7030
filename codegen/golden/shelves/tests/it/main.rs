//! The emitted server as a process: what clients and operators can do to it.

mod campaign;
mod client;
mod deliveries;
mod deployment;
mod ending;
mod hostile;
mod invitations;
mod measures;
mod operator;
mod pollers;
mod receiver;
mod secrets;
mod server;
mod shapes;
mod switches;
mod together;
mod watching;
