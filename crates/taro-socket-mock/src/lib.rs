//! taro-socket adapter for tests: scripted peer, paired sockets, virtual time.
