//! One task of a host, and no other: in a page of its own, since places are counted.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]

use std::{cell::Cell, rc::Rc};

use taro_socket_alipay::{AlipayConnector, sockets};
use taro_socket_api::{ConnectSocketOption, ReadyState, connect_now};
use taro_socket_fake_host::{Face, Fake, Naming, event};
use wasm_bindgen_test::wasm_bindgen_test;

/// Its name is taken for the own one, until `success` tells it.
#[wasm_bindgen_test]
async fn what_opens_alone_is_open_at_once_and_the_name_that_is_told_counts() {
    let face = Face::Vendor("my");
    face.install();
    for first in ["another", ""] {
        face.naming(Naming::Later);
        let option = ConnectSocketOption::new("wss://fake.test/");
        let task = connect_now(&AlipayConnector::new(), option).expect("the fake is made");
        assert_eq!(sockets(), 1);
        let fake = Fake::last();
        let heard = Rc::new(Cell::new(0));
        let count = Rc::clone(&heard);
        task.on_message(move |_| count.set(count.get() + 1));
        match first {
            "" => fake.open(),
            name => drop(fake.say_as("open", &event([]), name)),
        }
        assert_eq!(task.ready_state(), ReadyState::Open);
        fake.tell_name();
        fake.message("own");
        fake.say_as("message", &event([("data", "foreign".into())]), "another");
        assert_eq!(heard.get(), 1);
        fake.close(1000, "");
        assert!(task.closed().await.was_clean);
        assert_eq!(sockets(), 0);
    }
}
