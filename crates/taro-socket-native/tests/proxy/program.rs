//! Proxies that are programs of their own, for as long as a test runs.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tokio::{net::TcpStream, time::sleep};

/// A proxy that runs until it is dropped.
pub(crate) struct Program {
    child: Child,
    pub(crate) at: SocketAddr,
    /// What it was configured by.
    file: Option<PathBuf>,
}

/// tinyproxy, which opens ways to any port, for this user if there is one.
pub(crate) async fn tinyproxy(user: Option<(&str, &str)>) -> Program {
    start(|at| {
        let mut text = format!(
            "Port {}\nListen {}\nTimeout 60\nLogLevel Critical\n",
            at.port(),
            at.ip()
        );
        if let Some((user, password)) = user {
            text.push_str(&format!("BasicAuth {user} {password}\n"));
        }
        let name = format!("taro-socket-{}-{}.conf", std::process::id(), at.port());
        let file = std::env::temp_dir().join(name);
        fs::write(&file, text).expect("a configuration");
        let mut command = Command::new("tinyproxy");
        command.arg("-d").arg("-c").arg(&file);
        (command, Some(file))
    })
    .await
}

/// microsocks, for this user if there is one.
pub(crate) async fn microsocks(user: Option<(&str, &str)>) -> Program {
    start(|at| {
        let mut command = Command::new("microsocks");
        command.args(["-i", &at.ip().to_string(), "-p", &at.port().to_string()]);
        if let Some((user, password)) = user {
            command.args(["-u", user, "-P", password]);
        }
        (command, None)
    })
    .await
}

/// An address that nobody uses: of none of the ports that systems give who asks for any.
fn free() -> SocketAddr {
    loop {
        let at = SocketAddr::from(([127, 0, 0, 1], 20_000 + rand::random::<u16>() % 10_000));
        if TcpListener::bind(at).is_ok() {
            return at;
        }
    }
}

/// Starts a program until one listens: another may have taken its port meanwhile.
async fn start(command: impl Fn(SocketAddr) -> (Command, Option<PathBuf>)) -> Program {
    for _ in 0..10 {
        let at = free();
        let (mut command, file) = command(at);
        let name = command.get_program().to_string_lossy().into_owned();
        let spawned = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let child = spawned.unwrap_or_else(|error| {
            panic!("{name} cannot be started ({error}): run `cargo xtask setup`, which installs it")
        });
        let mut program = Program { child, at, file };
        if program.listens().await {
            return program;
        }
    }
    panic!(
        "the program ends ten times before it listens: see what it says when it is started by hand"
    );
}

impl Program {
    /// Whether it does before it ends.
    async fn listens(&mut self) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(30) {
            if self.child.try_wait().expect("a child").is_some() {
                return false;
            }
            if TcpStream::connect(self.at).await.is_ok() {
                return true;
            }
            sleep(Duration::from_millis(20)).await;
        }
        false
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        if let Some(file) = &self.file {
            drop(fs::remove_file(file));
        }
    }
}
