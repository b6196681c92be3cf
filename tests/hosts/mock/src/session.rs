//! One connection of a simulated peer, from the handshake to the end.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use futures::{StreamExt, channel::mpsc::UnboundedReceiver};
use taro_socket_api::Message;
use taro_socket_conformance::{Action, Behavior, DropWhen};
use taro_socket_mock::{Frame, MockRequest, PeerEvent, PeerSocket};
use taro_socket_test_protocol::{CloseSeen, End, MessageKind, MessageSeen, RequestSeen};

use crate::{
    peers::{Command, Live, SimulatedPeer},
    reactions::{Reactions, answer, refusal},
};

/// Acts so on one connection and writes down what is seen.
pub(crate) async fn run(
    behavior: Behavior,
    peer: &Arc<SimulatedPeer>,
    socket: PeerSocket,
    number: u64,
) {
    let mut live = peer.begin();
    let request = request_seen(socket.request(), number);
    peer.write(|seen| seen.requests.push(request));
    if let Some(end) = handshake(&behavior, &socket, &mut live).await {
        let end = match end {
            Handshake::Ended(end) => end,
            Handshake::Open(commands) => {
                let session = Session {
                    peer,
                    socket: &socket,
                    reactions: Reactions::new(behavior),
                    commands,
                };
                session.run().await
            }
        };
        peer.write(|seen| seen.end = Some(end));
    }
    // The transport ends before the connection stops counting as live.
    socket.end();
    drop(live);
}

enum Handshake {
    Open(UnboundedReceiver<Command>),
    Ended(End),
}

async fn handshake(behavior: &Behavior, socket: &PeerSocket, live: &mut Live) -> Option<Handshake> {
    match behavior {
        Behavior::Delay { ms } => {
            let delay = socket.sleep(Duration::from_millis(*ms));
            if is_gone_first(socket, delay).await {
                return Some(Handshake::Ended(End::Eof));
            }
        }
        Behavior::Silent => {
            socket.hold().await;
            return Some(Handshake::Ended(End::Eof));
        }
        Behavior::Drop {
            when: DropWhen::Handshake | DropWhen::Answer,
            ..
        } => {
            socket.drop_connection();
            return Some(Handshake::Ended(End::Local));
        }
        _ => {}
    }
    if socket.is_ended() {
        return Some(Handshake::Ended(End::Eof));
    }
    if let Some(refusal) = refusal(behavior) {
        socket.answer(refusal);
        return Some(Handshake::Ended(End::Local));
    }
    socket.answer(answer(behavior, socket.request()));
    Some(Handshake::Open(live.opened()))
}

/// Whether the task ends the transport before `delay` is over.
async fn is_gone_first(socket: &PeerSocket, delay: impl Future<Output = ()>) -> bool {
    let (mut delay, mut gone) = (pin!(delay), pin!(socket.hold()));
    poll_fn(|cx| {
        if gone.as_mut().poll(cx).is_ready() {
            return Poll::Ready(true);
        }
        delay.as_mut().poll(cx).map(|()| false)
    })
    .await
}

/// The request as bytes on a wire would have told it.
fn request_seen(request: &MockRequest, number: u64) -> RequestSeen {
    let rest = request.url.split_once("://").map_or("", |(_, rest)| rest);
    let at = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, target) = rest.split_at(at);
    // Sixteen bytes in base64, another for every connection; the mock itself makes no key.
    let key = format!("{number:021}A==");
    let mut headers: Vec<(String, String)> = [
        ("Host", host),
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Sec-WebSocket-Key", &*key),
        ("Sec-WebSocket-Version", "13"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    if !request.protocols.is_empty() {
        let offered = request.protocols.join(", ");
        headers.push(("Sec-WebSocket-Protocol".to_owned(), offered));
    }
    if request.per_message_deflate {
        let offer = "permessage-deflate; client_max_window_bits".to_owned();
        headers.push(("Sec-WebSocket-Extensions".to_owned(), offer));
    }
    let own = request.header.iter();
    headers.extend(own.map(|(name, value)| (name.to_owned(), value.to_owned())));
    RequestSeen {
        target: if target.starts_with('/') {
            target.to_owned()
        } else {
            format!("/{target}")
        },
        headers,
        protocols: request.protocols.clone(),
    }
}

/// An open connection.
struct Session<'a> {
    peer: &'a SimulatedPeer,
    socket: &'a PeerSocket,
    reactions: Reactions,
    commands: UnboundedReceiver<Command>,
}

