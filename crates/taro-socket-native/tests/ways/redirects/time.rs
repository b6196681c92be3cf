//! Redirects that take their time, and bodies that nobody waits for.

use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use taro_socket_api::{CloseCause, CloseFrame, ConnectSocketOption, ErrorKind, connect_with};
use taro_socket_native::{ByteStream, DialTarget, Dialer, async_trait};

use super::{following, outcome};
use crate::site::{Answer, Site, serve, to};

#[tokio::test]
async fn bodies_are_not_waited_for() {
    let bodies = [
        "Content-Length: 1000000\r\n\r\nbegun",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nbegun\r\n",
        "\r\nbegun",
        "Content-Length: 5\r\n\r\nwhole",
        "Content-Length: x\r\n\r\nHTTP/1.1 101 Switching Protocols\r\n\r\n",
    ];
    for body in bodies {
        let site = Site::new(move |target| match target {
            "/a" => Some(format!("HTTP/1.1 301 Moved\r\nLocation: /b\r\n{body}")),
            _ => None,
        })
        .await;
        let begun = std::time::Instant::now();
        outcome(following(), site.url("/a"))
            .await
            .expect("followed");
        assert!(begun.elapsed() < Duration::from_secs(50), "{body}");
        assert_eq!(site.targets(), ["/a", "/b"], "{body}");
    }
}

/// Answers as sites do over pipes in memory, each after two seconds; keeps whom it was asked for.
struct Slow {
    answer: Arc<dyn Fn(&str) -> Answer + Send + Sync>,
    targets: Arc<Mutex<Vec<String>>>,
}

#[async_trait]
impl Dialer for Slow {
    async fn dial(&self, target: &DialTarget) -> io::Result<ByteStream> {
        self.targets
            .lock()
            .expect("no panic")
            .push(target.to_string());
        tokio::time::sleep(Duration::from_secs(2)).await;
        let (ours, theirs) = tokio::io::duplex(4096);
        let answer = Arc::clone(&self.answer);
        let answer = Arc::new(move |target: &str| answer(target));
        tokio::spawn(serve(theirs, answer, Arc::default()));
        Ok(ByteStream::new(ours))
    }
}

fn three(target: &str) -> Answer {
    match target {
        "/a" => to(302, "//second.example:2/b"),
        "/b" => to(302, "//third.example:3/c"),
        _ => None,
    }
}

async fn slow(timeout: Duration) -> (Result<(), taro_socket_api::Error>, CloseCause, Vec<String>) {
    let targets = Arc::default();
    let dialer = Slow {
        answer: Arc::new(three),
        targets: Arc::clone(&targets),
    };
    let connector = following().dialer(dialer).build().expect("a connector");
    let option = ConnectSocketOption::new("ws://first.example/a").timeout(timeout);
    let task = connect_with(&connector, option).await.expect("a task");
    let opened = task.opened().await.map(drop);
    drop(task.close(CloseFrame::default()).await);
    task.abort();
    let cause = task.closed().await.cause;
    let targets = targets.lock().expect("no panic").clone();
    (opened, cause, targets)
}

#[tokio::test(start_paused = true)]
async fn each_place_is_dialled_anew() {
    let (opened, _, targets) = slow(Duration::from_secs(7)).await;
    opened.expect("three times two seconds");
    assert_eq!(
        targets,
        ["first.example:80", "second.example:2", "third.example:3"]
    );
}

#[tokio::test(start_paused = true)]
async fn all_of_them_have_one_time_out() {
    let (opened, cause, targets) = slow(Duration::from_secs(5)).await;
    let error = opened.expect_err("six seconds");
    assert_eq!(
        (error.kind(), cause),
        (ErrorKind::Timeout, CloseCause::Timeout),
        "{error}"
    );
    assert!(
        error
            .reason()
            .contains("not connected to third.example:3 within 5s"),
        "{error}"
    );
    let phases = "[connect 2.0 s, upgrade 0.0 ms; second.example:2: connect 2.0 s, upgrade 0.0 ms; \
                  third.example:3: connect 1.0 s]";
    assert!(error.reason().ends_with(phases), "{error}");
    assert_eq!(targets.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_close_ends_it_on_the_way() {
    let targets = Arc::default();
    let dialer = Slow {
        answer: Arc::new(three),
        targets: Arc::clone(&targets),
    };
    let connector = following().dialer(dialer).build().expect("a connector");
    let option = ConnectSocketOption::new("ws://first.example/a");
    let task = connect_with(&connector, option).await.expect("a task");
    tokio::time::sleep(Duration::from_secs(3)).await;
    task.close(CloseFrame::default()).await.expect("closed");
    assert_eq!(task.closed().await.cause, CloseCause::Local);
    assert_eq!(targets.lock().expect("no panic").len(), 2);
}

/// What breaks later is told of the place that the connection led to.
#[tokio::test]
async fn an_open_connection_is_named_by_its_own_place() {
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let ended = Arc::new(Mutex::new(Some(ended)));
    let at = crate::server::listen(move |_, mut tcp| {
        let ended = Arc::clone(&ended);
        async move {
            let head = crate::server::request(&mut tcp).await;
            let answer = crate::server::switching(&head, "");
            let written = tokio::io::AsyncWriteExt::write_all(&mut tcp, answer.as_bytes()).await;
            written.expect("written");
            let ended = ended.lock().expect("no panic").take();
            ended.expect("one connection").await.expect("told");
            tcp.set_zero_linger().expect("an option");
        }
    })
    .await;
    let site = Site::new(move |_| to(302, &format!("ws://{at}/"))).await;
    let connector = following().build().expect("a connector");
    let option = ConnectSocketOption::new(site.url("/"));
    let task = crate::server::dial_by(&connector, option).await;
    task.opened().await.expect("opened");
    let (tell, told) = std::sync::mpsc::channel();
    task.on_error(move |event| drop(tell.send(event)));
    end.send(()).expect("heard");
    task.closed().await;
    let event = told.recv_timeout(crate::server::LONG).expect("an error");
    let text = format!("{event:?}");
    assert!(text.contains(&at.to_string()), "{text}");
}
