//! Autobahn fuzzing client over the facade: echoes what each case sends, as a fuzzing server asks.
#![allow(clippy::print_stdout, reason = "a command-line program")]

use std::{process::ExitCode, sync::Arc, time::Duration};

use clap::Parser;
use taro_socket::{
    ConnectSocketOption, Error, ErrorKind, Limits, Result, SendOption, SocketEvent, SocketTask,
    connect_socket,
};

/// Longest time one case may take.
const DEADLINE: Duration = Duration::from_secs(120);

/// Runs the cases of an Autobahn fuzzing server on the native adapter.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// The fuzzing server, for example ws://127.0.0.1:9001.
    #[arg(long)]
    url: String,
    /// Name under which the server reports.
    #[arg(long, default_value = "taro-socket-native")]
    agent: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let options = Options::parse();
    match run(&options).await {
        Ok(cases) => {
            println!("{cases} cases run");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options) -> Result<u32> {
    let url = options.url.trim_end_matches('/');
    let count: u32 = ask(&format!("{url}/getCaseCount"))
        .await?
        .trim()
        .parse()
        .map_err(|source| {
            Error::new(
                ErrorKind::Unknown,
                format!("the number of cases is not a number: {source}"),
            )
        })?;
    for case in 1..=count {
        let target = format!("{url}/runCase?case={case}&agent={}", options.agent);
        let echoed = tokio::time::timeout(DEADLINE, echo(&target)).await;
        echoed.map_err(|_| {
            Error::new(
                ErrorKind::Timeout,
                format!("case {case} took over {DEADLINE:?}"),
            )
        })??;
        if case % 50 == 0 {
            eprintln!("case {case} of {count}");
        }
    }
    connect(&format!("{url}/updateReports?agent={}", options.agent))
        .await?
        .closed()
        .await;
    Ok(count)
}

async fn connect(url: &str) -> Result<Arc<dyn SocketTask>> {
    let mut limits = Limits::default();
    limits.max_fragments = 1 << 20;
    connect_socket(ConnectSocketOption::new(url).limits(limits)).await
}

/// The one text that the server answers with.
async fn ask(url: &str) -> Result<String> {
    let task = connect(url).await?;
    let mut events = task.events();
    let mut answer = String::new();
    while let Some(event) = events.next().await {
        match event {
            SocketEvent::Message(message) => {
                answer.push_str(message.data.as_text().unwrap_or_default())
            }
            // Some servers end TCP right after the answer, without a Close frame.
            SocketEvent::Error(event) if answer.is_empty() => return Err(event.error),
            _ => {}
        }
    }
    Ok(answer)
}

/// Sends every message back until the server has had enough. An error is what many cases ask for.
///
/// In the handler, so that an answer is queued before what came behind its message is looked at.
async fn echo(url: &str) -> Result<()> {
    let task = connect(url).await?;
    let weak = Arc::downgrade(&task);
    task.on_message(move |event| {
        if let Some(task) = weak.upgrade() {
            // Refused only when the server has closed meanwhile.
            task.send_with(SendOption::new(event.data));
        }
    });
    task.closed().await;
    Ok(())
}
