//! Many connections, and many messages over one: what lives afterwards is what lived before.

use std::{fmt::Debug, sync::Arc};

use taro_socket_api::{
    CloseFrame, ConnectSocketOption, Message, SocketConnector, SocketEvent, SocketTask,
    connect_with,
};
use taro_socket_conformance::{Behavior, Failure};

use crate::{Config, Http};

/// Connections before the first count: what is made once is made by then.
const WARM_UP: usize = 20;

/// What is done again and again, and where.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "hosts fill it in")]
pub struct Soak<'a> {
    /// Makes the tasks.
    pub connector: &'a dyn SocketConnector,
    /// Of a peer that echoes.
    pub url: &'a str,
    /// How many connections.
    pub cycles: usize,
    /// How many messages over one connection.
    pub messages: usize,
}

impl Soak<'_> {
    /// What lives afterwards, by `counts`, which waits for the host to come to rest.
    ///
    /// # Errors
    ///
    /// When it is not what lived before, and when a connection fails.
    pub async fn run<T: PartialEq + Debug>(
        &self,
        counts: impl AsyncFn() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        for at in 0..WARM_UP {
            self.cycle(at).await?;
        }
        self.many_messages().await?;
        let before = counts().await?;
        for at in 0..self.cycles {
            self.cycle(at).await?;
        }
        self.many_messages().await?;
        let after = counts().await?;
        match before == after {
            true => Ok(after),
            false => Err(Failure::new(format!("before {before:?}, after {after:?}"))),
        }
    }

    /// A task that is open.
    ///
    /// # Errors
    ///
    /// When it fails.
    pub async fn open(&self) -> Result<Arc<dyn SocketTask>, Failure> {
        let option = ConnectSocketOption::new(self.url);
        let task = connect_with(self.connector, option).await?;
        task.opened().await?;
        Ok(task)
    }

    /// One connection: streams, handlers and both ways to end it.
    async fn cycle(&self, at: usize) -> Result<(), Failure> {
        let task = self.open().await?;
        task.on_message(drop);
        echo(&task, &format!("message {at}")).await?;
        let closed = task.closed();
        if at.is_multiple_of(2) {
            task.close(CloseFrame::new(4000, "next")?).await?;
        }
        drop(task);
        closed.await;
        Ok(())
    }

    async fn many_messages(&self) -> Result<(), Failure> {
        if self.messages == 0 {
            return Ok(());
        }
        let task = self.open().await?;
        let mut events = task.events();
        let mut back = 0;
        for at in 0..self.messages {
            drop(task.send(format!("message {at}")));
        }
        while back < self.messages {
            match events.next().await {
                Some(SocketEvent::Message(_)) => back += 1,
                Some(SocketEvent::Open(_)) => {}
                other => return Err(Failure::new(format!("{back} came back, then {other:?}"))),
            }
        }
        task.close(CloseFrame::default()).await?;
        task.closed().await;
        Ok(())
    }
}

/// Sends `text` and gets the same back.
///
/// # Errors
///
/// When something else comes back, or nothing.
pub async fn echo(task: &Arc<dyn SocketTask>, text: &str) -> Result<(), Failure> {
    let mut events = task.events();
    task.send(text).await?;
    while let Some(event) = events.next().await {
        if let SocketEvent::Message(event) = event {
            return match event.data == Message::from(text) {
                true => Ok(()),
                false => Err(Failure::new("another message came back")),
            };
        }
    }
    Err(Failure::new("the connection ended instead of an answer"))
}

/// The URL of a peer that echoes, below `base`.
#[must_use]
pub fn echo_url(base: &str) -> String {
    format!("{base}{}", Behavior::Echo.target(""))
}

/// Posts `ok` and what was found, or what is wrong, as the run's result.
///
/// # Errors
///
/// When the test server does not answer.
pub async fn post(
    config: &Config,
    http: &Http,
    found: Result<String, Failure>,
) -> Result<(), Failure> {
    let result = match found {
        Ok(told) => format!("ok {told}\n"),
        Err(failure) => format!("{failure}\n"),
    };
    let target = format!("{}/control/results?run={}", config.control, config.run);
    http.post(&target, &result).await
}
