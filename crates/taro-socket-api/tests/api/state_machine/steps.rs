//! What may happen to a task.

use proptest::{collection::vec, prelude::*};

/// What a handler does when it is called.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reaction {
    Nothing,
    Panic,
    Close,
    Send,
    OnOpen,
    OnMessage,
    OnError,
    OnClose,
    Events,
    DropStream,
    SpawnReader,
    SpawnWaiters,
    /// The host reports from within the call, as paired sockets do.
    HostMessage,
    HostFailed,
    HostClosed,
}

/// One step of a script.
#[derive(Clone, Debug)]
pub(super) enum Step {
    HostOpened,
    HostMessages(u8),
    HostFailed,
    HostClosed,
    DropEmitter,
    /// A handler with what it does at its first calls.
    OnOpen(Vec<Reaction>),
    OnMessage(Vec<Reaction>),
    OnError(Vec<Reaction>),
    OnClose(Vec<Reaction>),
    Events,
    ReadStream(u8),
    DropStream,
    Close,
    Send,
    SpawnReader,
    SpawnWaiters,
}

fn reaction() -> impl Strategy<Value = Reaction> {
    prop_oneof![
        3 => Just(Reaction::Nothing),
        1 => Just(Reaction::Panic),
        1 => Just(Reaction::Close),
        1 => Just(Reaction::Send),
        1 => Just(Reaction::OnOpen),
        1 => Just(Reaction::OnMessage),
        1 => Just(Reaction::OnError),
        1 => Just(Reaction::OnClose),
        1 => Just(Reaction::Events),
        1 => Just(Reaction::DropStream),
        1 => Just(Reaction::SpawnReader),
        1 => Just(Reaction::SpawnWaiters),
        2 => Just(Reaction::HostMessage),
        1 => Just(Reaction::HostFailed),
        1 => Just(Reaction::HostClosed),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let reactions = || vec(reaction(), 0..4);
    prop_oneof![
        3 => Just(Step::HostOpened),
        8 => (1..5_u8).prop_map(Step::HostMessages),
        1 => Just(Step::HostFailed),
        1 => Just(Step::HostClosed),
        1 => Just(Step::DropEmitter),
        2 => reactions().prop_map(Step::OnOpen),
        4 => reactions().prop_map(Step::OnMessage),
        2 => reactions().prop_map(Step::OnError),
        2 => reactions().prop_map(Step::OnClose),
        3 => Just(Step::Events),
        2 => any::<u8>().prop_map(Step::ReadStream),
        1 => Just(Step::DropStream),
        1 => Just(Step::Close),
        1 => Just(Step::Send),
        2 => Just(Step::SpawnReader),
        1 => Just(Step::SpawnWaiters),
    ]
}

pub(super) fn script() -> impl Strategy<Value = Vec<Step>> {
    vec(step(), 0..40)
}
