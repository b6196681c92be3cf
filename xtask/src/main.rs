//! Repository tasks of taro-socket.

fn main() {}
