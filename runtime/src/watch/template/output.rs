//! The output of a template.

use std::io;

use serde::Serialize;

use super::RenderError;

/// Maximum size of the output in bytes.
pub(super) const LARGEST: usize = 1 << 20;

/// JSON text of a bounded size.
#[derive(Debug, Default)]
pub(super) struct Output(Vec<u8>);

impl Output {
    /// Appends literal JSON.
    pub(super) fn json(&mut self, json: &str) -> Result<(), RenderError> {
        self.add(json.as_bytes()).ok_or(RenderError::TooLarge)
    }

    /// Appends a value.
    pub(super) fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), RenderError> {
        // Only the size limit can make this fail.
        serde_json::to_writer(self, value).map_err(|_| RenderError::TooLarge)
    }

    /// Appends a text without its quotes.
    pub(super) fn quoted(&mut self, text: &str) -> Result<(), RenderError> {
        let start = self.0.len();
        self.value(text)?;
        self.0.pop();
        self.0.remove(start);
        Ok(())
    }

    pub(super) fn text(self) -> Result<String, RenderError> {
        String::from_utf8(self.0).map_err(|why| RenderError::NotJson(why.to_string()))
    }

    fn add(&mut self, bytes: &[u8]) -> Option<()> {
        if bytes.len() > LARGEST - self.0.len() {
            return None;
        }
        self.0.extend_from_slice(bytes);
        Some(())
    }
}

impl io::Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let full = || io::Error::from(io::ErrorKind::FileTooLarge);
        self.add(bytes).map(|()| bytes.len()).ok_or_else(full)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
