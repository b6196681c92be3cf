//! What is told first at the end, and what a handler finds.

use std::sync::{Arc, Mutex};

use taro_socket_api::{CloseOption, Limits, ReadyState, SendOption, SocketTask};

use super::server::{open, within};

type Told = Arc<Mutex<Vec<String>>>;

fn tell(told: &Told, what: impl Into<String>) {
    told.lock().unwrap().push(what.into());
}

/// Sends what cannot leave. When it fails, the task is asked to send again if it looks open, and to close.
fn send_stuck(task: &Arc<dyn SocketTask>, told: &Told) {
    let (weak, told) = (Arc::downgrade(task), Arc::clone(told));
    let option = SendOption::new(vec![0; 40 << 20]).fail(move |error| {
        let task = weak.upgrade().unwrap();
        tell(
            &told,
            format!("fail {:?} {:?}", error.kind(), task.ready_state()),
        );
        if task.ready_state() == ReadyState::Open {
            send_stuck(&task, &told);
        }
        let (again, closed) = (Arc::clone(&told), Arc::clone(&told));
        let option = SendOption::new("again");
        task.send_with(option.fail(move |error| tell(&again, format!("again {:?}", error.kind()))));
        let option = CloseOption::new().fail(|error| panic!("{error}"));
        task.close_with(option.success(move |_| tell(&closed, "close ok")));
    });
    task.send_with(option);
}

#[tokio::test]
async fn aborted_sends_come_before_error_and_close_and_find_the_task_closing() {
    within(async {
        for (ends_by_frame, last) in [(true, "close 1001"), (false, "close 1006")] {
            let (task, mut peer) = open(Limits::default()).await;
            let told = Told::default();
            let (errors, closes) = (Arc::clone(&told), Arc::clone(&told));
            task.on_error(move |event| tell(&errors, format!("error {:?}", event.error.kind())));
            task.on_close(move |event| tell(&closes, format!("close {}", event.code)));
            send_stuck(&task, &told);
            if ends_by_frame {
                peer.send(0x88, &1001_u16.to_be_bytes()).await;
                task.closed().await;
            } else {
                peer.reset();
                task.closed().await;
            }
            let mut expected = vec!["fail Aborted Closing", "again InvalidState", "close ok"];
            if !ends_by_frame {
                expected.push("error Transport");
            }
            expected.push(last);
            assert_eq!(*told.lock().unwrap(), expected);
        }
    })
    .await;
}

#[test]
fn a_runtime_that_ends_tells_in_the_same_order() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let told = Told::default();
    let (task, peer) = runtime.block_on(async {
        let (task, peer) = open(Limits::default()).await;
        let (errors, closes) = (Arc::clone(&told), Arc::clone(&told));
        task.on_error(move |event| tell(&errors, format!("error {:?}", event.error.kind())));
        task.on_close(move |event| tell(&closes, format!("close {}", event.code)));
        send_stuck(&task, &told);
        (task, peer)
    });
    drop(runtime);
    drop((task, peer));
    let expected = [
        "fail Aborted Closing",
        "again InvalidState",
        "close ok",
        "error Aborted",
        "close 1006",
    ];
    assert_eq!(*told.lock().unwrap(), expected);
}
