//! Large messages in frames of a bounded size.

use std::time::Duration;

use taro_socket_api::{Limits, Message};

use crate::server::{open, within};

const PING: u8 = 0x89;
const PONG: u8 = 0x8a;

#[tokio::test]
async fn a_ping_is_answered_within_a_message() {
    let bound = Limits::default().max_sent_frame_bytes(64 << 10);
    let (task, mut peer) = open(bound).await;
    let length = 32 << 20;
    let sent = task.send(Message::from(vec![7; length]));
    let mut seen = 0;
    let mut pong_at = None;
    peer.send(PING, b"now").await;
    while seen < length {
        let (first, payload) = within(peer.frame()).await.expect("a frame");
        match first {
            PONG => pong_at = Some(seen),
            0x02 | 0x00 | 0x80 => seen += payload.len(),
            other => panic!("{other:#x}"),
        }
        assert!(payload.len() <= 64 << 10);
        if pong_at.is_none() {
            // So that the Ping is read while much is unsent.
            tokio::time::sleep(Duration::from_micros(100)).await;
        }
    }
    within(sent).await.expect("sent");
    let at = pong_at.expect("the Ping is answered");
    assert!(at < length, "only behind the message");
}
