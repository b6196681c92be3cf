//! Unit tests of paths and queries.

use super::*;

#[test]
fn every_behavior_reads_back() {
    let all = [
        Behavior::Echo,
        Behavior::Fragment {
            size: 3,
            ping: true,
        },
        Behavior::Reject {
            status: 401,
            body: "no & never?".into(),
        },
        Behavior::Send {
            texts: vec!["a=b".into(), "漢".into()],
            binaries: vec!["00ff".into()],
        },
        Behavior::Close {
            code: Some(4001),
            reason: "bye bye".into(),
            after: 2,
        },
        Behavior::Close {
            code: None,
            reason: String::new(),
            after: 0,
        },
        Behavior::Drop {
            when: DropWhen::Message,
            reset: true,
        },
        Behavior::Drop {
            when: DropWhen::Answer,
            reset: false,
        },
        Behavior::AnswerClose {
            code: None,
            reason: String::new(),
        },
        Behavior::Raw {
            hex: "8900".into(),
            after: 1,
            times: 3,
        },
        Behavior::Ping {
            payload: "p".into(),
            count: 2,
        },
    ];
    for behavior in all {
        let target = behavior.target("x-1");
        let (read, query) = Behavior::parse(&target).expect(&target);
        assert_eq!(read, behavior);
        assert_eq!(query.text("id"), "x-1");
        let path = target.split('?').next().expect("a path");
        assert!(ROUTES.contains(&path), "{path} is missing in ROUTES");
    }
}

#[test]
fn unknown_and_incomplete_targets_are_refused() {
    assert_eq!(Behavior::parse("/nowhere"), None);
    assert_eq!(Behavior::parse("/delay"), None);
    assert_eq!(Behavior::parse("/drop?when=never"), None);
    assert_eq!(Behavior::parse("/raw?hex=8"), None);
    assert_eq!(Behavior::parse("/send?binary=zz"), None);
}
