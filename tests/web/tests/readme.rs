//! The README's section on browsers, followed as it stands, from an empty folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use fantoccini::Locator;
use taro_socket_test_server::{Options, TestServer};
use taro_socket_web::{Engine, Glue, Session, bindgen};

/// What the README says that the page shows.
const SHOWN: &str = "the server says hello";

/// What it says of packing, with the crate and what the page imports instead.
const PACK: &str = "cargo xtask pack h5 ../chat";
const IMPORTED: [&str; 2] = ["./pkg/chat.js", "./dist/h5/index.js"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// That of the workspace: much of what a page is built with is there.
fn target() -> PathBuf {
    root().join("target")
}

/// The section's code blocks, each with its language.
fn blocks(readme: &str) -> Result<Vec<(&str, &str)>> {
    let (_, section) = readme
        .split_once("<!-- web:begin -->")
        .context("no section")?;
    let (section, _) = section.split_once("<!-- web:end -->").context("no end")?;
    let fenced = section.split("\n```").skip(1).step_by(2);
    fenced
        .map(|block| block.split_once('\n').context("a block without lines"))
        .collect()
}

/// The block of a language; the section has one of each.
fn block<'a>(blocks: &[(&'a str, &'a str)], language: &str) -> Result<&'a str> {
    let mut found = blocks.iter().filter(|(of, _)| *of == language);
    let (_, text) = found
        .next()
        .with_context(|| format!("no block of {language}"))?;
    ensure!(found.next().is_none(), "two blocks of {language}");
    Ok(text)
}

fn cargo(folder: &Path, line: &str) -> Result<()> {
    let mut command = command(folder, line)?;
    run(command.env("CARGO_TARGET_DIR", target()))
}

fn command(folder: &Path, line: &str) -> Result<Command> {
    let mut words = line.split_whitespace();
    ensure!(words.next() == Some("cargo"), "no cargo command: {line}");
    let mut command = Command::new("cargo");
    command.args(words).current_dir(folder);
    command.env_remove("CARGO_MANIFEST_DIR");
    Ok(command)
}

fn run(command: &mut Command) -> Result<()> {
    ensure!(command.status()?.success(), "{command:?} failed");
    Ok(())
}

/// Bytes that a page loads of a folder.
fn weight(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|it| it == "js" || it == "wasm")
        {
            bytes += fs::metadata(path)?.len();
        }
    }
    Ok(bytes)
}

/// Packs the crate, and lets the page import that.
fn pack(readme: &str, folder: &Path) -> Result<()> {
    let [built, packed] = IMPORTED;
    ensure!(
        readme.contains(PACK) && readme.contains(packed),
        "the README packs in another way"
    );
    let line = PACK.replace("../chat", &folder.display().to_string());
    run(&mut command(&root(), &line)?)?;
    let (before, after) = (
        weight(&folder.join("pkg"))?,
        weight(&folder.join("dist/h5"))?,
    );
    ensure!(
        after < before,
        "{after} bytes packed, {before} by wasm-bindgen: the README says smaller"
    );
    let page = fs::read_to_string(folder.join("index.html"))?;
    ensure!(page.contains(built), "the page imports something else");
    fs::remove_dir_all(folder.join("pkg"))?;
    fs::write(folder.join("index.html"), page.replace(built, packed))?;
    Ok(())
}

/// Makes the project; gives the command lines that are left.
fn write(home: &Path, blocks: &[(&str, &str)]) -> Result<Vec<String>> {
    let commands = block(blocks, "sh")?
        .lines()
        .map(|line| match line.split_once('#') {
            Some((line, _)) => line.trim().to_owned(),
            None => line.to_owned(),
        });
    let mut commands: Vec<_> = commands.collect();
    let new = commands
        .iter()
        .position(|line| line.starts_with("cargo new"));
    let new = commands.remove(new.context("no `cargo new`")?);
    cargo(home, &new)?;
    let folder = home.join("chat");
    let checkout = root().canonicalize()?.join("crates/taro-socket");
    let manifest = block(blocks, "toml")?;
    let named = "../taro-socket/crates/taro-socket";
    ensure!(manifest.contains(named), "the manifest names {named}");
    let manifest = manifest.replace(named, &checkout.display().to_string());
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/lib.rs"), block(blocks, "rust,ignore")?)?;
    fs::write(folder.join("index.html"), block(blocks, "html")?)?;
    // The versions that this workspace is tested with.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(commands)
}

/// What the shell puts in the place of `$(…)`.
fn asked(folder: &Path, word: &str) -> Result<String> {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("echo {word}")]);
    shell.current_dir(folder).env_remove("CARGO_MANIFEST_DIR");
    let output = shell.output()?;
    ensure!(output.status.success(), "{word} fails");
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

fn build(folder: &Path, commands: &[String]) -> Result<()> {
    let line = |start: &str| {
        let mut lines = commands.iter().filter(|line| line.starts_with(start));
        lines
            .next()
            .with_context(|| format!("no line begins with {start:?}"))
    };
    cargo(folder, line("cargo build")?)?;
    let install = line("cargo install wasm-bindgen-cli")?;
    let (_, version) = install.split_once("--version ").context("no version")?;
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    let pinned = format!(
        "name = \"wasm-bindgen-cli\"\nversion = \"{}\"",
        asked(folder, version)?
    );
    ensure!(
        lock.contains(&pinned),
        "{install} is not the version in use"
    );
    // The tool itself is a library of this workspace.
    let glue = line("wasm-bindgen")?;
    let expected =
        "wasm-bindgen --target web --out-dir pkg target/wasm32-unknown-unknown/release/chat.wasm";
    ensure!(glue == expected, "another command for the glue: {glue}");
    let wasm = target().join("wasm32-unknown-unknown/release/chat.wasm");
    bindgen(&wasm, &folder.join("pkg"), "chat", Glue::Web)
}

#[tokio::test]
async fn the_section_on_browsers_works_as_it_stands() -> Result<()> {
    let readme = fs::read_to_string(root().join("README.md"))?;
    ensure!(readme.contains(SHOWN), "the README says what is shown");
    let blocks = blocks(&readme)?;
    let home = tempfile::tempdir()?;
    let folder = home.path().join("chat");
    let commands = write(home.path(), &blocks)?;
    build(&folder, &commands)?;
    let options = Options {
        files: Some(folder.clone()),
        ..Options::default()
    };
    let server = TestServer::start_with(options).await?;
    let session = Session::start(Engine::Chromium, (800, 600)).await?;
    let outcome = async {
        shows(&session, &server).await?;
        pack(&readme, &folder)?;
        shows(&session, &server).await
    };
    let outcome = outcome.await;
    session.close().await?;
    outcome
}

async fn shows(session: &Session, server: &TestServer) -> Result<()> {
    let client = session.client();
    client.goto(&server.page_url("index.html")).await?;
    let shown = async {
        loop {
            let text = client.find(Locator::Id("answer")).await?.text().await?;
            if text != "connecting" {
                return Ok::<_, anyhow::Error>(text);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let shown = tokio::time::timeout(Duration::from_secs(20), shown).await;
    let shown = shown.context("the page shows no answer")??;
    ensure!(shown == SHOWN, "the page shows {shown}");
    Ok(())
}
