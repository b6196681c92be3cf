//! The case table as a whole: what must hold for every case, and the inventory.

use std::{collections::BTreeSet, fs, path::Path};

use taro_socket_api::Capability;
use taro_socket_conformance::{CASES, Fault};

#[test]
fn ids_are_unique_paths_of_known_areas() {
    let areas = [
        "arguments",
        "capabilities",
        "close",
        "connect",
        "keep-alive",
        "lifecycle",
        "limits",
        "messages",
        "network",
        "open",
        "security",
        "send",
        "terminal",
    ];
    let mut ids = BTreeSet::new();
    for case in CASES {
        assert!(ids.insert(case.id), "{} is there twice", case.id);
        assert!(areas.contains(&case.area()), "area of {}", case.id);
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "/-".contains(c);
        assert!(
            case.id.chars().all(allowed) && case.id.contains('/'),
            "{}",
            case.id
        );
    }
}

#[test]
fn every_case_says_where_its_rule_stands_and_what_it_covers() {
    let names = [
        "connectSocket",
        "ConnectSocketOption.",
        "SocketTask.",
        "SendOption.",
        "CloseOption.",
        "OnCloseCallbackResult.",
        "OnErrorCallbackResult.",
        "OnMessageCallbackResult.",
        "OnOpenCallbackResult.",
        "Capability.",
    ];
    let sources = [
        "RFC ",
        "WHATWG URL §",
        "WHATWG WebSockets §",
        "Taro docs, ",
        "taro-socket, ",
    ];
    for case in CASES {
        assert!(
            sources.iter().any(|source| case.spec.starts_with(source)),
            "{}",
            case.id
        );
        assert!(!case.covers.is_empty(), "{} covers nothing", case.id);
        for name in case.covers {
            assert!(
                names.iter().any(|known| name.starts_with(known)),
                "{}: {name}",
                case.id
            );
        }
    }
}

#[test]
fn every_capability_is_proved_and_its_absence_too() {
    for capability in Capability::ALL {
        let name = format!("Capability.{capability}");
        let covering = || {
            CASES
                .iter()
                .filter(|case| case.covers.contains(&name.as_str()))
        };
        let proved = covering().any(|case| case.requires.contains(capability));
        let refused = covering().any(|case| case.forbids.contains(capability));
        assert!(
            proved && refused,
            "{name}: proved {proved}, refused {refused}"
        );
    }
}

#[test]
fn every_fault_is_caught_by_a_case() {
    for fault in Fault::ALL {
        assert!(
            CASES.iter().any(|case| case.fault == *fault),
            "{} is caught by none",
            fault.name()
        );
    }
}

#[test]
fn the_inventory_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases.lock");
    let ids: BTreeSet<_> = CASES.iter().map(|case| case.id).collect();
    let text: String = ids.iter().map(|id| format!("{id}\n")).collect();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &text).expect("cases.lock can be written");
    }
    let locked = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        locked == text,
        "cases.lock differs from the table: run the tests with UPDATE=1"
    );
}
