//! An independent client, at volume.

use futures::{SinkExt, StreamExt};
use taro_socket_test_protocol::MessageSeen;
use taro_socket_test_server::{Behavior, TestServer, Until};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::client::{seen, server};

async fn open(server: &TestServer, behavior: &Behavior, id: &str) -> WebSocketStream<TcpStream> {
    let tcp = TcpStream::connect(server.addr()).await.expect("a port");
    let url = server.ws_url(behavior, id);
    client_async(url, tcp).await.expect("an open socket").0
}

#[tokio::test]
async fn ten_thousand_messages_come_back_in_order() {
    let server = server().await;
    let (mut write, mut read) = open(&server, &Behavior::Echo, "a").await.split();
    let sending = async {
        for index in 0..10_000 {
            write
                .feed(Message::text(index.to_string()))
                .await
                .expect("sent");
        }
        write.flush().await.expect("flushed");
    };
    let reading = async {
        for index in 0..10_000 {
            let message = read.next().await.expect("one").expect("a message");
            assert_eq!(message, Message::text(index.to_string()));
        }
    };
    tokio::join!(sending, reading);
    let seen = seen(&server, Until::Messages(10_000)).await;
    assert_eq!(seen.messages[9_999], MessageSeen::text("9999"));
}

#[tokio::test]
async fn sixteen_mebibytes_come_back_whole() {
    let server = server().await;
    let mut socket = open(&server, &Behavior::Echo, "").await;
    let payload: Vec<u8> = (0..16_777_216_u32).map(|n| n.to_le_bytes()[0]).collect();
    let large = Message::binary(payload);
    socket.send(large.clone()).await.expect("sent");
    let back = socket.next().await.expect("one").expect("a message");
    assert!(back == large, "the payload differs");
}

#[tokio::test]
async fn fragments_are_put_together_by_the_client() {
    let server = server().await;
    let behavior = Behavior::Fragment {
        size: 1000,
        ping: false,
    };
    let mut socket = open(&server, &behavior, "").await;
    let text = Message::text("é".repeat(5000));
    socket.send(text.clone()).await.expect("sent");
    let back = socket.next().await.expect("one").expect("a message");
    assert_eq!(back, text);
}
