//! A request and what is looked at of its answer.

/// A request.
pub(super) struct Ask {
    pub(super) method: String,
    pub(super) path: String,
    /// One more header.
    pub(super) header: Option<(&'static str, String)>,
    /// A body of JSON.
    pub(super) body: Option<String>,
}

/// What is looked at of an answer.
pub(super) struct Answer {
    pub(super) status: u16,
    /// Bytes of its body.
    pub(super) length: usize,
}

/// Sends a request to `base`.
pub(super) fn send(
    agent: &ureq::Agent,
    base: &str,
    token: &str,
    ask: &Ask,
) -> Result<(u16, Vec<u8>), ureq::Error> {
    let mut request = ureq::http::Request::builder()
        .method(ask.method.as_str())
        .uri(format!("{base}{}", ask.path))
        .header("authorization", format!("Bearer {token}"));
    if let Some((name, value)) = &ask.header {
        request = request.header(*name, value);
    }
    let mut response = match &ask.body {
        Some(body) => {
            let request = request.header("content-type", "application/json");
            agent.run(request.body(body.as_str())?)?
        }
        None => agent.run(request.body(())?)?,
    };
    let status = response.status().as_u16();
    let reader = response.body_mut().with_config().limit(1 << 30);
    Ok((status, reader.read_to_vec()?))
}
