//! The HTTP client of the mock.

use std::time::Duration;

use ureq::Agent;
use ureq::config::AutoHeaderValue;
use ureq::http::Request;

/// How long a request may take.
const TIME_OUT: Duration = Duration::from_millis(500);

/// Sends requests; clones share its connections.
#[derive(Debug, Clone)]
pub(super) struct Sender(Agent);

impl Sender {
    pub(super) fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(TIME_OUT))
            // The notification itself sets the sender.
            .user_agent(AutoHeaderValue::None)
            .build();
        Self(config.new_agent())
    }

    /// Sends a request; returns the status and body of the answer.
    pub(super) fn send(
        &self,
        method: &str,
        url: &str,
        headers: &[(String, String)],
        body: Option<&str>,
    ) -> Result<(u16, String), String> {
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let answer = match body {
            Some(body) => {
                let request = request.body(body).map_err(|error| error.to_string())?;
                self.0.run(request)
            }
            None => {
                let request = request.body(()).map_err(|error| error.to_string())?;
                self.0.run(request)
            }
        };
        let answer = answer.map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        let text = answer.into_body().read_to_string();
        Ok((status, text.map_err(|error| error.to_string())?))
    }
}
