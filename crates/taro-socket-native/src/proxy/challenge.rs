//! What a 407, or a 401, asks for.

use crate::{error::excerpt, http::Head};

/// Challenge and remedy; `known` tells that the proxy had been given credentials.
pub(super) fn authentication(head: &Head, known: bool) -> String {
    let names = ["proxy-authenticate", "www-authenticate"];
    let values = names.iter().flat_map(|name| head.values(name));
    let mut challenges: Vec<&str> = values.flat_map(challenges_of).collect();
    // Its realm is the one to be told.
    challenges.sort_by_key(|challenge| !is_basic(challenge));
    let schemes: Vec<&str> = challenges.iter().map(|one| scheme(one)).collect();
    let basic = challenges.first().is_some_and(|first| is_basic(first));
    let realm = challenges
        .iter()
        .find_map(|challenge| realm(challenge))
        .map(|realm| format!(" for {}", excerpt::line(&realm)))
        .unwrap_or_default();
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

/// The challenges of one field (RFC 9110 §11.6.1): commas stand between them, and between the parameters of each.
fn challenges_of(field: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for element in elements(field) {
        let blanks = element.len() - element.trim_start().len();
        if begins_challenge(element.trim()) {
            starts.push(at + blanks);
        }
        at += element.len() + 1;
    }
    let ends = starts.iter().skip(1).copied().chain([field.len()]);
    let one = |(start, end): (&usize, usize)| field.get(*start..end);
    starts.iter().zip(ends).filter_map(one).collect()
}

/// What is between the commas outside quotes.
fn elements(field: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    field.split(move |character: char| {
        let plain = !std::mem::take(&mut escaped);
        match character {
            '\\' if quoted => escaped = plain,
            '"' if plain => quoted = !quoted,
            _ => {}
        }
        character == ',' && !quoted
    })
}

/// A scheme, alone or before a blank; where an equals sign follows it is a parameter of the challenge before.
fn begins_challenge(element: &str) -> bool {
    let (first, rest) = element.split_once([' ', '\t']).unwrap_or((element, ""));
    !first.is_empty() && !first.contains(['=', '"']) && !rest.trim_start().starts_with('=')
}

fn scheme(challenge: &str) -> &str {
    let mut words = challenge.split([' ', '\t', ',']);
    words.next().unwrap_or_default()
}

fn is_basic(challenge: &str) -> bool {
    scheme(challenge).eq_ignore_ascii_case("basic")
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
    fn challenges_are_told_from_parameters() {
        let table: [(&str, &[&str]); 11] = [
            ("Basic realm=\"a\"", &["Basic"]),
            ("Negotiate, Basic realm=\"a\"", &["Negotiate", "Basic"]),
            ("Basic realm=\"a\", charset=\"UTF-8\"", &["Basic"]),
            (
                "Digest realm=\"a, Basic b\", qop=auth,NTLM",
                &["Digest", "NTLM"],
            ),
            (
                "Digest realm=\"\\\", Basic \\\\\", basic",
                &["Digest", "basic"],
            ),
            ("Negotiate YWI=, Basic", &["Negotiate", "Basic"]),
            (
                "Digest a = b, c\t= \"d\" ,\tBasic x=y",
                &["Digest", "Basic"],
            ),
            (" , ,Basic,", &["Basic"]),
            ("Digest realm=\"open, Basic", &["Digest"]),
            ("a=b", &[]),
            ("", &[]),
        ];
        for (field, expected) in table {
            let found = challenges_of(field);
            let found: Vec<_> = found.iter().map(|one| scheme(one)).collect();
            assert_eq!(found, expected, "{field}");
        }
    }

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
