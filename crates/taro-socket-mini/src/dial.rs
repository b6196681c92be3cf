//! How a host is asked for a connection.

use taro_socket_api::{ConnectRequest, Error, ErrorKind, Result};
use taro_socket_js::{
    Record, call,
    connection::{Connection, HostError, call_host, what as common},
    describe, header_to, list_of, property,
};
use wasm_bindgen::JsValue;

use crate::{
    Dialect, error, held,
    host::{Mini, MiniConnection},
    inner,
    quiet::quiet,
    signal, what,
};

const LISTENERS: [(&str, u32); 4] = [
    ("onOpen", common::OPENED),
    ("onMessage", common::MESSAGE),
    ("onError", common::ERROR),
    ("onClose", common::CLOSED),
];

/// Asks the host for a task and listens to it.
pub(crate) fn dial(connection: &MiniConnection, request: &ConnectRequest) -> Result<()> {
    let host = connection.host();
    signal::watch(host.allowance.host);
    let options = options(connection, request);
    let made = call_host(|| (host.allowance.host.connect_socket)(options.as_js()));
    let made = made.map_err(|thrown| host.dialect.error("connectSocket", &thrown))?;
    let _ = host.task.set(made.clone());
    if let Some(value) = connection.take_nested(what::REFUSED) {
        host.gone.set(true);
        return Err(host.dialect.error("connectSocket", &value));
    }
    if made.loose_eq(&JsValue::NULL) {
        let text = "connectSocket gave no task: is the host's base library too old?";
        return Err(Error::new(ErrorKind::HostUnavailable, text));
    }
    quiet(&made, &connection.line().function(what::REFUSED));
    for (name, what) in LISTENERS {
        let function = connection.line().function(what);
        call_host(|| call(&made, name, &function))
            .map_err(|thrown| host.dialect.error(name, &thrown))?;
    }
    Ok(())
}

fn options(connection: &Connection<Mini>, request: &ConnectRequest) -> Record {
    let options = Record::new();
    options.set("url", request.url().as_str());
    if !request.header().is_empty() {
        options.set("header", header_to(request.header()));
    }
    if !request.protocols().is_empty() {
        options.set("protocols", list_of(request.protocols()));
    }
    connection.host().dialect.connect(request, &options);
    // What succeeds here is only that the host took the call.
    options.set("success", connection.line().function(what::TAKEN));
    options.set("fail", connection.line().function(what::REFUSED));
    options
}

/// The host refuses after it has given a task.
pub(crate) fn refused(connection: &MiniConnection, value: &JsValue) {
    let host = connection.host();
    host.gone.set(!connection.is_opened());
    let told = host.dialect.error("connectSocket", value);
    let cause = error::cause_of(&told);
    match connection.is_opened() {
        _ if connection.is_ended() => connection.release(),
        false => connection.fails(HostError::Ended(cause, told)),
        true => connection.fails(HostError::Breaks(cause, Some(told))),
    }
}

/// The host takes the call, and tells its name for the task.
pub(crate) fn taken(connection: &MiniConnection, value: &JsValue) {
    let host = connection.host();
    if let Some(id) = id_in(&*host.dialect, value) {
        let _ = host.id.set(id);
    }
    held::told(connection);
}

/// The name of the task that an event is of, where the host tells it: beside what is told, or in its `data`.
pub(crate) fn id_in(dialect: &dyn Dialect, event: &JsValue) -> Option<String> {
    let name = dialect.id_name();
    let id = property(event, name).or_else(|| property(&inner(event), name))?;
    Some(describe(&id))
}
