//! Runtimes that lack what a connection needs.

use std::{
    panic,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use taro_socket_api::{ConnectSocketOption, ErrorKind, connect_now};
use taro_socket_native::NativeConnector;
use tokio::runtime::{Builder, Runtime};

static PANICS: AtomicUsize = AtomicUsize::new(0);

fn kind_within(runtime: &Runtime) -> Result<(), ErrorKind> {
    let _within = runtime.enter();
    let option = ConnectSocketOption::new("ws://127.0.0.1:1/").timeout(Duration::from_millis(1));
    connect_now(&NativeConnector::new(), option)
        .map(drop)
        .map_err(|error| {
            assert!(error.reason().contains("enable_all"), "what helps: {error}");
            error.kind()
        })
}

#[test]
fn without_io_or_time_the_host_is_unavailable_and_nobody_hears_a_panic() {
    panic::set_hook(Box::new(|panic| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        eprintln!("{panic}");
    }));
    let build = |mut builder: Builder| builder.build().expect("a runtime");
    let kinds = [Builder::new_current_thread, Builder::new_multi_thread];
    for kind in kinds {
        let only = |enable: fn(&mut Builder) -> &mut Builder| {
            let mut builder = kind();
            enable(&mut builder);
            build(builder)
        };
        let missing = Err(ErrorKind::HostUnavailable);
        assert_eq!(kind_within(&build(kind())), missing, "neither");
        assert_eq!(
            kind_within(&only(Builder::enable_time)),
            missing,
            "time only"
        );
        assert_eq!(kind_within(&only(Builder::enable_io)), missing, "IO only");
        assert_eq!(kind_within(&only(Builder::enable_all)), Ok(()), "both");
    }
    assert_eq!(PANICS.load(Ordering::SeqCst), 0, "messages of panics");
}
