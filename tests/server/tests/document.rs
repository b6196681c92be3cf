//! `PROTOCOL.md` lists exactly the routes, the control verbs and the actions.

use taro_socket_test_server::{ACTIONS, ROUTES, VERBS};

const PAGE: &str = include_str!("../PROTOCOL.md");

/// The names of a section's list, without the backquotes and the prefix.
fn listed(section: &str, prefix: &str) -> Vec<String> {
    let (_, behind) = PAGE.split_once(section).expect("the section");
    let section = behind.split("\n## ").next().unwrap_or_default();
    let items = section.lines().filter_map(|line| line.strip_prefix("- `"));
    items
        .filter_map(|item| item.split('`').next()?.strip_prefix(prefix))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_route_is_listed() {
    assert_eq!(listed("## Routes", ""), ROUTES);
}

#[test]
fn every_verb_is_listed() {
    assert_eq!(listed("## Control verbs", ""), VERBS);
}

#[test]
fn every_action_is_listed() {
    assert_eq!(listed("## Actions of `/control/do`", "action="), ACTIONS);
}