/// What woke the session.
enum Wake {
    Command(Command),
    Event(PeerEvent),
    /// There is room for more of what is to be sent.
    Room,
}

impl Session<'_> {
    /// Acts until the transport has ended.
    async fn run(mut self) -> End {
        self.reactions.open(self.socket);
        loop {
            if self.reactions.out.is_ended() {
                return End::Local;
            }
            match self.wake().await {
                Wake::Room => self.reactions.out.step(self.socket),
                Wake::Command((action, done)) => {
                    self.act(action);
                    // Nobody waits for it any more: that is fine.
                    let _ = done.send(());
                }
                Wake::Event(PeerEvent::End) => return End::Eof,
                Wake::Event(event) => self.event(event),
            }
        }
    }

    /// Commands come first, then what can be sent, then what has arrived.
    async fn wake(&mut self) -> Wake {
        let socket = self.socket;
        let (sends, stalled) = (self.reactions.out.is_waiting(), self.reactions.stalled);
        let mut flushed = pin!(socket.flushed());
        let mut received = pin!(receive(socket, stalled));
        let commands = &mut self.commands;
        poll_fn(|cx: &mut Context<'_>| {
            if let Poll::Ready(Some(command)) = commands.poll_next_unpin(cx) {
                return Poll::Ready(Wake::Command(command));
            }
            if sends && flushed.as_mut().poll(cx).is_ready() {
                return Poll::Ready(Wake::Room);
            }
            Pin::new(&mut received).poll(cx).map(Wake::Event)
        })
        .await
    }

    fn event(&mut self, event: PeerEvent) {
        match event {
            PeerEvent::Message(message) => {
                let seen = message_seen(&message);
                self.peer.write(|observed| observed.messages.push(seen));
                self.reactions.message(self.socket, message);
            }
            PeerEvent::Pong(payload) => {
                let text = String::from_utf8_lossy(&payload).into_owned();
                self.peer.write(|seen| seen.pongs.push(text));
            }
            PeerEvent::Close(close) => {
                let (code, reason) = (close.code, close.reason.clone());
                self.peer.write(|seen| {
                    seen.close.get_or_insert(CloseSeen { code, reason });
                });
                self.reactions.close(self.socket, &close);
            }
            // `PeerEvent` may grow; the end is taken by `run`.
            _ => {}
        }
    }

    fn act(&mut self, action: Action) {
        let out = &mut self.reactions.out;
        match action {
            Action::Text { text } => out.frame(Frame::message(text.into())),
            Action::Binary { bytes } => out.frame(Frame::message(bytes.into())),
            Action::Ping { payload } => out.frame(Frame::new(Frame::PING, payload.into_bytes())),
            Action::Close { code, reason } => out.close(code, &reason),
            Action::Drop { .. } => out.drop_now(self.socket),
            Action::End => out.end(),
            Action::Stall => self.reactions.stall(self.socket, true),
            Action::Resume => self.reactions.stall(self.socket, false),
            Action::Flood { count, size } => out.flood(count, size),
            Action::Raw { bytes } => {
                let frames = self.reactions.raw.push(&bytes);
                self.reactions.out.raw(frames, 1);
            }
            // `Action` may grow; an unknown one has no effect.
            _ => {}
        }
    }
}

/// What the task sent next; a stalled peer notices only the end.
async fn receive(socket: &PeerSocket, stalled: bool) -> PeerEvent {
    if stalled {
        socket.hold().await;
        return PeerEvent::End;
    }
    socket.recv().await
}

fn message_seen(message: &Message) -> MessageSeen {
    let kind = match message {
        Message::Text(_) => MessageKind::Text,
        Message::Binary(_) => MessageKind::Binary,
    };
    MessageSeen::new(kind, message.as_bytes())
}
