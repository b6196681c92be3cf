//! Two connected tasks.

use std::sync::Arc;

use taro_socket_api::{Capability, CapabilitySet, Limits, SocketTask};

use crate::{
    app::MockApp, clock::VirtualClock, connection::Connection, event::PeerEvent, fault::Faults,
    link::Link, peer::PeerSocket, record::Record, request::MockRequest,
};

/// Two tasks connected to each other: what one sends the other receives. Both open when the clock runs.
///
/// ```
/// use taro_socket_api::{CloseFrame, SocketEvent};
/// use taro_socket_mock::{VirtualClock, pair};
///
/// let clock = VirtualClock::new();
/// let (alice, bob) = pair(&clock);
/// clock.block_on(async {
///     alice.opened().await?;
///     bob.opened().await?;
///     let mut events = bob.events();
///     alice.send("hello").await?;
///     alice.close(CloseFrame::new(4001, "bye")?).await?;
///     assert!(matches!(events.next().await, Some(SocketEvent::Open(_))));
///     assert!(matches!(events.next().await, Some(SocketEvent::Message(_))));
///     assert_eq!(bob.closed().await.code, 4001);
///     assert!(alice.closed().await.was_clean);
///     Ok::<(), taro_socket_api::Error>(())
/// })??;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn pair(clock: &VirtualClock) -> (Arc<dyn SocketTask>, Arc<dyn SocketTask>) {
    pair_with(clock, Limits::default())
}

/// [`pair`] with these limits on both sides.
#[must_use]
pub fn pair_with(
    clock: &VirtualClock,
    limits: Limits,
) -> (Arc<dyn SocketTask>, Arc<dyn SocketTask>) {
    let (left, left_end) = half(clock, limits);
    let (right, right_end) = half(clock, limits);
    left_end.accept();
    right_end.accept();
    clock.spawn(forward(Arc::clone(&left_end), Arc::clone(&right_end)));
    clock.spawn(forward(right_end, left_end));
    (left, right)
}

fn half(clock: &VirtualClock, limits: Limits) -> (Arc<dyn SocketTask>, Arc<PeerSocket>) {
    let request = MockRequest::paired();
    let link = Link::new();
    let end = PeerSocket::new(
        request.clone(),
        Arc::clone(&link),
        clock.downgrade(),
        Record::default(),
    );
    let connection = Connection {
        app: MockApp::default(),
        socket: None,
        clock: clock.downgrade(),
        capabilities: CapabilitySet::of(&[
            Capability::InboundBackPressure,
            Capability::FrameLimits,
            Capability::PeerErrorCodes,
            Capability::CloseStatus,
            Capability::CloseAnswer,
        ]),
        faults: Faults::default(),
        neighbours: Arc::default(),
        limits,
        request,
        link,
    };
    (connection.start(), Arc::new(end))
}

/// Hands on what the task behind `from` sends, no faster than the other takes it.
async fn forward(from: Arc<PeerSocket>, to: Arc<PeerSocket>) {
    loop {
        let event = from.recv().await;
        to.flushed().await;
        match event {
            PeerEvent::Message(message) => to.send(message),
            PeerEvent::Close(close) => to.close(close.code, &close.reason),
            PeerEvent::Pong(_) => {}
            PeerEvent::End => return to.end(),
        }
    }
}
