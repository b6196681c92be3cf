//! How a connection ends.

use taro_socket_api::{CloseCause, CloseEvent, Error};

use crate::{app, event::PeerClose};

/// How a connection ends.
#[derive(Debug)]
pub(crate) struct End {
    pub(crate) error: Option<Error>,
    pub(crate) event: CloseEvent,
    /// The Close frame that is still to be written.
    pub(crate) frame: Option<PeerClose>,
    /// Whether the user gave the connection up by `abort`.
    pub(crate) aborted: bool,
}

impl End {
    /// An end with this close.
    pub(crate) fn new(event: CloseEvent) -> Self {
        Self {
            error: None,
            event,
            frame: None,
            aborted: false,
        }
    }

    /// 1006.
    pub(crate) fn abnormal(cause: CloseCause, error: Option<Error>) -> Self {
        let event = CloseEvent::abnormal(cause);
        Self {
            error,
            ..Self::new(event)
        }
    }

    pub(crate) fn aborted() -> Self {
        Self {
            aborted: true,
            ..Self::abnormal(CloseCause::Local, None)
        }
    }

    /// Ended by the host of an app in the background.
    pub(crate) fn background() -> Self {
        Self::abnormal(CloseCause::Background, Some(app::ended()))
    }

    pub(crate) fn failed(error: Error) -> Self {
        Self::abnormal(CloseCause::Transport, Some(error))
    }
}
