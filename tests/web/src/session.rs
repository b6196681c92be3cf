//! One driven browser.

use std::time::Duration;

use anyhow::{Context as _, bail};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tokio::time::timeout;

use crate::driver::Driver;
use crate::engine::Engine;

/// Time in which a browser has to start.
const START: Duration = Duration::from_secs(60);
/// Time that a script of a page with a window may take.
const SCRIPT_MILLIS: u32 = 180_000;
/// Time in which a browser has to end by itself.
const CLOSE: Duration = Duration::from_secs(10);

/// One driven browser, with a driver and a profile of its own.
///
/// Dropping it ends the browser and its driver at once.
#[derive(Debug)]
pub struct Session {
    client: Client,
    version: String,
    _driver: Driver,
}

impl Session {
    /// Starts driver and browser with a window of this size, borders included, on free ports; WebKit on a display of its own.
    ///
    /// # Errors
    /// When driver or browser are missing, end early or take too long; the error holds what they said.
    pub async fn start(engine: Engine, window: (u32, u32)) -> anyhow::Result<Self> {
        Self::begin(engine, window, engine.capabilities()?, false).await
    }

    /// As [`start`](Self::start), in a browser that takes every certificate for sound (WebDriver
    /// `acceptInsecureCerts`).
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub async fn start_trusting(engine: Engine, window: (u32, u32)) -> anyhow::Result<Self> {
        let mut capabilities = engine.capabilities()?;
        capabilities.insert("acceptInsecureCerts".into(), true.into());
        Self::begin(engine, window, capabilities, false).await
    }

    /// Chromium with a window on a display of its own, which treats hidden pages as it does a user's: their timers
    /// are held back.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub async fn start_shown(window: (u32, u32)) -> anyhow::Result<Self> {
        let capabilities = shown_capabilities()?;
        Self::begin(Engine::Chromium, window, capabilities, true).await
    }

    async fn begin(
        engine: Engine,
        window: (u32, u32),
        capabilities: Map<String, Value>,
        shown: bool,
    ) -> anyhow::Result<Self> {
        let driver = Driver::start(engine, window, shown).await?;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let url = driver.url();
        let client = match timeout(START, builder.connect(&url)).await {
            Ok(Ok(client)) => client,
            Ok(Err(error)) => {
                let error = anyhow::Error::new(error);
                return Err(error.context(format!("{engine} gave no session\n{}", driver.said())));
            }
            Err(_) => bail!("{engine} has not started in time\n{}", driver.said()),
        };
        let capabilities = client.capabilities();
        let version = capabilities
            .and_then(|all| all.get("browserVersion")?.as_str())
            .with_context(|| format!("{engine} tells no version"))?
            .to_owned();
        client.set_window_size(window.0, window.1).await?;
        Ok(Self {
            client,
            version,
            _driver: driver,
        })
    }

    /// The WebDriver client.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Version of the browser.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Ends browser and driver.
    ///
    /// # Errors
    /// When the browser does not end by itself; it is ended all the same.
    pub async fn close(self) -> anyhow::Result<()> {
        let closing = timeout(CLOSE, self.client.clone().close()).await;
        closing.context("the browser does not end")??;
        Ok(())
    }
}

/// Not headless, and without the switches of the driver that let hidden pages run as if they were in front.
fn shown_capabilities() -> anyhow::Result<Map<String, Value>> {
    let mut capabilities = Engine::Chromium.capabilities()?;
    let options = capabilities.get_mut("goog:chromeOptions");
    let options = options.and_then(Value::as_object_mut);
    let options = options.context("no options of Chromium")?;
    if let Some(Value::Array(args)) = options.get_mut("args") {
        args.retain(|arg| arg != "--headless");
    }
    let switches = json!([
        "disable-background-timer-throttling",
        "disable-backgrounding-occluded-windows",
        "disable-renderer-backgrounding",
    ]);
    options.insert("excludeSwitches".into(), switches);
    // Scripts of hidden pages take their time.
    capabilities.insert("timeouts".into(), json!({ "script": SCRIPT_MILLIS }));
    Ok(capabilities)
}
