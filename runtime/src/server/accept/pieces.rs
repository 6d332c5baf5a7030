//! Sends responses in pieces.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

/// Maximum length of a piece in bytes.
const PIECE: usize = 16 << 10;

/// A body whose data come in short pieces. hyper accepts a piece as a whole, and after the last
/// one it starts the timeout for the next request head, however much is still to be sent.
pub(super) struct Pieces {
    body: Body,
    left: Bytes,
}

/// Splits a response into pieces.
pub(super) fn in_pieces(response: Response) -> http::Response<Pieces> {
    response.map(|body| Pieces {
        body,
        left: Bytes::new(),
    })
}

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.left.is_empty() {
            let next = std::task::ready!(Pin::new(&mut self.body).poll_frame(context));
            match next.map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(data))) => self.left = data,
                Some(Ok(Err(other))) => return Poll::Ready(Some(Ok(other))),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        let length = self.left.len().min(PIECE);
        let piece = self.left.split_to(length);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (hint, left) = (self.body.size_hint(), self.left.len() as u64);
        let mut all = SizeHint::new();
        all.set_lower(hint.lower() + left);
        if let Some(upper) = hint.upper() {
            all.set_upper(upper + left);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::response::Response;
    use http_body_util::BodyExt;
    use hyper::body::Body as _;

    use super::{PIECE, in_pieces};

    #[tokio::test]
    async fn a_long_body_comes_whole_in_short_pieces_and_tells_its_length() {
        let long = "x".repeat(3 * PIECE + 1);
        let mut body = in_pieces(Response::new(Body::from(long))).into_body();
        let mut pieces = Vec::new();
        loop {
            let before = body.size_hint().exact().unwrap();
            let Some(frame) = body.frame().await else {
                break;
            };
            let length = frame.unwrap().into_data().unwrap().len();
            assert_eq!(body.size_hint().exact(), Some(before - length as u64));
            pieces.push(length);
        }
        assert_eq!(pieces, [PIECE, PIECE, PIECE, 1]);
        assert!(body.is_end_stream());
    }
}
