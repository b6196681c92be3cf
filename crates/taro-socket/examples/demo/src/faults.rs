//! Makes the server misbehave: its control channel, by `fetch`.

use std::rc::Rc;
use std::time::Duration;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Response, Url};

use crate::app::App;
use crate::connecting;
use crate::flood;

/// Timeout of a connection that is never answered.
const SILENCE: Duration = Duration::from_secs(3);

pub(crate) fn drop_connection(app: &Rc<App>) {
    act(app, "drop&reset=true", "The server has dropped TCP.");
}

pub(crate) fn stall(app: &Rc<App>) {
    act(app, "stall", "The server has stopped reading.");
}

pub(crate) fn resume(app: &Rc<App>) {
    act(app, "resume", "The server reads again.");
}

pub(crate) fn flood(app: &Rc<App>) {
    app.flood.begin(app.page.now());
    let action = format!("flood&count={}&size={}", flood::COUNT, flood::SIZE);
    act(app, &action, "");
}

pub(crate) fn close(app: &Rc<App>) {
    let action = "close&code=4001&reason=as%20you%20asked";
    act(app, action, "The server has sent Close with 4001.");
}

/// Connects to a server that takes the connection and never says a word.
pub(crate) fn silent(app: &Rc<App>) {
    let Ok(url) = Url::new(&app.page.value("url")) else {
        return app.page.text("fault", "The URL above is none.");
    };
    url.set_pathname("/silent");
    connecting::connect(app, &url.href(), SILENCE);
    app.page
        .text("fault", "The server says nothing; the timeout ends it.");
}

/// Asks for an action on the connection, and tells `done` once the server has taken it up.
fn act(app: &Rc<App>, action: &str, done: &'static str) {
    let Some((origin, id)) = server(&app.connection.url()) else {
        app.flood.stop();
        let text = "Connect first, to a URL with an id: it names the connection to the server.";
        return app.page.text("fault", text);
    };
    let url = format!("{origin}/control/do?id={id}&action={action}");
    let app = Rc::clone(app);
    spawn_local(async move {
        match status(&app, &url).await {
            Ok(200) if done.is_empty() => {}
            Ok(200) => app.page.text("fault", done),
            Ok(404) => told(&app, "The server has no open connection of this page."),
            Ok(status) => told(&app, &format!("The server answers {status}.")),
            Err(_) => told(&app, "The server cannot be reached."),
        }
    });
}

fn told(app: &App, text: &str) {
    app.flood.stop();
    app.page.text("fault", text);
}

async fn status(app: &App, url: &str) -> Result<u16, JsValue> {
    let response = JsFuture::from(app.page.window.fetch_with_str(url)).await?;
    Ok(response.dyn_into::<Response>()?.status())
}

/// Where the control channel of a connection is, and the connection's id, encoded for a query.
fn server(url: &str) -> Option<(String, String)> {
    let url = Url::new(url).ok()?;
    let id = url.search_params().get("id").filter(|id| !id.is_empty())?;
    let scheme = match &*url.protocol() {
        "wss:" => "https",
        _ => "http",
    };
    let id = js_sys::encode_uri_component(&id).into();
    Some((format!("{scheme}://{}", url.host()), id))
}
