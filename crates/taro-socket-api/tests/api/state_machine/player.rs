//! Plays a script on a real task and on the model at the same time.

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    sync::{Arc, Mutex, MutexGuard},
    task::{Context, Poll},
};

use proptest::{prelude::TestCaseError, prop_assert, prop_assert_eq};
use taro_socket_api::{
    Acceptance, CloseCause, CloseEvent, CloseFrame, Emitter, EventStream, Limits, OpenEvent,
    ReadyState, SendOption, SocketEvent, SocketTask,
};

use super::{
    model::{Call, Model, Told},
    steps::{Reaction, Step},
};
use crate::{
    executor::{spawn, waker_owning},
    support::{AskedLog, Rig, now, transport_error},
};

/// Everything that handlers and script share; no lock is held while the task is called.
#[derive(Clone)]
struct Player {
    task: Arc<dyn SocketTask>,
    emitter: Arc<Mutex<Option<Arc<Emitter>>>>,
    asked: AskedLog,
    world: Arc<Mutex<World>>,
    batches: bool,
}

#[derive(Default)]
struct World {
    model: Model,
    calls: Vec<Call>,
    streams: Vec<Option<EventStream>>,
    streamed: Vec<Vec<Told>>,
    reports: usize,
}

/// What came of a script.
pub(super) struct Outcome {
    player: Player,
}

pub(super) fn play(script: &[Step], batches: bool) -> Outcome {
    let rig = Rig::new(Limits::default(), Acceptance::Queued);
    let player = Player {
        task: rig.task,
        emitter: Arc::new(Mutex::new(Some(Arc::new(rig.emitter)))),
        asked: rig.asked,
        world: Arc::default(),
        batches,
    };
    for step in script {
        player.step(step);
    }
    player.step(&Step::DropEmitter);
    let streams = player.world().streams.len();
    (0..streams).for_each(|at| player.read(at));
    // Reports that are still due are told when their queue is dropped.
    let asked = std::mem::take(&mut *player.asked.lock().unwrap());
    drop(asked);
    Outcome { player }
}

impl Player {
    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    fn emitter(&self) -> Option<Arc<Emitter>> {
        self.emitter.lock().unwrap().clone()
    }

    fn step(&self, step: &Step) {
        match step {
            Step::HostOpened => self.host_opened(),
            Step::HostMessages(count) => self.host_messages(*count),
            Step::HostFailed => self.host_failed(),
            Step::HostClosed => self.host_closed(),
            Step::DropEmitter => self.drop_emitter(),
            Step::OnOpen(reactions) => self.register(Told::Open, reactions),
            Step::OnMessage(reactions) => self.register(Told::Message(0), reactions),
            Step::OnError(reactions) => self.register(Told::Error, reactions),
            Step::OnClose(reactions) => self.register(Told::Close, reactions),
            Step::Events => self.events(),
            Step::ReadStream(at) => {
                let streams = self.world().streams.len();
                if streams > 0 {
                    self.read(usize::from(*at) % streams);
                }
            }
            Step::DropStream => self.drop_stream(),
            Step::Close => self.close(),
            Step::Send => self.send(),
            Step::SpawnReader => self.spawn_reader(),
            Step::SpawnWaiters => self.spawn_waiters(),
        }
    }

    fn react(&self, reaction: Reaction) {
        match reaction {
            Reaction::Nothing => {}
            Reaction::Panic => std::panic::resume_unwind(Box::new("a handler's panic")),
            Reaction::Close => self.close(),
            Reaction::Send => self.send(),
            Reaction::OnOpen => self.register(Told::Open, &[]),
            Reaction::OnMessage => self.register(Told::Message(0), &[]),
            Reaction::OnError => self.register(Told::Error, &[]),
            Reaction::OnClose => self.register(Told::Close, &[]),
            Reaction::Events => self.events(),
            Reaction::DropStream => self.drop_stream(),
            Reaction::SpawnReader => self.spawn_reader(),
            Reaction::SpawnWaiters => self.spawn_waiters(),
            Reaction::HostMessage => self.host_messages(1),
            Reaction::HostFailed => self.host_failed(),
            Reaction::HostClosed => self.host_closed(),
        }
    }

    fn host_opened(&self) {
        if let Some(emitter) = self.emitter() {
            self.world().model.host_opened();
            emitter.opened(OpenEvent::default());
        }
    }

    fn host_messages(&self, count: u8) {
        let Some(emitter) = self.emitter() else {
            return;
        };
        let mut batch = self.batches.then(|| emitter.batch());
        for _ in 0..count {
            let number = self.world().model.host_message().to_string();
            let _ = match &mut batch {
                Some(batch) => batch.message(number),
                None => emitter.message(number),
            };
        }
        let _ = batch.map(taro_socket_api::Batch::finish);
    }

    fn host_failed(&self) {
        if let Some(emitter) = self.emitter() {
            self.world().model.host_failed();
            emitter.failed(transport_error());
        }
    }

    fn host_closed(&self) {
        if let Some(emitter) = self.emitter() {
            self.world().model.host_closed();
            emitter.closed(CloseEvent::clean(Some(1000), "", CloseCause::Remote));
        }
    }

