//! Two tasks connected to each other.

use super::*;

#[test]
fn both_directions_and_simultaneous_close() {
    let clock = VirtualClock::new();
    let (left, right) = pair(&clock);
    clock
        .block_on(async {
            left.opened().await?;
            right.opened().await?;
            let (mut to_left, mut to_right) = (left.events(), right.events());
            for n in 0..100_u8 {
                left.send(vec![n]).await?;
                right.send(n.to_string()).await?;
            }
            to_left.next().await;
            to_right.next().await;
            for n in 0..100_u8 {
                let at_right = to_right.next().await;
                assert!(matches!(at_right, Some(SocketEvent::Message(event)) if event.data == vec![n].into()));
                let at_left = to_left.next().await;
                assert!(matches!(at_left, Some(SocketEvent::Message(event)) if event.data == n.to_string().into()));
            }
            drop(left.close(CloseFrame::new(4001, "left")?));
            drop(right.close(CloseFrame::new(4002, "right")?));
            assert_eq!(left.closed().await.code, 4002);
            assert_eq!(right.closed().await.code, 4001);
            Ok::<(), Error>(())
        })
        .unwrap()
        .unwrap();
}

#[test]
fn a_consumer_that_is_behind_holds_the_sender_back() {
    let clock = VirtualClock::new();
    let bounded = limits(|limits| {
        limits.max_buffered_bytes = 1000;
        limits.send_low_water_bytes = 0;
    });
    let (left, right) = pair_with(&clock, bounded);
    let message = Message::from(vec![0; 64 << 10]);
    let sent = Arc::new(Mutex::new(0));
    let count = Arc::clone(&sent);
    let sender = Arc::clone(&left);
    clock.spawn(async move {
        drop(sender.opened().await);
        for _ in 0..100 {
            drop(sender.send(message.clone()).await);
            *count.lock().unwrap() += 1;
        }
    });
    let behind = right.events();
    clock.advance(SECOND).unwrap();
    let before = *sent.lock().unwrap();
    assert!(
        before < 10,
        "{before} sends passed a consumer that takes none"
    );
    right.on_message(|_| {});
    drop(behind);
    clock.run_until_idle().unwrap();
    assert_eq!(*sent.lock().unwrap(), 100);
}
