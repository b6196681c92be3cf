//! Running a script.

use taro_socket_api::{Message, OpenEvent};

use super::{Script, Step};
use crate::{
    answer::Answer,
    error::{MockError, from_host},
    event::{PeerClose, PeerEvent},
    peer::PeerSocket,
    record::Record,
};

/// What came instead of what a step expected.
type Came = String;

impl Script {
    /// Tells `record` what the first step waits for.
    pub(crate) fn announce(&self, record: &Record) {
        record.waits(self.steps.first().map(|step| (1, step.text())));
    }
}

/// Acts as the peer of one connection.
pub(crate) async fn run(script: Script, peer: PeerSocket, record: Record) {
    for (at, step) in script.steps.into_iter().enumerate() {
        record.waits(Some((at + 1, step.text())));
        if let Step::HalfOpen = step {
            record.waits(None);
            return peer.hold().await;
        }
        if let Err(came) = act(&step, &peer).await {
            let error = MockError::Unmet {
                step: at + 1,
                expected: step.text(),
                came,
            };
            record.fails(error.clone());
            return peer.fail(from_host(error));
        }
    }
    record.waits(None);
    peer.finish().await;
}

async fn act(step: &Step, peer: &PeerSocket) -> Result<(), Came> {
    match step {
        Step::Open => peer.accept(),
        Step::OpenWith(event) => peer.answer(answer(event)),
        Step::FailConnect(error) => peer.fail(error.clone()),
        Step::ExpectSend(message) => expect(PeerEvent::Message(message.clone()), peer).await?,
        Step::ExpectClose(code, reason) => {
            expect(PeerEvent::Close(PeerClose::new(Some(*code), reason)), peer).await?;
            peer.close(Some(*code), reason);
            peer.end();
        }
        Step::Reply(message) => peer.send(message.clone()),
        Step::Echo(count) => echo(*count, peer).await?,
        Step::CloseWith(code, reason) => {
            peer.close(Some(*code), reason);
            await_close(peer).await;
            peer.end();
        }
        Step::Delay(duration) => peer.sleep(*duration).await,
        Step::DropConnection => peer.drop_connection(),
        // `run` ends at this step.
        Step::HalfOpen => peer.hold().await,
        Step::Stall(stalled) => peer.stall(*stalled),
    }
    Ok(())
}

fn answer(event: &OpenEvent) -> Answer {
    let mut answer = Answer::accept();
    answer.header = event.header.clone();
    match &event.protocol {
        Some(protocol) => answer.protocol(protocol.clone()),
        None => answer,
    }
}

async fn expect(expected: PeerEvent, peer: &PeerSocket) -> Result<(), Came> {
    let came = next(peer).await;
    if came == expected {
        return Ok(());
    }
    Err(describe(&came))
}

async fn echo(count: usize, peer: &PeerSocket) -> Result<(), Came> {
    for _ in 0..count {
        match next(peer).await {
            PeerEvent::Message(message) => peer.send(message),
            other => return Err(describe(&other)),
        }
    }
    Ok(())
}

async fn next(peer: &PeerSocket) -> PeerEvent {
    loop {
        match peer.recv().await {
            PeerEvent::Pong(_) => {}
            event => return event,
        }
    }
}

async fn await_close(peer: &PeerSocket) {
    while !matches!(peer.recv().await, PeerEvent::Close(_) | PeerEvent::End) {}
}

impl Step {
    /// What the step expects or does, as a failure tells it.
    fn text(&self) -> String {
        match self {
            Self::ExpectSend(message) => message_text(message),
            Self::ExpectClose(code, reason) => close_text(Some(*code), reason),
            Self::Echo(count) => format!("{count} messages to echo"),
            Self::CloseWith(code, _) => format!("the answer to close {code}"),
            Self::Delay(duration) => format!("{duration:?} to pass"),
            _ => "a connection".to_owned(),
        }
    }
}

fn describe(event: &PeerEvent) -> String {
    match event {
        PeerEvent::Message(message) => message_text(message),
        PeerEvent::Close(close) => close_text(close.code, &close.reason),
        PeerEvent::Pong(_) => "a pong".to_owned(),
        PeerEvent::End => "the end of the connection".to_owned(),
    }
}

/// A message, cut where it is long: it stands in an error.
fn message_text(message: &Message) -> String {
    const MAX: usize = 64;
    match message {
        Message::Text(text) if text.len() <= MAX => format!("text {:?}", &**text),
        Message::Text(text) => {
            let head: String = text.chars().take(MAX).collect();
            format!("text {head:?}... of {} bytes", text.len())
        }
        Message::Binary(bytes) if bytes.len() <= MAX => format!("binary {bytes:?}"),
        Message::Binary(bytes) => {
            let head = bytes.slice(..MAX);
            format!("binary {head:?}... of {} bytes", bytes.len())
        }
    }
}

fn close_text(code: Option<u16>, reason: &str) -> String {
    match code {
        Some(code) => format!("close {code} {reason:?}"),
        None => "an empty close".to_owned(),
    }
}
