//! The SocketTask trait, its vocabulary and its sans-IO state machine.
