//! What the operating system gives: cores, CPU time, memory, limits.

use std::{
    io::Read as _,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use crate::Result;

/// Core of the peer, counted among the cores that the process may use.
pub(crate) const SERVER_CORE: usize = 0;
/// Core of the client process, with everything that it does.
pub(crate) const CLIENT_CORE: usize = 1;

/// Binds this process to the `index`th core it may use. `false` when that is not possible.
#[cfg(target_os = "linux")]
pub(crate) fn pin(index: usize) -> bool {
    use nix::{sched, unistd::Pid};

    let own = Pid::from_raw(0);
    let Ok(allowed) = sched::sched_getaffinity(own) else {
        return false;
    };
    let mut cores =
        (0..sched::CpuSet::count()).filter(|core| allowed.is_set(*core).unwrap_or(false));
    let Some(core) = cores.nth(index) else {
        return false;
    };
    let mut only = sched::CpuSet::new();
    only.set(core).is_ok() && sched::sched_setaffinity(own, &only).is_ok()
}

/// Binds this process to the `index`th core it may use. `false` when that is not possible.
#[cfg(not(target_os = "linux"))]
pub(crate) fn pin(_index: usize) -> bool {
    false
}

/// Whether peer and client can have a core each.
pub(crate) fn can_pin() -> bool {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    cfg!(target_os = "linux") && cores > CLIENT_CORE
}

/// CPU time that this process has used, user and system.
#[cfg(unix)]
pub(crate) fn cpu_time() -> Duration {
    use nix::sys::{
        resource::{UsageWho, getrusage},
        time::TimeValLike as _,
    };

    let Ok(usage) = getrusage(UsageWho::RUSAGE_SELF) else {
        return Duration::ZERO;
    };
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Duration::from_micros(micros.unsigned_abs())
}

/// CPU time is not measured here.
#[cfg(not(unix))]
pub(crate) fn cpu_time() -> Duration {
    Duration::ZERO
}

/// Resident memory of this process, in KiB.
pub(crate) fn resident_kib() -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.ok_or("no VmRSS in /proc/self/status")?.parse()?)
}

/// Load average of the last minute, where the system tells it.
pub(crate) fn load_average() -> Option<String> {
    let averages = std::fs::read_to_string("/proc/loadavg").ok()?;
    averages.split_whitespace().next().map(str::to_owned)
}

/// Raises the limit of open files as far as the process may.
pub(crate) fn raise_open_files() {
    #[cfg(unix)]
    {
        use nix::sys::resource::{Resource, getrlimit, setrlimit};
        if let Ok((_, hard)) = getrlimit(Resource::RLIMIT_NOFILE) {
            // A refusal shows later, as a failed connect.
            let _ = setrlimit(Resource::RLIMIT_NOFILE, hard, hard);
        }
    }
}

/// Starts a spinner of the lowest scheduling class on `core`, so that a virtual CPU does not halt between
/// two messages: waking it costs more than the round trip. `None` where `chrt` is missing.
pub(crate) fn start_spinner(core: usize) -> Option<Child> {
    let own = std::env::current_exe().ok()?;
    let mut command = Command::new("chrt");
    command
        .args(["--idle", "0"])
        .arg(own)
        .args(["spin", "--core", &core.to_string()]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    // An early end means that the scheduling class was refused.
    thread::park_timeout(Duration::from_millis(50));
    matches!(child.try_wait(), Ok(None)).then_some(child)
}

/// Spins on `core` until standard input ends.
pub(crate) fn spin(core: usize) -> Result<()> {
    if !pin(core) {
        return Err("cannot pin the spinner".into());
    }
    let waiting = thread::spawn(wait_for_end_of_input);
    while !waiting.is_finished() {
        std::hint::spin_loop();
    }
    Ok(())
}

/// Blocks until standard input ends, that is until the parent is gone.
pub(crate) fn wait_for_end_of_input() {
    let mut rest = Vec::new();
    // An error ends the wait as well.
    let _ = std::io::stdin().lock().read_to_end(&mut rest);
}
