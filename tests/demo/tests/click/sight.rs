//! What has to be so at every width: names of controls, no sideways scrolling; and pictures.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context as _, Result};
use serde_json::json;
use taro_socket_web::Session;

use crate::page::Page;

/// Where the pictures go; a folder of the target directory where it is not set.
const FOLDER: &str = "TARO_SOCKET_SCREENSHOTS";

/// The controls and their names, as a reader tells them.
const NAMES: &str = "
    const shown = (element) => element && element.textContent.trim();
    const name = (element) => element.ariaLabel
        || [...(element.labels || [])].map(shown).join(' ')
        || shown(element);
    return [...document.querySelectorAll('button, input')]
        .filter((element) => !name(element)).map((element) => element.outerHTML);";

/// What reaches beyond the right edge.
const WIDE: &str = "
    const width = document.documentElement.clientWidth;
    const inside = (element) => element.closest('#log-box') && element.id !== 'log-box';
    const wide = [...document.body.querySelectorAll('*')]
        .filter((element) => !inside(element) && element.getBoundingClientRect().right > width + 0.5)
        .map((element) => element.id || element.tagName);
    if (document.documentElement.scrollWidth > width) wide.push('the page itself');
    return wide;";

/// Controls lower than this are hard to hit with a thumb.
const SMALL: &str = "
    return [...document.querySelectorAll('button')]
        .filter((button) => button.getBoundingClientRect().height < 36).map((button) => button.id);";

/// Sets the width that the page has, and checks what has to be so there.
pub(crate) async fn at_width(session: &Session, width: u32, height: u32) -> Result<()> {
    let page = Page::new(session);
    session.client().set_window_size(width, height).await?;
    let inner = page.script("return window.innerWidth").await?;
    assert_eq!(inner, json!(width), "the page should be {width} px wide");
    for (script, what) in [
        (NAMES, "controls without a name"),
        (WIDE, "wider than the page"),
        (SMALL, "buttons that are too low"),
    ] {
        let found = page.script(script).await?;
        assert_eq!(found, json!([]), "{what}, at {width} px");
    }
    Ok(())
}

/// Writes a picture of the whole page.
pub(crate) async fn picture(session: &Session, name: &str, width: u32) -> Result<()> {
    let page = Page::new(session);
    // The window's borders count for its size.
    let script = "window.scrollTo(0, 0);
        return document.documentElement.scrollHeight + window.outerHeight - window.innerHeight;";
    let height = page.script(script).await?;
    let height = height.as_u64().context("no height")?;
    let client = session.client();
    client
        .set_window_size(width, u32::try_from(height)?)
        .await?;
    let folder = env::var_os(FOLDER).map_or_else(default_folder, PathBuf::from);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name), client.screenshot().await?)?;
    Ok(())
}

fn default_folder() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    target.unwrap_or_else(own).join("demo")
}
