//! The case table: one slice per file.

use crate::Case;

/// A case's function from an `async fn(Cx, ..)`.
macro_rules! run {
    ($function:ident $(($($argument:expr),*))?) => {
        |cx| Box::pin($function(cx $($(, $argument)*)?))
    };
}

/// The cases of one file: `id, spec, fault it catches => function, what it covers`, then what it needs.
macro_rules! cases {
    ($($id:literal, $spec:expr, $fault:ident => $function:ident $(($($argument:expr),*))?, $covers:expr
        $(, $need:ident $value:tt)*;)*) => {
        pub(super) const CASES: &[crate::Case] = &[$(
            crate::Case::new($id, $spec, crate::Fault::$fault, run!($function $(($($argument),*))?))
                .covers($covers)
                $(.$need $value)*,
        )*];
    };
}

mod abort;
mod advice;
mod arguments_header;
mod arguments_protocols;
mod arguments_url;
mod capabilities;
mod capabilities_flow;
mod capabilities_host;
mod capabilities_told;
mod close_flow;
mod close_local;
mod connect;
mod ends;
mod flush;
mod keep_alive;
mod lifecycle;
mod lifecycle_app;
mod limits;
mod messages_breach;
mod messages_frames;
mod messages_handlers;
mod messages_in;
mod network;
mod open;
mod refused;
mod requested;
mod security;
mod send;
mod send_queue;
mod send_state;
mod terminal;
mod unread;

const SLICES: &[&[Case]] = &[
    abort::CASES,
    advice::CASES,
    arguments_header::CASES,
    arguments_protocols::CASES,
    arguments_url::CASES,
    capabilities::CASES,
    capabilities_flow::CASES,
    capabilities_host::CASES,
    capabilities_told::CASES,
    close_flow::CASES,
    close_local::CASES,
    connect::CASES,
    ends::CASES,
    flush::CASES,
    keep_alive::CASES,
    lifecycle::CASES,
    lifecycle_app::CASES,
    limits::CASES,
    messages_breach::CASES,
    messages_frames::CASES,
    messages_handlers::CASES,
    messages_in::CASES,
    network::CASES,
    open::CASES,
    refused::CASES,
    requested::CASES,
    security::CASES,
    send::CASES,
    send_queue::CASES,
    send_state::CASES,
    terminal::CASES,
    unread::CASES,
];

const COUNT: usize = {
    let mut count = 0;
    let mut at = 0;
    while at < SLICES.len() {
        count += SLICES[at].len();
        at += 1;
    }
    count
};

/// Every case of the suite.
pub const CASES: &[&Case] = &{
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
