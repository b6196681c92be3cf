//! The verbs of the control channel.

use std::time::Duration;

use taro_socket_test_protocol::{ACTIONS, Action, Query, ROUTES, Until};

use crate::limits::{WITHIN_DEFAULT, WITHIN_MAX};
use crate::response::Response;
use crate::shared::Shared;

/// Every path of the control channel. `PROTOCOL.md` lists the same ones.
pub const VERBS: &[&str] = &[
    "/control/do",
    "/control/results",
    "/control/routes",
    "/control/seen",
];

/// What was seen under `id`, as JSON, once `until` is met or `within` milliseconds are over.
pub(super) async fn seen(query: &Query, shared: &Shared) -> Response {
    let id = query.text("id");
    let until = match query.text("until").as_str() {
        "" => Some(Until::Now),
        name => Until::from_name(name),
    };
    let (false, Some(until)) = (id.is_empty(), until) else {
        return Response::new(400, "id is missing, or until is malformed.\n");
    };
    let within = query.number("within").map(Duration::from_millis);
    let within = within.unwrap_or(WITHIN_DEFAULT).min(WITHIN_MAX);
    let seen = shared.registry.seen(&id, until, within).await;
    json(&seen)
}

/// Acts on the newest live connection of `id`.
pub(super) async fn act(query: &Query, shared: &Shared) -> Response {
    let Some(action) = Action::parse(query) else {
        let text = format!("Actions:\n{}\n", ACTIONS.join("\n"));
        return Response::new(400, text);
    };
    if shared.registry.act(&query.text("id"), action).await {
        return Response::new(200, "");
    }
    Response::new(404, "No live connection has this id.\n")
}

/// The routes, as a JSON list.
pub(super) fn routes() -> Response {
    json(&ROUTES)
}

/// Appends lines to a run (POST) or returns them (GET).
pub(super) fn results(method: &str, query: &Query, body: &str, shared: &Shared) -> Response {
    let run = query.text("run");
    match method {
        _ if run.is_empty() => Response::new(400, "run is missing.\n"),
        "POST" if shared.results.append(&run, body) => Response::new(200, ""),
        "POST" => Response::new(413, "Too many runs, or too much in this one.\n"),
        "GET" => match shared.results.get(&run) {
            Some(text) => Response::new(200, text),
            None => Response::new(404, "Nothing was posted for this run.\n"),
        },
        _ => Response::new(405, "GET or POST.\n"),
    }
}

fn json(value: &impl serde::Serialize) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => Response::json(text),
        Err(error) => Response::new(500, error.to_string()),
    }
}
