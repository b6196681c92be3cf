//! What a simulated peer still has to send.

use std::collections::VecDeque;

use taro_socket_mock::{Frame, PeerSocket};

/// Work that is generated while it is sent, so that a flood needs no memory.
#[derive(Debug)]
enum Job {
    Frame(Frame),
    Repeat {
        frames: Vec<Frame>,
        left: usize,
    },
    Flood {
        next: usize,
        count: usize,
        size: usize,
    },
}

/// The sending side of one connection.
#[derive(Debug, Default)]
pub(crate) struct Outgoing {
    jobs: VecDeque<Job>,
    close_sent: bool,
    ends: bool,
}

impl Outgoing {
    /// Sends a frame; nothing after a Close frame.
    pub(crate) fn frame(&mut self, frame: Frame) {
        if !self.close_sent {
            self.jobs.push_back(Job::Frame(frame));
        }
    }

    /// Sends these frames `count` times, whatever was sent before.
    pub(crate) fn raw(&mut self, frames: Vec<Frame>, count: usize) {
        let left = if frames.is_empty() { 0 } else { count };
        self.jobs.push_back(Job::Repeat { frames, left });
    }

    /// Sends binary messages whose bytes are all the message's number modulo 256, from 0 on.
    pub(crate) fn flood(&mut self, count: usize, size: usize) {
        if !self.close_sent {
            let next = 0;
            self.jobs.push_back(Job::Flood { next, count, size });
        }
    }

    /// Sends a Close frame, once.
    pub(crate) fn close(&mut self, code: Option<u16>, reason: &str) {
        self.frame(Frame::close(code, reason));
        self.close_sent = true;
    }

    /// Ends the transport when everything is sent.
    pub(crate) fn end(&mut self) {
        self.ends = true;
    }

    /// Ends the transport now; what is still to be sent is lost.
    pub(crate) fn drop_now(&mut self, socket: &PeerSocket) {
        self.jobs.clear();
        self.ends = true;
        socket.drop_connection();
    }

    /// Whether there is something to send.
    pub(crate) fn is_waiting(&self) -> bool {
        !self.jobs.is_empty()
    }

    /// Whether the transport is to end now.
    pub(crate) fn is_ended(&self) -> bool {
        self.ends && self.jobs.is_empty()
    }

    /// Sends one step of the first job.
    pub(crate) fn step(&mut self, socket: &PeerSocket) {
        match self.jobs.front_mut() {
            Some(Job::Repeat { frames, left }) if *left > 0 => {
                *left -= 1;
                let frames = frames.iter().cloned();
                frames.for_each(|frame| socket.send_frame(frame));
            }
            Some(Job::Flood { next, count, size }) if *next < *count => {
                let fill = next.to_le_bytes()[0];
                *next += 1;
                socket.send_frame(Frame::new(Frame::BINARY, vec![fill; *size]));
            }
            _ => {
                if let Some(Job::Frame(frame)) = self.jobs.pop_front() {
                    socket.send_frame(frame);
                }
            }
        }
    }
}
