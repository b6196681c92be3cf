//! The case table: one slice per file.

use crate::Case;

/// A case's function from an `async fn(Cx)`.
macro_rules! run {
    ($function:ident $(, $argument:expr)*) => {
        |cx| Box::pin($function(cx $(, $argument)*))
    };
}

macro_rules! areas {
    ($($name:ident,)*) => {
        $(mod $name;)*

        /// Every case of the suite.
        pub const CASES: &[&Case] = &{
            const SLICES: &[&[Case]] = &[$($name::CASES),*];
            const COUNT: usize = {
                let mut count = 0;
                let mut at = 0;
                while at < SLICES.len() {
                    count += SLICES[at].len();
                    at += 1;
                }
                count
            };
            let mut all: [&Case; COUNT] = [&SLICES[0][0]; COUNT];
            let (mut slice, mut at, mut to) = (0, 0, 0);
            while slice < SLICES.len() {
                if at == SLICES[slice].len() {
                    slice += 1;
                    at = 0;
                } else {
                    all[to] = &SLICES[slice][at];
                    to += 1;
                    at += 1;
                }
            }
            all
        };
    };
}

areas! {
    arguments_header,
    arguments_protocols,
    arguments_url,
    capabilities,
    close_flow,
    close_local,
    connect,
    lifecycle,
    limits,
    messages_breach,
    messages_frames,
    messages_handlers,
    messages_in,
    network,
    open,
    refused,
    security,
    send,
    send_refused,
    terminal,
}
