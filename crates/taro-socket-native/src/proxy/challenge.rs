//! What a 407, or a 401, asks for.

use crate::{error::excerpt, http::Head};

/// Challenge and remedy; `known` tells that the proxy had been given credentials.
pub(super) fn authentication(head: &Head, known: bool) -> String {
    let challenges = ["proxy-authenticate", "www-authenticate"];
    let challenges: Vec<&str> = challenges
        .iter()
        .flat_map(|name| head.values(name))
        .collect();
    let schemes = challenges
        .iter()
        .filter_map(|challenge| challenge.split([' ', ',']).next())
        .filter(|scheme| !scheme.is_empty());
    let schemes: Vec<&str> = schemes.collect();
    let realm = challenges
        .iter()
        .find_map(|challenge| realm(challenge))
        .map(|realm| format!(" for {}", excerpt::line(&realm)))
        .unwrap_or_default();
    let basic = schemes
        .iter()
        .any(|scheme| scheme.eq_ignore_ascii_case("basic"));
    if !basic && !schemes.is_empty() {
        let schemes = excerpt::line(&schemes.join(", "));
        return format!(
            "it asks for credentials{realm} by {schemes}, and only Basic is spoken: give Proxy-Authorization by Proxy::header"
        );
    }
    if known {
        format!(
            "it does not take the credentials{realm} that it was given: check user name and password"
        )
    } else {
        format!(
            "it asks for credentials{realm}: give them by Proxy::basic_auth, or as user:password@ in the proxy's URL"
        )
    }
}

/// The parameter of a challenge that names what is protected (RFC 9110 §11.5).
fn realm(challenge: &str) -> Option<String> {
    const NAME: &str = "realm=";
    let lower = challenge.to_ascii_lowercase();
    let value = challenge.get(lower.find(NAME)? + NAME.len()..)?;
    let Some(quoted) = value.strip_prefix('"') else {
        let token = value.split([',', ' ']).next()?;
        return (!token.is_empty()).then(|| token.to_owned());
    };
    let (mut realm, mut escaped) = (String::new(), false);
    for character in quoted.chars() {
        match character {
            '"' if !escaped => break,
            '\\' if !escaped => escaped = true,
            other => {
                realm.push(other);
                escaped = false;
            }
        }
    }
    (!realm.is_empty()).then_some(realm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn realms_are_found() {
        let table = [
            (r#"Basic realm="The office""#, Some("The office")),
            (
                r#"Basic charset="UTF-8", Realm="a \"b\" \\c""#,
                Some(r#"a "b" \c"#),
            ),
            ("Basic realm=plain, charset=x", Some("plain")),
            (r#"Basic realm="open"#, Some("open")),
            (r#"Basic realm="""#, None),
            ("Basic realm=", None),
            ("Negotiate", None),
            ("", None),
        ];
        for (challenge, expected) in table {
            assert_eq!(realm(challenge).as_deref(), expected, "{challenge}");
        }
    }
}
