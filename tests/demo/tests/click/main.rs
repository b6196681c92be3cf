//! Clicks through the demo page in Chromium.

mod page;
mod sight;

use std::fs;

use anyhow::Result;
use taro_socket_demo_host::{PAGE, make};
use taro_socket_test_server::{Options, TestServer};
use taro_socket_web::{Engine, Session};

use crate::page::Page;

/// Widths of a desktop's window and of a small phone.
const DESKTOP: (u32, u32) = (1200, 900);
const PHONE: (u32, u32) = (360, 740);

#[tokio::test]
async fn a_person_can_see_and_do_everything() -> Result<()> {
    let folder = make()?;
    let files = Some(folder.path().to_owned());
    let server = TestServer::start_on_thread_with(Options {
        files,
        ..Options::default()
    })?;
    let session = Session::start(Engine::Chromium, DESKTOP).await?;
    session.client().goto(&server.page_url(PAGE)).await?;
    let outcome = click_through(&session).await;
    if outcome.is_err() {
        // What went wrong first is what counts.
        let _ = sight::picture(&session, "failure.png", DESKTOP.0).await;
    }
    session.close().await?;
    outcome
}

async fn click_through(session: &Session) -> Result<()> {
    let page = &Page::new(session);
    before_a_connection(page).await?;
    sight::at_width(session, DESKTOP.0, DESKTOP.1).await?;
    connected(page).await?;
    texts(page).await?;
    binary(page).await?;
    latency(page).await?;
    flood(page).await?;
    stall(page).await?;
    refused_code(page).await?;
    sight::picture(session, "desktop.png", DESKTOP.0).await?;
    sight::at_width(session, PHONE.0, PHONE.1).await?;
    closed_from_here(page).await?;
    closed_from_there(page).await?;
    sight::picture(session, "phone.png", PHONE.0).await?;
    dropped(page).await?;
    sight::at_width(session, PHONE.0, PHONE.1).await?;
    never_answered(page).await?;
    refused_arguments(page).await?;
    sight::picture(session, "phone-error.png", PHONE.0).await
}

async fn before_a_connection(page: &Page<'_>) -> Result<()> {
    page.shows("state", "CLOSED").await?;
    page.shows("note", "No connection yet.").await?;
    page.click("send").await?;
    page.says("error", "Connect first").await?;
    page.click("drop").await?;
    page.says("fault", "Connect first").await?;
    Ok(())
}

async fn connected(page: &Page<'_>) -> Result<()> {
    page.fill("protocols", "chat.v2, chat.v1").await?;
    page.connect().await?;
    page.shows("protocol", "chat.v2").await?;
    page.shows("error", "").await?;
    page.logs("event", "open", "chat.v2").await
}

async fn texts(page: &Page<'_>) -> Result<()> {
    page.fill("text", "grüße <b>").await?;
    page.click("send").await?;
    page.logs("sent", "text", "grüße <b>").await?;
    page.logs("received", "text", "grüße <b>").await?;
    page.shows("sent", "1 message, 11 B").await?;
    page.shows("received", "1 message, 11 B").await
}

async fn binary(page: &Page<'_>) -> Result<()> {
    page.click("send-file").await?;
    page.says("echo", "Choose a file").await?;
    let file = tempfile::Builder::new().suffix(".bin").tempfile()?;
    fs::write(file.path(), [0, 1, 2, 254, 255].repeat(1001))?;
    let path = file.path().display().to_string();
    page.choose("file", &path).await?;
    page.click("send-file").await?;
    let compared = page.says("echo", "is the same: 5,005 bytes, hash").await?;
    assert!(compared.contains(".bin"), "the file is named: {compared}");
    page.logs("received", "binary", "00 01 02 fe ff").await?;
    page.click("send-large").await?;
    page.says("echo", "8 MiB: the echo is the same: 8,388,608 bytes")
        .await?;
    Ok(())
}

