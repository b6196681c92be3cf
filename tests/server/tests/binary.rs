//! The binary says where it listens, and listens there.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use taro_socket_test_server::ROUTES;

/// Ends the process with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn run(arguments: &[&str]) -> Running {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taro-socket-test-server"));
    let child = command.args(arguments).stdout(Stdio::piped()).spawn();
    Running(child.expect("the binary"))
}

#[test]
fn it_prints_its_addresses_and_routes_and_serves() {
    let mut server = run(&[]);
    let output = server.0.stdout.take().expect("piped");
    let lines = BufReader::new(output).lines().map_while(Result::ok);
    let lines: Vec<String> = lines.take(5).collect();
    let addr = lines[0].strip_prefix("ws://").expect("a ws address");
    assert!(lines[1].starts_with("wss://127.0.0.1:"));
    assert_eq!(lines[3], format!("routes: {}", ROUTES.join(" ")));
    let mut tcp = TcpStream::connect(addr).expect("the port");
    tcp.write_all(b"GET /control/routes HTTP/1.1\r\n\r\n")
        .expect("a request");
    let mut answer = String::new();
    tcp.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
}

#[test]
fn help_names_the_address_option() {
    let mut server = run(&["--help"]);
    let mut text = String::new();
    let mut output = server.0.stdout.take().expect("piped");
    output.read_to_string(&mut text).expect("text");
    assert!(text.contains("--addr"), "{text}");
}
