//! One accepted connection: its request, the way the handshake goes, then the session.

use std::io;
use std::time::Duration;

use bytes::BytesMut;
use taro_socket_test_protocol::{Action, Behavior, DropWhen, End, ROUTES};
use tokio::sync::mpsc;
use tokio::time::sleep;

use crate::behaviours;
use crate::control;
use crate::filed::Filed;
use crate::handshake;
use crate::peer::Peer;
use crate::registry::Command;
use crate::request::Request;
use crate::response::Response;
use crate::session::Session;
use crate::shared::Shared;
use crate::stream::Stream;
use crate::wire::incoming::Incoming;

/// Serves one connection until TCP has ended.
pub(crate) async fn serve(mut stream: Stream, shared: Shared) {
    let request = match Request::read(&mut stream).await {
        Ok(request) => request,
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            return Response::new(400, error.to_string()).send(stream).await;
        }
        Err(_) => return,
    };
    if control::is_control(&request) {
        return control::serve(stream, request, &shared).await;
    }
    let Some((behavior, query)) = Behavior::parse(&request.seen.target) else {
        let file = match &shared.files {
            Some(files) if !is_route(&request) => files.answer(&request).await,
            _ => None,
        };
        let answer = file.unwrap_or_else(|| unknown(&request));
        return answer.send(stream).await;
    };
    let filed = shared.registry.file(&query.text("id"));
    filed.request(request.seen.clone());
    let violations = handshake::violations(&request);
    for violation in &violations {
        filed.violation(violation.clone());
    }
    handshake(stream, request, behavior, filed, &violations).await;
}

/// 404 that names the routes, or 400 for a route with arguments that cannot be read.
fn unknown(request: &Request) -> Response {
    let target = &request.seen.target;
    if is_route(request) {
        let text = format!("An argument is missing or malformed: {target}\n");
        return Response::new(400, text);
    }
    Response::new(404, format!("Routes:\n{}\n", ROUTES.join("\n")))
}

fn is_route(request: &Request) -> bool {
    let path = request.seen.target.split('?').next().unwrap_or_default();
    ROUTES.contains(&path)
}

async fn handshake(
    mut stream: Stream,
    mut request: Request,
    behavior: Behavior,
    filed: Filed,
    violations: &[String],
) {
    if let Some(ending) = behaviours::ending_at(DropWhen::Handshake, &behavior) {
        filed.end(End::Local);
        return stream.end(ending, &mut BytesMut::new()).await;
    }
    let waited = match behavior {
        Behavior::Silent => tokio::select! {
            end = until_gone(&mut stream, &mut request) => end,
            () = until_dropped(filed.commands()) => Some(End::Local),
        },
        Behavior::Delay { ms } => tokio::select! {
            end = until_gone(&mut stream, &mut request) => end,
            () = sleep(Duration::from_millis(ms)) => None,
        },
        _ => None,
    };
    if let Some(end) = waited {
        return filed.end(end);
    }
    if let Some(response) = refusal(&behavior, violations) {
        filed.end(End::Local);
        return response.send(stream).await;
    }
    if let Some(ending) = behaviours::ending_at(DropWhen::Answer, &behavior) {
        let answer = handshake::answer(&request, &behavior);
        // Whether the client takes even this is its own matter.
        let _ = stream.write(&answer[..answer.len() / 2]).await;
        filed.end(End::Local);
        return stream.end(ending, &mut BytesMut::new()).await;
    }
    open(stream, request, &behavior, filed).await;
}

/// The answer that is not 101, when the behaviour or the request asks for one.
fn refusal(behavior: &Behavior, violations: &[String]) -> Option<Response> {
    match behavior {
        Behavior::Reject { status, body } => Some(Response::new(*status, body)),
        Behavior::Redirect { location } => {
            Some(Response::new(302, "").header("Location", location))
        }
        _ if violations.is_empty() => None,
        _ => Some(handshake::refusal(violations)),
    }
}

/// Reads and keeps what arrives until the client is gone. Beyond the bound of a head it only waits.
async fn until_gone(stream: &mut Stream, request: &mut Request) -> Option<End> {
    while request.rest.len() < crate::limits::MAX_HEAD {
        match stream.read(&mut request.rest).await {
            Ok(0) => return Some(End::Eof),
            Ok(_) => {}
            Err(_) => return Some(End::Reset),
        }
    }
    Some(stream.gone().await)
}

/// Waits for the action that a connection can do before it is open.
async fn until_dropped(mut commands: mpsc::UnboundedReceiver<Command>) {
    while let Some((action, done)) = commands.recv().await {
        // What is not taken up is answered with 404.
        if matches!(action, Action::Drop { .. }) {
            let _ = done.send(());
            return;
        }
    }
    std::future::pending().await
}

async fn open(mut stream: Stream, request: Request, behavior: &Behavior, filed: Filed) {
    // Filed before it is written: the client may ask as soon as it has the answer.
    let commands = filed.commands();
    filed.opened();
    let mut script = behaviours::script(behavior);
    let mut peer = Peer::default();
    let mut answer = handshake::answer(&request, behavior);
    script.open(&mut peer);
    if matches!(behavior, Behavior::Early { .. }) {
        answer.extend_from_slice(&peer.ready.split());
    }
    let written = match behavior {
        Behavior::Trickle => trickle(&mut stream, &answer).await,
        _ => stream.write(&answer).await,
    };
    if written.is_err() {
        return filed.end(End::Reset);
    }
    let session = Session {
        stream,
        incoming: Incoming::new(request.rest),
        peer,
        script,
        filed,
        commands,
    };
    session.run().await;
}

async fn trickle(stream: &mut Stream, bytes: &[u8]) -> io::Result<()> {
    for byte in bytes {
        stream.write(&[*byte]).await?;
        tokio::task::yield_now().await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peer::Ending;

    #[test]
    fn a_handshake_drop_takes_its_ending_from_the_query() {
        let ending = |target: &str| {
            let (behavior, _) = Behavior::parse(target).expect("a behaviour");
            behaviours::ending_at(DropWhen::Handshake, &behavior)
        };
        assert_eq!(ending("/drop?when=handshake"), Some(Ending::Fin));
        assert_eq!(
            ending("/drop?when=handshake&reset=true"),
            Some(Ending::Reset)
        );
        assert_eq!(ending("/drop?when=open"), None);
    }
}
