//! Send: what waits, what is waited for, and what there is no room for.

use futures::{FutureExt, future::poll_immediate};
use taro_socket_api::{ErrorKind, Limits, SendOption, Sending};
use taro_socket_test_protocol::MessageSeen;

use crate::{Action, Behavior, Cx, Failure, Until, cx::limits, live::Live, recorder::recorder};

const QUEUE: &str = "taro-socket, Limits";
const SEND: &[&str] = &["SocketTask.send"];
const OPTION: &[&str] = &["SocketTask.send", "SendOption.fail", "SendOption.complete"];
const BUFFERED: &[&str] = &["SocketTask.bufferedAmount", "SocketTask.send"];

cases! {
    "send/aborted-by-the-end", "taro-socket, SocketTask", SendNeverCompletes => aborted, OPTION, deadline(30);
    "limits/queue/bytes", QUEUE, NoQueueAccounting => queue_bytes, SEND, deadline(30);
    "limits/queue/messages", QUEUE, NoQueueAccounting => queue_messages, SEND, deadline(30);
    "limits/queue/refused-is-not-sent", QUEUE, LosesSend => refused_not_sent, SEND;
    "send/back-pressure", QUEUE, SendNeverCompletes => back_pressure, SEND, deadline(30);
    "send/buffered-amount/returns-to-zero", "WHATWG WebSockets §3.1 bufferedAmount", BufferedAmountStuck => to_zero, BUFFERED, deadline(30);
    "send/buffered-amount/grows", "WHATWG WebSockets §3.1 bufferedAmount", NoQueueAccounting => grows, BUFFERED, deadline(30);
}

pub(super) const MIB: usize = 1 << 20;
/// More messages of 1 MiB than TCP buffers usually take over: 4 MiB to send, 6 MiB to receive.
pub(super) const HEAPS: usize = 16;
/// More messages of 1 MiB than any TCP buffers on the way take over.
const PLENTY: usize = 256;

/// A task whose peer does not read.
pub(super) async fn stalled(cx: &Cx, limits: Limits) -> Result<Live, Failure> {
    cx.open_with(Behavior::Stall, |option| option.limits(limits))
        .await
}

/// Every send is reported, also when the connection breaks before it is carried out.
async fn aborted(cx: Cx) -> Result<(), Failure> {
    let mut live = stalled(&cx, Limits::default()).await?;
    let (pen, reader) = recorder();
    for _ in 0..HEAPS {
        let (on_success, on_fail) = (pen.clone(), pen.clone());
        let option = SendOption::new(vec![0; MIB])
            .success(move |_| on_success.write(None))
            .fail(move |error| on_fail.write(Some(error.kind())));
        live.task.send_with(option);
    }
    drop(pen);
    live.peer.act(Action::Drop { reset: true }).await?;
    live.fails(ErrorKind::Transport).await?;
    let told = cx.soon("the sends' reports", reader.rest()).await?;
    ensure_eq!(told.len(), HEAPS, "sends reported");
    let failed = told.iter().skip_while(|kind| kind.is_none());
    let mut other = failed.filter(|kind| **kind != Some(ErrorKind::Aborted));
    ensure!(
        other.next().is_none(),
        "reports {told:?}, expected successes, then Aborted"
    );
    ensure!(
        told.last() != Some(&None),
        "{HEAPS} MiB were taken over by a peer that does not read"
    );
    Ok(())
}

/// Sends until the queue refuses; how many were accepted, and the last of them if it waits.
fn fill(live: &Live, size: usize) -> Result<(usize, Option<Sending>), Failure> {
    let mut last = None;
    for count in 0..PLENTY {
        let mut sending = live.task.send(vec![count as u8; size]);
        match (&mut sending).now_or_never() {
            None => last = Some(sending),
            Some(Ok(())) => {}
            Some(Err(error)) => {
                ensure_eq!(error.kind(), ErrorKind::LimitExceeded, "kind of {error}");
                return Ok((count, last));
            }
        }
    }
    Err(Failure::new(format!(
        "{PLENTY} messages of {size} bytes were accepted"
    )))
}

