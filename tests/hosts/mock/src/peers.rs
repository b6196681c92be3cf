//! The simulated peers by URL, and what each has seen.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, Waker},
};

use futures::channel::{mpsc, oneshot};
use taro_socket_api::{Error, ErrorKind};
use taro_socket_conformance::{Action, Behavior, Target};
use taro_socket_mock::PeerSocket;
use taro_socket_test_protocol::{Observation, Query, Until};

use crate::session;

/// An action, and whom to tell that it was taken.
pub(crate) type Command = (Action, oneshot::Sender<()>);

/// The peers of one harness, by URL.
#[derive(Debug, Default)]
pub(crate) struct Peers {
    /// Numbers peers and connections.
    last: AtomicU64,
    /// By `id` in the query, or by URL where nobody is reached.
    known: Mutex<HashMap<String, Arc<SimulatedPeer>>>,
}

/// One peer: how it acts, and what it has seen.
#[derive(Debug)]
pub(crate) struct SimulatedPeer {
    kind: Kind,
    seen: Mutex<Seen>,
}

#[derive(Clone, Debug)]
enum Kind {
    Acts(Behavior),
    /// Nobody is reached: the connection fails so, and nothing is seen.
    Unreachable(ErrorKind, &'static str),
}

#[derive(Debug, Default)]
struct Seen {
    observation: Observation,
    live: usize,
    /// Live connections, the newest last.
    commands: VecDeque<(u64, mpsc::UnboundedSender<Command>)>,
    last: u64,
    waiting: Vec<Waker>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Peers {
    /// Adds a peer and tells where to dial it.
    pub(crate) fn add(&self, target: &Target) -> (String, Arc<SimulatedPeer>) {
        let id = self.last.fetch_add(1, Ordering::Relaxed).to_string();
        let at = |scheme: &str, behavior: &Behavior| {
            let url = format!("{scheme}://peer.test{}", behavior.target(&id));
            (url, id.clone(), Kind::Acts(behavior.clone()))
        };
        let gone = |scheme: &str, kind, text| {
            let url = format!("{scheme}://unreachable-{id}.test/");
            (url.clone(), url, Kind::Unreachable(kind, text))
        };
        let (url, key, kind) = match target {
            Target::Plain(behavior) => at("ws", behavior),
            Target::Secure(behavior) => at("wss", behavior),
            Target::UntrustedTls => gone("wss", ErrorKind::Tls, "the certificate is not trusted"),
            Target::UnknownHost => gone("ws", ErrorKind::Dns, "the name does not resolve"),
            // Refused, and whatever the suite may add: nobody is there.
            _ => gone("ws", ErrorKind::Connect, "nobody listens"),
        };
        let peer = Arc::new(SimulatedPeer {
            kind,
            seen: Mutex::default(),
        });
        lock(&self.known).insert(key, Arc::clone(&peer));
        (url, peer)
    }

    /// Acts as the peer that `socket` has dialled.
    pub(crate) async fn act(self: Arc<Self>, socket: PeerSocket) {
        let found = lock(&self.known).get(&key(&socket.request().url)).cloned();
        let Some(peer) = found else {
            let text = format!("no peer was made for {}", socket.request().url);
            return socket.fail(Error::new(ErrorKind::Connect, text));
        };
        match peer.kind.clone() {
            Kind::Acts(behavior) => {
                let number = self.last.fetch_add(1, Ordering::Relaxed);
                session::run(behavior, &peer, socket, number).await;
            }
            Kind::Unreachable(kind, text) => socket.fail(Error::new(kind, text)),
        }
    }
}

/// The key of the peer at `url`: cases may add to the query.
fn key(url: &str) -> String {
    let (_, query) = url.split_once('?').unwrap_or_default();
    let id = Query::parse(query).text("id");
    if id.is_empty() { url.to_owned() } else { id }
}

impl SimulatedPeer {
    /// Writes down what a connection saw.
    pub(crate) fn write(&self, change: impl FnOnce(&mut Observation)) {
        let mut seen = lock(&self.seen);
        change(&mut seen.observation);
        let waiting = std::mem::take(&mut seen.waiting);
        drop(seen);
        waiting.into_iter().for_each(Waker::wake);
    }

    /// A connection has begun; it counts as live until the guard is dropped.
    pub(crate) fn begin(self: &Arc<Self>) -> Live {
        lock(&self.seen).live += 1;
        Live {
            peer: Arc::clone(self),
            number: None,
        }
    }

    /// Ready with what was seen once `until` is met.
    pub(crate) fn poll_seen(&self, until: Until, cx: &Context<'_>) -> Poll<Observation> {
        let mut seen = lock(&self.seen);
        if !until.reached(&seen.observation, seen.live) {
            seen.waiting.push(cx.waker().clone());
            return Poll::Pending;
        }
        Poll::Ready(Observation {
            reached: true,
            ..seen.observation.clone()
        })
    }

    /// What was seen so far, short of what was waited for.
    pub(crate) fn seen_in_vain(&self) -> Observation {
        lock(&self.seen).observation.clone()
    }

    /// The line to the newest live connection.
    pub(crate) fn newest(&self) -> Option<mpsc::UnboundedSender<Command>> {
        let seen = lock(&self.seen);
        seen.commands.back().map(|(_, line)| line.clone())
    }
}

/// A connection that counts as live.
#[derive(Debug)]
pub(crate) struct Live {
    peer: Arc<SimulatedPeer>,
    number: Option<u64>,
}

impl Live {
    /// The connection is open: commands arrive from now on.
    pub(crate) fn opened(&mut self) -> mpsc::UnboundedReceiver<Command> {
        let (line, commands) = mpsc::unbounded();
        let mut seen = lock(&self.peer.seen);
        seen.last += 1;
        self.number = Some(seen.last);
        let number = seen.last;
        seen.commands.push_back((number, line));
        drop(seen);
        self.peer.write(|seen| seen.opened = true);
        commands
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let mut seen = lock(&self.peer.seen);
        seen.live -= 1;
        seen.commands
            .retain(|(number, _)| Some(*number) != self.number);
        drop(seen);
        self.peer.write(|_| {});
    }
}
