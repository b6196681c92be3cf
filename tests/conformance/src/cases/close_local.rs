//! Close asked for by this side: arguments, and what the peer receives.

use std::time::Duration;

use taro_socket_api::{CloseFrame, CloseOption, ErrorKind, MAX_REASON_BYTES, ReadyState};

use crate::{
    Behavior, Cx, Failure, Until,
    live::{Live, own_close},
    recorder::recorder,
};

const WHATWG: &str = "WHATWG WebSockets §3.1 close";
const TARO: &str = "Taro docs, SocketTask.close";
const CLOSE: &[&str] = &["SocketTask.close", "SocketTask.onClose"];
const ARGUMENTS: &[&str] = &["SocketTask.close", "CloseOption.code", "CloseOption.reason"];
const CALLBACKS: &[&str] = &[
    "SocketTask.close",
    "CloseOption.success",
    "CloseOption.fail",
    "CloseOption.complete",
];

cases! {
    "close/local/default-is-1000", TARO, DropsCloseCode => default, ARGUMENTS;
    "close/local/code-and-reason", "RFC 6455 §5.5.1", DropsCloseCode => code_and_reason, ARGUMENTS;
    "close/local/reason", "RFC 6455 §7.1.6", DropsCloseReason => code_and_reason, ARGUMENTS;
    "close/local/reason-without-code", TARO, DropsCloseReason => reason_alone, ARGUMENTS;
    "close/local/longest-reason", "RFC 6455 §5.5", DropsCloseReason => longest, ARGUMENTS;
    "close/local/code-refused", WHATWG, LosesSend => code_refused, ARGUMENTS;
    "close/local/reason-refused", WHATWG, LosesMessage => reason_refused, ARGUMENTS;
    "close/local/cause", "taro-socket, CloseCause", Reports1006 => default, CLOSE;
    "close/local/callbacks/success", TARO, NeverCloses => success, CALLBACKS;
    "close/local/callbacks/fail", TARO, DropsCloseReason => fail, CALLBACKS;
    "close/local/twice", WHATWG, DropsCloseReason => twice, CLOSE;
    "close/local/after-the-end", WHATWG, NeverCloses => after_the_end, CLOSE;
    "close/local/ready-state", WHATWG, HangsOnSilentPeer => ready_state, &["SocketTask.readyState", "SocketTask.close"];
}

/// Closes with this frame; the peer receives it and its answer is reported.
async fn closes(cx: &Cx, code: u16, reason: &str) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.task.close(CloseFrame::new(code, reason)?).await?;
    let close = live.close().await?;
    ensure_eq!(close, own_close(Some(code), reason), "close");
    live.peer_got_close(Some(code), reason).await?;
    Ok(())
}

async fn default(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.finish().await?;
    let mut live = cx.open(Behavior::Echo).await?;
    live.task.close_with(CloseOption::new());
    let close = live.close().await?;
    ensure_eq!(close, own_close(Some(1000), ""), "close");
    live.peer_got_close(Some(1000), "").await?;
    Ok(())
}

async fn code_and_reason(cx: Cx) -> Result<(), Failure> {
    for (code, reason) in [
        (1000, "done"),
        (3000, "bye 汉 🦀"),
        (4001, ""),
        (4999, "last"),
    ] {
        closes(&cx, code, reason).await?;
    }
    Ok(())
}

async fn reason_alone(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.task
        .close_with(CloseOption::new().reason("no code given"));
    ensure_eq!(live.close().await?.reason, "no code given", "reason");
    live.peer_got_close(Some(1000), "no code given").await?;
    Ok(())
}

async fn longest(cx: Cx) -> Result<(), Failure> {
    ensure_eq!(MAX_REASON_BYTES, 123);
    closes(&cx, 4000, &"r".repeat(123)).await?;
    closes(&cx, 4000, &"汉".repeat(41)).await
}