/// The peer reads again: what was accepted arrives, and nothing else.
async fn drains(
    cx: &Cx,
    live: &Live,
    accepted: usize,
    last: Option<Sending>,
) -> Result<(), Failure> {
    live.peer.act(Action::Resume).await?;
    live.peer.seen(Until::Messages(accepted)).await?;
    // A host may tell that there is room again only after the peer has told what it got.
    if let Some(last) = last {
        cx.soon("the last send", last).await??;
    }
    live.task.send("behind all").await?;
    let seen = live.peer.seen(Until::Messages(accepted + 1)).await?;
    ensure_eq!(seen.messages.len(), accepted + 1, "messages at the peer");
    let last = seen.messages.last();
    ensure_eq!(
        last,
        Some(&MessageSeen::text("behind all")),
        "the last message"
    );
    Ok(())
}

async fn queue_bytes(cx: Cx) -> Result<(), Failure> {
    let limits = limits(|limits| limits.max_queued_bytes = 4 * MIB);
    let live = stalled(&cx, limits).await?;
    let (accepted, last) = fill(&live, MIB)?;
    ensure!(accepted >= 4, "only {accepted} MiB were accepted");
    let waiting = live.task.buffered_amount();
    ensure!(waiting <= 4 << 20, "{waiting} bytes wait");
    drains(&cx, &live, accepted, last).await
}

async fn queue_messages(cx: Cx) -> Result<(), Failure> {
    let limits = limits(|limits| {
        limits.max_queued_messages = 3;
        limits.max_queued_bytes = usize::MAX;
    });
    let live = stalled(&cx, limits).await?;
    let (accepted, last) = fill(&live, MIB)?;
    ensure!(accepted >= 3, "only {accepted} messages were accepted");
    drains(&cx, &live, accepted, last).await
}

async fn refused_not_sent(cx: Cx) -> Result<(), Failure> {
    let limits = limits(|limits| limits.max_queued_bytes = 1000);
    let mut live = cx
        .open_with(Behavior::Echo, |option| option.limits(limits))
        .await?;
    let error = live
        .task
        .send(vec![0; 1001])
        .await
        .err()
        .map(|error| error.kind());
    ensure_eq!(
        error,
        Some(ErrorKind::LimitExceeded),
        "a message above the limit"
    );
    live.echo(vec![1; 1000]).await?;
    live.finish().await?;
    let seen = live.peer.seen(Until::Closed).await?;
    ensure_eq!(seen.messages.len(), 1, "messages at the peer");
    Ok(())
}

async fn back_pressure(cx: Cx) -> Result<(), Failure> {
    let live = stalled(&cx, Limits::default()).await?;
    // The last future has to wait.
    for _ in 1..HEAPS {
        drop(live.task.send(vec![0; MIB]));
    }
    let mut last = live.task.send(vec![0; MIB]);
    ensure!(
        poll_immediate(&mut last).await.is_none(),
        "send() did not wait"
    );
    live.peer.act(Action::Resume).await?;
    cx.soon("the last send", last).await??;
    live.peer.seen(Until::Messages(HEAPS)).await?;
    Ok(())
}

async fn grows(cx: Cx) -> Result<(), Failure> {
    let live = stalled(&cx, Limits::default()).await?;
    for _ in 0..HEAPS {
        drop(live.task.send(vec![0; MIB]));
    }
    let waiting = live.task.buffered_amount();
    ensure!(
        waiting > 0 && waiting <= (HEAPS * MIB) as u64,
        "bufferedAmount is {waiting}"
    );
    live.peer.act(Action::Resume).await?;
    live.peer.seen(Until::Messages(HEAPS)).await?;
    Ok(())
}

async fn to_zero(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    ensure_eq!(live.task.buffered_amount(), 0, "bufferedAmount at open");
    for _ in 0..10 {
        // Each report comes after the release of what was sent.
        live.task.send(vec![0; 100_000]).await?;
        ensure_eq!(live.message().await?.len(), 100_000, "length of the echo");
    }
    ensure_eq!(live.task.buffered_amount(), 0, "bufferedAmount at rest");
    live.finish().await?;
    ensure_eq!(live.task.buffered_amount(), 0, "bufferedAmount after close");
    Ok(())
}
