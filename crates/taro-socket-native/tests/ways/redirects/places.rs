//! Where redirects lead to.

use taro_socket_api::ErrorKind;
use taro_socket_native::NativeConnector;

use super::{following, outcome};
use crate::site::{Site, plain, to};

#[tokio::test]
async fn five_statuses_lead_on() {
    for status in [301, 302, 303, 307, 308] {
        let site = Site::new(move |target| match target {
            "/a" => to(status, "/b"),
            _ => None,
        })
        .await;
        outcome(following(), site.url("/a"))
            .await
            .expect("followed");
        assert_eq!(site.targets(), ["/a", "/b"], "{status}");
    }
}

/// Those that lead on too, unless they are to be followed.
#[tokio::test]
async fn others_are_refusals() {
    let default = || NativeConnector::builder();
    for (status, builder) in [
        (300, following()),
        (304, following()),
        (305, following()),
        (306, following()),
        (201, following()),
        (401, following()),
        (301, default()),
        (302, default()),
        (303, default()),
        (307, default()),
        (308, default()),
        (308, following().max_redirects(0)),
    ] {
        let site = Site::new(move |_| to(status, "/b")).await;
        let error = outcome(builder, site.url("/a")).await.expect_err("refused");
        let told = (error.kind(), error.status());
        assert_eq!(told, (ErrorKind::Handshake, Some(status)), "{error}");
        assert_eq!(site.targets(), ["/a"], "{status}");
        if matches!(status, 300..=399) {
            assert!(
                error
                    .reason()
                    .contains("to /b, which is not followed: connect there"),
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn relative_places_are_at_the_present_one() {
    // Where `/a/b?q` leads to, and what is asked for there.
    let table = [
        ("c", "/a/c"),
        ("../c", "/c"),
        ("?r", "/a/b?r"),
        ("c#fragment", "/a/c"),
        ("/c d", "/c%20d"),
        ("//PLACE/c", "/c"),
        ("http://PLACE/c?d", "/c?d"),
        ("HTTP:c", "/a/c"),
        ("ws://PLACE", "/"),
    ];
    for (location, target) in table {
        let (tell, place) = std::sync::mpsc::channel::<String>();
        let place = std::sync::Mutex::new(place);
        let site = Site::new(move |target| match target {
            "/a/b?q" => {
                let place = place.lock().expect("no panic").recv().expect("told");
                to(302, &location.replace("PLACE", &place))
            }
            _ => None,
        })
        .await;
        tell.send(site.place()).expect("heard");
        let opened = outcome(following(), site.url("/a/b?q")).await;
        opened.unwrap_or_else(|error| panic!("{location}: {error}"));
        assert_eq!(site.targets(), ["/a/b?q", target], "{location}");
    }
}

/// Each is relative to the one before.
#[tokio::test]
async fn several_in_a_row() {
    let site = Site::new(|target| match target {
        "/1/" => to(301, "2/"),
        "/1/2/" => to(302, "3/"),
        "/1/2/3/" => to(303, "4/"),
        "/1/2/3/4/" => to(307, "5/"),
        "/1/2/3/4/5/" => to(308, "6/"),
        _ => None,
    })
    .await;
    outcome(following(), site.url("/1/")).await.expect("five");
    assert_eq!(
        site.targets().last().map(String::as_str),
        Some("/1/2/3/4/5/6/")
    );
    let four = following().max_redirects(4);
    let error = outcome(four, site.url("/1/")).await.expect_err("four");
    assert_eq!(error.status(), Some(308), "{error}");
}

#[tokio::test]
async fn what_the_last_server_says_is_told() {
    let last = Site::new(|_| plain(404, "")).await;
    let url = last.url("/b");
    let first = Site::new(move |_| to(302, &url)).await;
    let error = outcome(following(), first.url("/a"))
        .await
        .expect_err("refused");
    assert_eq!(error.status(), Some(404), "{error}");
    assert!(
        error.reason().contains(&format!("with {}", last.place())),
        "{error}"
    );
    // The phases of both.
    let phases = error.reason().rsplit_once(" [").expect("phases").1;
    let (first, second) = phases.split_once("; ").expect("two places");
    let place = format!("{}: ", last.place());
    for (phases, beginning) in [(first, ""), (second, &*place)] {
        assert!(phases.starts_with(beginning), "{error}");
        assert!(
            phases.contains("connect ") && phases.contains(", upgrade "),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_redirect_to_nobody_names_nobody() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let nobody = listener.local_addr().expect("an address");
    drop(listener);
    let site = Site::new(move |_| to(302, &format!("http://{nobody}/"))).await;
    let error = outcome(following(), site.url("/a"))
        .await
        .expect_err("nobody");
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(
        error.reason().contains(&format!("connect to {nobody}")),
        "{error}"
    );
}
