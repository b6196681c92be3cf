//! The control channel: plain HTTP on the same ports, telling what was seen and what to do.

mod verbs;

pub use verbs::VERBS;

use crate::request::Request;
use crate::response::Response;
use crate::shared::Shared;
use crate::stream::Stream;
use taro_socket_test_protocol::Query;

/// Whether a request is for the control channel.
pub(crate) fn is_control(request: &Request) -> bool {
    request.seen.target.starts_with("/control/")
}

/// Answers one control request and ends the connection.
pub(crate) async fn serve(mut stream: Stream, mut request: Request, shared: &Shared) {
    let response = match request.body(&mut stream).await {
        Ok(Some(body)) => tokio::select! {
            biased;
            response = answer(&request, &body, shared) => response,
            // A long poll ends with its client.
            _ = stream.gone() => return,
        },
        Ok(None) => Response::new(413, "The body needs a Content-Length of at most 4 MiB.\n"),
        Err(_) => return,
    };
    // Pages of other origins may read the answer, isolated ones too (Fetch standard, CORS protocol and CORP check).
    response
        .header("Access-Control-Allow-Origin", "*")
        .header("Cross-Origin-Resource-Policy", "cross-origin")
        .header("Cache-Control", "no-store")
        .send(stream)
        .await;
}

async fn answer(request: &Request, body: &str, shared: &Shared) -> Response {
    if request.method == "OPTIONS" {
        return Response::new(204, "")
            .header("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
            .header("Access-Control-Allow-Headers", "*");
    }
    let target = &request.seen.target;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let query = Query::parse(query);
    match path {
        "/control/seen" => verbs::seen(&query, shared).await,
        "/control/do" => verbs::act(&query, shared).await,
        "/control/routes" => verbs::routes(),
        "/control/results" => verbs::results(&request.method, &query, body, shared),
        _ => Response::new(404, format!("Verbs:\n{}\n", VERBS.join("\n"))),
    }
}
