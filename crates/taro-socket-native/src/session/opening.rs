//! From the request to an open connection, or to the reason why there is none.

use std::sync::Arc;

use taro_socket_api::{CloseCause, ConnectRequest, Error, Result};
use tokio::time::Instant;

use crate::{
    ByteStream, dial,
    handshake::{self, Answer, Opened},
    http::Answerer,
    name,
    peer::TlsPeer,
    progress::{Phase, Progress},
    proxy::{self, Route},
    redirect::{Chain, Origin},
    settings::Settings,
    transport::Transport,
};

/// What a connection is opened with.
pub(super) struct Opening {
    pub(super) settings: Arc<Settings>,
    pub(super) request: ConnectRequest,
    /// Given by the user; otherwise one is dialled.
    pub(super) stream: Option<ByteStream>,
    /// The proxy before the server, where there is one.
    pub(super) route: Option<Route>,
}

impl Opening {
    /// Opens the connection within the request's time-out, or tells why not. With it comes where it leads to, since that
    /// may be another place than `place`.
    pub(super) async fn open(self, place: &str) -> Result<(Opened, String), (Error, CloseCause)> {
        let (timeout, begun) = (self.request.timeout(), Instant::now());
        let mut progress = Progress::to(place);
        let outcome = tokio::time::timeout(timeout, self.establish(&mut progress)).await;
        let (error, cause) = match outcome {
            Ok(Ok(Answer::Opened(opened))) => return Ok((opened, progress.place)),
            Ok(Ok(Answer::Refused(refused))) => {
                // What the server says is known: from here on no time-out takes its place.
                let left = timeout.saturating_sub(begun.elapsed());
                let error = refused.error(&progress.place, left).await;
                (error, CloseCause::Transport)
            }
            Ok(Err(error)) => (error, CloseCause::Transport),
            Err(_) => (progress.timed_out(timeout), CloseCause::Timeout),
        };
        Err((progress.told(error), cause))
    }

    /// Connects, and again where redirects lead to, as far as they are followed.
    async fn establish(self, progress: &mut Progress) -> Result<Answer> {
        let (settings, mut stream, mut route) = (self.settings, self.stream, self.route);
        let limit = match stream {
            // There is no other to go on with.
            Some(_) => 0,
            None => settings.max_redirects,
        };
        let mut chain = Chain::new(self.request, limit);
        loop {
            let stream = match stream.take() {
                Some(stream) => stream,
                None => reach(&settings, &chain.request, route, progress).await?,
            };
            let answer = ask(&settings, &chain, stream, progress).await?;
            let Answer::Refused(refused) = answer else {
                return Ok(answer);
            };
            match chain.follow(refused.status(), &refused.locations()) {
                Ok(true) => progress.redirected(name::place(chain.request.url())),
                Ok(false) => return Ok(Answer::Refused(refused)),
                Err(why) => return Ok(Answer::Refused(refused.unfollowed(why))),
            }
            if chain.request.url().is_secure() {
                settings.tls.check()?;
            }
            route = settings.route(chain.request.url())?;
        }
    }
}

/// A stream to the request's server: through the proxy before it, where there is one.
async fn reach(
    settings: &Settings,
    request: &ConnectRequest,
    route: Option<Route>,
    progress: &mut Progress,
) -> Result<ByteStream> {
    let (url, no_delay) = (request.url(), request.tcp_no_delay());
    match route {
        None => dial::connect(settings, url, no_delay, progress).await,
        Some(route) => proxy::open(settings, url, &route, no_delay, progress).await,
    }
}

/// Asks one server for the upgrade.
async fn ask(
    settings: &Settings,
    chain: &Chain,
    stream: ByteStream,
    progress: &mut Progress,
) -> Result<Answer> {
    let (request, place) = (&chain.request, progress.place.clone());
    let is_asked = chain.origin == Origin::Asked;
    let transport = if request.url().is_secure() {
        progress.enter(Phase::Tls);
        let peer = TlsPeer {
            host: request.url().host(),
            place: &place,
            answerer: Answerer::Server,
            named_by_options: is_asked,
            anonymously: !is_asked,
        };
        settings.tls.connect(stream, &peer).await?
    } else {
        Transport::Plain(stream)
    };
    progress.enter(Phase::Upgrade);
    let host = settings.host.as_deref().filter(|_| is_asked);
    handshake::perform(transport, request, host, &place).await
}
