//! One connection of the peer: reads all it can, keeps what the client does not take yet.

use std::{cell::RefCell, io::ErrorKind, ops::Range, rc::Rc};

use tokio::{io::Interest, net::TcpStream};

use crate::Result;

/// Free bytes in front of each read, for a header that is written before the bytes it came from are consumed.
pub(super) const FRONT: usize = 16;
const READ: usize = 256 * 1024;

/// The read buffer of all connections. No borrow of it crosses an await.
pub(super) type ReadBuffer = Rc<RefCell<Vec<u8>>>;

/// A new read buffer.
pub(super) fn read_buffer() -> ReadBuffer {
    Rc::new(RefCell::new(vec![0; FRONT + READ]))
}

/// What the peer does with a connection.
pub(super) trait Mode {
    /// Takes the client's bytes at `buffer[FRONT..end]`; the answer is a range of the same buffer.
    fn receive(&mut self, buffer: &mut [u8], end: usize) -> Result<Range<usize>>;

    /// Appends bytes that are sent without being asked for. Called when nothing is pending.
    fn produce(&mut self, _pending: &mut Vec<u8>) {}

    /// Whether the connection ends after the pending bytes.
    fn is_finished(&self) -> bool {
        false
    }
}

/// Bytes that the client has not taken yet.
#[derive(Default)]
struct Pending {
    bytes: Vec<u8>,
    start: usize,
}

/// Serves `stream` in `mode` until the client goes. It reads even while the client does not, so that a
/// client that writes all of a message before it reads cannot come to a standstill.
pub(super) async fn serve(
    stream: TcpStream,
    buffer: ReadBuffer,
    mut mode: impl Mode,
) -> Result<()> {
    let mut pending = Pending::default();
    loop {
        if pending.is_empty() {
            mode.produce(&mut pending.bytes);
        }
        if pending.is_empty() && mode.is_finished() {
            return Ok(());
        }
        let write = if pending.is_empty() {
            None
        } else {
            Some(Interest::WRITABLE)
        };
        let ready = stream
            .ready(write.map_or(Interest::READABLE, |write| write.add(Interest::READABLE)))
            .await?;
        if ready.is_writable() && !pending.is_empty() {
            pending.start += write_some(&stream, &pending.bytes[pending.start..])?;
            pending.compact();
        }
        if ready.is_readable() && !receive(&stream, &buffer, &mut mode, &mut pending)? {
            return Ok(());
        }
    }
}

/// One read and its answer. `false` at the end of the stream.
fn receive(
    stream: &TcpStream,
    buffer: &ReadBuffer,
    mode: &mut impl Mode,
    pending: &mut Pending,
) -> Result<bool> {
    let mut buffer = buffer.borrow_mut();
    let length = match stream.try_read(&mut buffer[FRONT..]) {
        Ok(0) => return Ok(false),
        Ok(length) => length,
        Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(true),
        Err(error) => return Err(error.into()),
    };
    let answer = mode.receive(&mut buffer, FRONT + length)?;
    let mut answer = &buffer[answer];
    if pending.is_empty() && !answer.is_empty() {
        let written = write_some(stream, answer)?;
        answer = &answer[written..];
    }
    pending.bytes.extend_from_slice(answer);
    Ok(true)
}

fn write_some(stream: &TcpStream, bytes: &[u8]) -> Result<usize> {
    match stream.try_write(bytes) {
        Ok(length) => Ok(length),
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(0),
        Err(error) => Err(error.into()),
    }
}

impl Pending {
    fn is_empty(&self) -> bool {
        self.start == self.bytes.len()
    }

    fn compact(&mut self) {
        if self.is_empty() {
            self.bytes.clear();
            self.start = 0;
        }
    }
}