/// `option` is refused, and the connection goes on as if nothing had been asked.
async fn refused(live: &mut Live, option: CloseOption) -> Result<(), Failure> {
    let what = format!("{option:?}");
    let (pen, mut reader) = recorder();
    live.task
        .close_with(option.fail(move |error| pen.write(error)));
    let error = reader.next().await?;
    ensure_eq!(
        error.kind(),
        ErrorKind::InvalidArgument,
        "kind of {error} for {what}"
    );
    let text = error.err_msg();
    ensure!(text.starts_with("closeSocket:fail "), "errMsg {text:?}");
    ensure_eq!(
        live.task.ready_state(),
        ReadyState::Open,
        "state after {what}"
    );
    live.echo("still open").await
}

async fn code_refused(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    for code in [
        0, 1, 999, 1001, 1002, 1003, 1005, 1006, 1011, 1015, 2999, 5000, 65_535,
    ] {
        ensure!(CloseFrame::new(code, "").is_err(), "CloseFrame of {code}");
        refused(&mut live, CloseOption::new().code(code)).await?;
    }
    live.finish().await
}

async fn reason_refused(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    for reason in ["r".repeat(124), "汉".repeat(42), "x".repeat(70_000)] {
        ensure!(
            CloseFrame::new(1000, reason.as_str()).is_err(),
            "a reason of {} bytes",
            reason.len()
        );
        refused(&mut live, CloseOption::new().reason(reason)).await?;
    }
    live.finish().await
}

async fn success(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let (pen, reader) = recorder();
    let (on_success, on_fail, on_complete) = (pen.clone(), pen.clone(), pen);
    let option = CloseOption::new()
        .code(4001)
        .reason("bye")
        .success(move |told| on_success.write(("success", told.err_msg())))
        .fail(move |error| on_fail.write(("fail", error.err_msg())))
        .complete(move |told| on_complete.write(("complete", told.err_msg())));
    live.task.close_with(option);
    let told = |name| (name, "closeSocket:ok".to_owned());
    let calls = cx.soon("the close's report", reader.rest()).await?;
    ensure_eq!(calls, [told("success"), told("complete")], "callbacks");
    ensure_eq!(live.close().await?.code, 4001, "close code");
    live.peer_got_close(Some(4001), "bye").await?;
    Ok(())
}

async fn fail(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let (pen, reader) = recorder();
    let (on_success, on_fail, on_complete) = (pen.clone(), pen.clone(), pen);
    let option = CloseOption::new()
        .code(1005)
        .success(move |_| on_success.write("success"))
        .fail(move |_| on_fail.write("fail"))
        .complete(move |_| on_complete.write("complete"));
    live.task.close_with(option);
    ensure_eq!(reader.rest().await, ["fail", "complete"], "callbacks");
    live.echo("still open").await?;
    live.task
        .close(CloseFrame::new(4000, "now properly")?)
        .await?;
    live.close().await?;
    live.peer_got_close(Some(4000), "now properly").await?;
    Ok(())
}

async fn twice(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    let first = live.task.close(CloseFrame::new(4001, "first")?);
    let second = live.task.close(CloseFrame::new(4002, "second")?);
    first.await?;
    second.await?;
    ensure_eq!(live.close().await?.code, 4001, "close code");
    live.peer_got_close(Some(4001), "first").await?;
    Ok(())
}

async fn after_the_end(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open(Behavior::Echo).await?;
    live.finish().await?;
    live.task.close(CloseFrame::new(4002, "again")?).await?;
    live.peer.seen(Until::Ended).await?;
    ensure_eq!(
        live.peer.close_code().await?,
        Some(1000),
        "close code at the peer"
    );
    Ok(())
}

async fn ready_state(cx: Cx) -> Result<(), Failure> {
    let mut live = cx.open_unanswered(Duration::from_millis(100)).await?;
    let accepted = live.task.close(CloseFrame::default());
    ensure_eq!(live.task.ready_state(), ReadyState::Closing);
    accepted.await?;
    ensure_eq!(
        live.task.ready_state(),
        ReadyState::Closing,
        "state until the peer answers"
    );
    live.close().await?;
    Ok(())
}