    fn drop_emitter(&self) {
        let emitter = self.emitter.lock().unwrap().take();
        if let Some(emitter) = emitter {
            let mut world = self.world();
            world.model.host_failed();
            world.model.host_closed();
            drop(world);
            drop(emitter);
        }
    }

    fn register(&self, told: Told, reactions: &[Reaction]) {
        let handler = self.world().model.register(told);
        let player = self.clone();
        let mut reactions = Vec::from(reactions).into_iter();
        let mut called = move |told| {
            let state = player.task.ready_state();
            player.world().calls.push(Call {
                handler,
                told,
                state,
            });
            player.react(reactions.next().unwrap_or(Reaction::Nothing));
        };
        match told {
            Told::Open => self.task.on_open(move |_| called(Told::Open)),
            Told::Message(_) => self.task.on_message(move |event| called(number(&event))),
            Told::Error => self.task.on_error(move |_| called(Told::Error)),
            Told::Close => self.task.on_close(move |_| called(Told::Close)),
        }
    }

    fn events(&self) {
        self.world().model.events();
        let stream = self.task.events();
        let mut world = self.world();
        world.streams.push(Some(stream));
        world.streamed.push(Vec::new());
    }

    /// Each time another executor's task reads, and leaves a waker that owns a handle.
    fn read(&self, at: usize) {
        let taken = self.world().streams[at].take();
        let Some(mut stream) = taken else {
            return;
        };
        let waker = waker_owning(Arc::clone(&self.task));
        let mut cx = Context::from_waker(&waker);
        while let Poll::Ready(Some(event)) = pin!(stream.next()).poll(&mut cx) {
            self.world().streamed[at].push(told(&event));
        }
        self.world().streams[at] = Some(stream);
    }

    /// Lets a task of an executor read a stream to its end, within the wake-ups.
    fn spawn_reader(&self) {
        let player = self.clone();
        let mut world = self.world();
        let Some(at) = world.streams.iter().position(Option::is_some) else {
            return;
        };
        let stream = world.streams[at].take();
        drop(world);
        spawn(async move {
            let mut stream = stream;
            while let Some(event) = stream.as_mut().unwrap().next().await {
                player.world().streamed[at].push(told(&event));
            }
        });
    }

    /// Lets tasks of an executor wait for open and close, each with a handle.
    fn spawn_waiters(&self) {
        let task = Arc::clone(&self.task);
        spawn(async move { drop(task.opened().await) });
        let task = Arc::clone(&self.task);
        spawn(async move { drop(task.closed().await) });
    }

    fn drop_stream(&self) {
        let mut world = self.world();
        let Some(at) = world.streams.iter().position(Option::is_some) else {
            return;
        };
        let stream = world.streams[at].take();
        world.model.for_streams[at].1 = true;
        drop(world);
        drop(stream);
    }

    fn close(&self) {
        self.world().model.close();
        drop(self.task.close(CloseFrame::default()));
    }

    fn send(&self) {
        self.world().model.sends += 1;
        let player = self.clone();
        let report = move |_| player.world().reports += 1;
        self.task.send_with(SendOption::new("x").complete(report));
    }
}

fn number(event: &taro_socket_api::MessageEvent) -> Told {
    Told::Message(event.data.as_text().unwrap().parse().unwrap())
}

fn told(event: &SocketEvent) -> Told {
    match event {
        SocketEvent::Open(_) => Told::Open,
        SocketEvent::Message(message) => number(message),
        SocketEvent::Error(_) => Told::Error,
        SocketEvent::Close(_) => Told::Close,
    }
}

impl Outcome {
    pub(super) fn told(&self) -> Vec<Call> {
        self.player.world().calls.clone()
    }

    pub(super) fn streamed(&self) -> Vec<Vec<Told>> {
        self.player.world().streamed.clone()
    }

    /// Compares everything with the model.
    pub(super) fn check(self) -> Result<(), TestCaseError> {
        let task = Arc::clone(&self.player.task);
        prop_assert_eq!(task.ready_state(), ReadyState::Closed);
        let world = self.player.world();
        world.model.check_calls(&world.calls)?;
        for (seen, (due, dropped)) in world.streamed.iter().zip(&world.model.for_streams) {
            if *dropped {
                prop_assert!(
                    due.starts_with(seen),
                    "{:?} is no beginning of {:?}",
                    seen,
                    due
                );
            } else {
                prop_assert_eq!(seen, due);
            }
        }
        prop_assert_eq!(
            world.reports,
            world.model.sends,
            "each send is reported once"
        );
        prop_assert_eq!(now(task.opened()).is_ok(), world.model.opened);
        let _: CloseEvent = now(task.closed());
        drop(world);
        drop(self);
        prop_assert_eq!(
            Arc::strong_count(&task),
            1,
            "handlers that hold the task are dropped"
        );
        let late = catch_unwind(AssertUnwindSafe(|| task.on_close(drop)));
        prop_assert!(late.is_ok());
        Ok(())
    }
}
