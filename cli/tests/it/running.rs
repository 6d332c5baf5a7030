//! Programs that run during a test.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::root;

/// A process that ends with the test.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts `fieldproof` with these arguments.
pub(crate) fn start(args: &[&str]) -> Running {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldproof"));
    command
        .current_dir(root())
        .args(args)
        .stdout(Stdio::piped());
    Running(command.spawn().expect("the program starts"))
}

/// Starts a mock; returns it with its address.
pub(crate) fn mock(args: &[&str]) -> (Running, String) {
    let mut mock = start(&[&["mock"], args].concat());
    let mut line = String::new();
    let output = mock.0.stdout.take().expect("a pipe");
    BufReader::new(output)
        .read_line(&mut line)
        .expect("the mock tells its address");
    let url = line.trim().trim_start_matches("listening on ").to_owned();
    (mock, url)
}
