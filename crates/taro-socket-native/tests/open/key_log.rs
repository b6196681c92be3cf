//! The secrets of a connection, written where the environment says, if the program says so. In a process of its own.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use taro_socket_api::ErrorKind;

use crate::{
    authority::Authority,
    tls::{outcome, trusting},
};

const KEY_LOG: &str = "SSLKEYLOGFILE";
const FOLDER: &str = "TARO_SOCKET_TEST_KEY_LOG";

#[test]
fn secrets_are_written_only_where_the_program_says_so() {
    match env::var_os(FOLDER) {
        Some(folder) => within(folder.into()),
        None => in_processes_of_their_own(),
    }
}

fn in_processes_of_their_own() {
    let folder = env::temp_dir().join(format!("taro-socket-keys-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    for named in [
        None,
        Some(folder.join("keys")),
        Some(folder.join("none").join("keys")),
    ] {
        let mut command = Command::new(env::current_exe().expect("this program"));
        command.args([
            "--exact",
            "key_log::secrets_are_written_only_where_the_program_says_so",
            "--nocapture",
        ]);
        match &named {
            Some(file) => command.env(KEY_LOG, file),
            None => command.env_remove(KEY_LOG),
        };
        let status = command.env(FOLDER, &folder).status();
        assert!(status.expect("it runs").success(), "{named:?}");
    }
    fs::remove_dir_all(&folder).expect("the folder");
}

#[tokio::main(flavor = "current_thread")]
async fn within(folder: PathBuf) {
    let authority = Authority::new();
    let identity = authority.issue(&["localhost"]);
    let options = trusting(&authority);
    let named = env::var_os(KEY_LOG).map(PathBuf::from);
    let is_there = || named.as_deref().is_some_and(Path::exists);
    outcome(identity.clone(), options.clone())
        .await
        .expect("open");
    assert!(!is_there(), "the variable alone has no effect");
    let opened = outcome(identity, options.key_log_file()).await;
    match &named {
        None => opened.expect("nothing is named"),
        Some(file) if file.starts_with(folder.join("none")) => {
            let error = opened.expect_err("no such folder");
            assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{error}");
            assert!(error.reason().contains(KEY_LOG), "{error}");
            assert!(!is_there());
        }
        Some(file) => {
            opened.expect("open");
            let written = fs::read_to_string(file).expect("a log");
            assert!(written.contains("CLIENT_TRAFFIC_SECRET_0 "), "{written}");
        }
    }
}