async fn latency(page: &Page<'_>) -> Result<()> {
    page.click("latency").await?;
    let many = |text: &str| text.parse::<u32>().is_ok_and(|number| number >= 8);
    page.until("samples", "should be 8 or more", many).await?;
    page.until("median", "should be a time", |text| text.ends_with(" ms"))
        .await?;
    page.until("max", "should be a time", |text| text.ends_with(" ms"))
        .await?;
    let points = page
        .script("return document.querySelector('#plot path.line').getAttribute('d')")
        .await?;
    let points = points.as_str().unwrap_or_default().matches('L').count();
    assert!(
        points >= 7,
        "the plot should have a point for each sample, not {points}"
    );
    let hidden = page
        .script("return !document.querySelector('#log').textContent.includes('latency ping')")
        .await?;
    assert_eq!(
        hidden, true,
        "pings should not be in the log unless asked for"
    );
    page.click("log-pings").await?;
    page.logs("received", "text", "latency ping").await?;
    page.click("log-pings").await
}

async fn flood(page: &Page<'_>) -> Result<()> {
    page.click("flood").await?;
    page.says("fault", "2,000 of 2,000 messages, 2.0 MiB")
        .await?;
    page.log_lines(200).await?;
    page.shows("state", "OPEN").await
}

async fn stall(page: &Page<'_>) -> Result<()> {
    page.click("stall").await?;
    page.says("fault", "stopped reading").await?;
    for _ in 0..3 {
        page.click("send-large").await?;
    }
    let full = |text: &str| text.ends_with("MiB");
    page.until("buffered", "should be MiB", full).await?;
    let some = |text: &str| text.parse::<u32>().is_ok_and(|number| number > 0);
    page.until("unanswered", "should grow", some).await?;
    page.click("resume").await?;
    page.says("fault", "reads again").await?;
    page.shows("buffered", "0 B").await?;
    page.says("echo", "is the same").await?;
    page.shows("state", "OPEN").await
}

async fn refused_code(page: &Page<'_>) -> Result<()> {
    for (code, words) in [("1005", "1005 is not allowed"), ("abc", "is a number")] {
        page.fill("code", code).await?;
        page.click("close").await?;
        page.says("error", words).await?;
        page.says("error", "InvalidArgument").await?;
        page.shows("state", "OPEN").await?;
    }
    page.click("send").await?;
    page.logs("received", "text", "grüße <b>").await
}

async fn closed_from_here(page: &Page<'_>) -> Result<()> {
    page.fill("code", "1000").await?;
    page.click("close").await?;
    page.shows("state", "CLOSED").await?;
    ended(page, "1000", "bye", "true", "Local").await?;
    page.shows("error", "").await?;
    page.click("send").await?;
    page.says("error", "InvalidState").await?;
    Ok(())
}

async fn closed_from_there(page: &Page<'_>) -> Result<()> {
    page.connect().await?;
    page.shows("end", "").await?;
    page.click("close-4001").await?;
    ended(page, "4001", "as you asked", "true", "Remote").await
}

async fn dropped(page: &Page<'_>) -> Result<()> {
    page.connect().await?;
    page.click("drop").await?;
    ended(page, "1006", "(empty)", "false", "Transport").await?;
    page.says("error", "Transport").await?;
    page.logs("event", "error", "fail").await?;
    page.shows("state", "CLOSED").await
}

async fn never_answered(page: &Page<'_>) -> Result<()> {
    page.click("silent").await?;
    page.shows("state", "CONNECTING").await?;
    page.says("error", "Timeout").await?;
    ended(page, "1006", "(empty)", "false", "Timeout").await
}

async fn refused_arguments(page: &Page<'_>) -> Result<()> {
    page.fill("timeout", "soon").await?;
    page.click("connect").await?;
    page.says("error", "timeout is a number").await?;
    page.fill("timeout", "10").await?;
    page.fill("url", "https://example.com").await?;
    page.click("connect").await?;
    page.says("error", "connectSocket:fail").await?;
    page.shows("state", "CLOSED").await?;
    page.click("log-clear").await?;
    page.says("log-box", "Nothing yet").await?;
    page.click("latency-clear").await?;
    page.shows("samples", "0").await
}

/// Waits for the close event and checks all of it.
async fn ended(page: &Page<'_>, code: &str, reason: &str, clean: &str, cause: &str) -> Result<()> {
    page.shows("end-code", code).await?;
    page.shows("end-reason", reason).await?;
    page.shows("end-clean", clean).await?;
    page.shows("end-cause", cause).await?;
    page.logs("event", "close", code).await
}
