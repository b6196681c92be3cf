//! Sends are told one by one as they leave.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use futures::FutureExt;
use taro_socket_api::{Limits, SendOption};
use tokio::sync::Notify;

use super::server::{open, within};

const MIB: usize = 1 << 20;

#[tokio::test]
async fn what_has_left_is_told_and_frees_its_place_though_more_waits() {
    within(async {
        let mut limits = Limits::default();
        limits.max_queued_bytes = 64 * MIB;
        let (task, mut peer) = open(limits).await;
        let (sent, changed) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        for _ in 0..64 {
            let (sent, changed) = (Arc::clone(&sent), Arc::clone(&changed));
            task.send_with(SendOption::new(vec![0; MIB]).success(move |_| {
                sent.fetch_add(1, Ordering::Relaxed);
                changed.notify_one();
            }));
        }
        // The server reads a half and no more.
        for _ in 0..32 {
            assert_eq!(peer.frame().await.unwrap().1.len(), MIB);
        }
        while sent.load(Ordering::Relaxed) < 32 {
            changed.notified().await;
        }
        assert!(task.buffered_amount() <= 32 * MIB as u64);
        // There is room again; awaited, it would wait for the server.
        let more = task.send(vec![0; 16 * MIB]).now_or_never();
        assert!(more.is_none_or(|sent| sent.is_ok()));
    })
    .await;
}

#[tokio::test]
async fn a_large_message_under_way_counts_less_as_it_leaves() {
    within(async {
        let (task, mut peer) = open(Limits::default()).await;
        task.send_with(SendOption::new(vec![0; 48 * MIB]));
        let mut begin = vec![0; 16 * MIB];
        tokio::io::AsyncReadExt::read_exact(&mut peer.0, &mut begin)
            .await
            .unwrap();
        while task.buffered_amount() > 32 * MIB as u64 + 14 {
            tokio::task::yield_now().await;
        }
        assert!(task.buffered_amount() > 0, "the rest waits");
    })
    .await;
}
