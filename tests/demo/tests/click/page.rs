//! The page in a driven browser: what a person does, and what a person sees.

use std::future::Future;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use fantoccini::{Client, Locator};
use serde_json::Value;
use taro_socket_web::Session;
use tokio::time::{Instant, sleep};

/// Time in which the page has to show what it should.
const DEADLINE: Duration = Duration::from_secs(20);
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// The page.
pub(crate) struct Page<'a>(&'a Client);

impl<'a> Page<'a> {
    pub(crate) fn new(session: &'a Session) -> Self {
        Self(session.client())
    }

    pub(crate) async fn click(&self, id: &str) -> Result<()> {
        let element = self.0.find(Locator::Id(id)).await;
        let element = element.with_context(|| format!("no #{id}"))?;
        // The driver takes what is under the header for visible; a person scrolls.
        let centre =
            format!("document.getElementById('{id}').scrollIntoView({{ block: 'center' }})");
        self.script(&centre).await?;
        element.click().await.with_context(|| format!("#{id}"))
    }

    /// Types into a field, in place of what is there.
    pub(crate) async fn fill(&self, id: &str, text: &str) -> Result<()> {
        let field = self.0.find(Locator::Id(id)).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Chooses a file.
    pub(crate) async fn choose(&self, id: &str, path: &str) -> Result<()> {
        Ok(self.0.find(Locator::Id(id)).await?.send_keys(path).await?)
    }

    /// The text of an element as it is shown; empty where it is hidden.
    pub(crate) async fn text(&self, id: &str) -> Result<String> {
        Ok(self.0.find(Locator::Id(id)).await?.text().await?)
    }

    /// What a script gives back.
    pub(crate) async fn script(&self, script: &str) -> Result<Value> {
        Ok(self.0.execute(script, Vec::new()).await?)
    }

    /// Waits until the text of an element is as it should be; the text.
    pub(crate) async fn until(
        &self,
        id: &str,
        what: &str,
        sound: impl Fn(&str) -> bool,
    ) -> Result<String> {
        let seen = || self.text(id);
        poll(&format!("#{id}: {what}"), seen, |text| sound(text)).await
    }

    /// Waits until an element shows exactly this.
    pub(crate) async fn shows(&self, id: &str, text: &str) -> Result<()> {
        let what = format!("should be {text:?}");
        self.until(id, &what, |shown| shown == text).await?;
        Ok(())
    }

    /// Waits until an element shows this among other things.
    pub(crate) async fn says(&self, id: &str, part: &str) -> Result<String> {
        let what = format!("should hold {part:?}");
        self.until(id, &what, |shown| shown.contains(part)).await
    }

    /// Waits until the newest lines of the log hold a line of this direction and kind with this text.
    pub(crate) async fn logs(&self, direction: &str, kind: &str, text: &str) -> Result<()> {
        let script = format!(
            "return [...document.querySelectorAll('#log > li[data-direction={direction}][data-kind={kind}] code')]\
             .map((code) => code.textContent).join('\\n');"
        );
        let seen = || async {
            let lines = self.script(&script).await?;
            Ok(lines.as_str().unwrap_or_default().to_owned())
        };
        let what = format!("the log should have a {direction} {kind} with {text:?}");
        poll(&what, seen, |lines| {
            lines.lines().any(|line| line.contains(text))
        })
        .await?;
        Ok(())
    }

    /// Waits until the log has so many lines.
    pub(crate) async fn log_lines(&self, number: usize) -> Result<()> {
        let script = "return String(document.querySelectorAll('#log > li').length)";
        let seen = || async {
            let lines = self.script(script).await?;
            Ok(lines.as_str().unwrap_or_default().to_owned())
        };
        let what = format!("the log should have {number} lines");
        poll(&what, seen, |lines| lines == number.to_string()).await?;
        Ok(())
    }

    /// Connects with what is in the form.
    pub(crate) async fn connect(&self) -> Result<()> {
        self.click("connect").await?;
        self.shows("state", "OPEN").await
    }
}

/// Looks again and again until what is seen is sound.
async fn poll<F>(
    what: &str,
    mut seen: impl FnMut() -> F,
    sound: impl Fn(&str) -> bool,
) -> Result<String>
where
    F: Future<Output = Result<String>>,
{
    let begin = Instant::now();
    loop {
        let text = seen().await?;
        if sound(&text) {
            return Ok(text);
        }
        ensure!(begin.elapsed() < DEADLINE, "{what}; it is {text:?}");
        sleep(BETWEEN_LOOKS).await;
    }
}
