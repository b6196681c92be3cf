//! URLs by chance, the same in each run, with many of the characters on which parsers differ.

use crate::Chance;

/// Parts of which URLs are made; the empty one is a part too.
pub(super) const SCHEMES: &[&str] = &[
    "ws:",
    "wss:",
    "WS:",
    "wSs:",
    "http:",
    "https:",
    "ftp:",
    "",
    "w s:",
    "ws",
    " ws:",
    "\tw\ns:",
    "\u{1}wss:",
    "//",
    "wsx:",
];
pub(super) const SLASHES: &[&str] = &["//", "/", "", "///", "\\\\", "/\\", "//\t/", "\\"];
const USERS: &[&str] = &["@", ":@", "u@", "u:p@", ":p@", "a@b@", "@@"];
pub(super) const NAMES: &[&str] = &[
    "h",
    "localhost",
    "example.com",
    "EXAMPLE.Com",
    "a..b",
    ".",
    "..",
    "a.",
    "a_b",
    "-a-",
    "",
    "a%2Eb",
    "%61",
    "%41",
    "%e4%bd%a0",
    "%C2%AD",
    "%ff",
    "a b",
    "xn--",
    "xn--a",
    "XN--p1ai",
    "xn--fiqs8s",
    "xn--zca",
    "xn--n3h",
    "xn--a-ecp",
    "a-xn--b",
    "xn--mgbaam7a8h",
    "xn--xn---epa",
    "中国",
    "例え.テスト",
    "пример.РФ",
    "Straße",
    "ΣΊΣΥΦΟΣ",
    "bücher",
    "Bücher",
    "ｗｗｗ。ｘ．ｊｐ",
    "서울",
    "☕",
    "a\u{ad}b",
    "\u{200b}",
    "Ł.ž",
    "ı.İ",
    "xn--ü",
    "a\u{301}",
    "ﬁ",
    "عربي",
    "א1",
    "\u{fffd}",
];
const NUMBERS: &[&str] = &[
    "127.0.0.1",
    "1.2.3",
    "1.2",
    "1",
    "0",
    "00",
    "0x",
    "0x7f.1",
    "0X7F.0.0.1",
    "256.1.1.1",
    "1.2.3.4.5",
    "1.2.3.256",
    "4294967295",
    "4294967296",
    "0xffffffff",
    "037777777777",
    "09.1",
    "1.2.3.08",
    "a.1",
    "a.0x1",
    "1.2.3.4.",
    "1..2",
    "0300.168.0xF0",
    "1.16777215",
    "1.2.65536",
    "１.2",
    "99999999999999999999",
];
const SIXES: &[&str] = &[
    "[::]",
    "[::1]",
    "[1::]",
    "[2001:DB8::00a]",
    "[1:2:3:4:5:6:7:8]",
    "[::ffff:1.2.3.4]",
    "[1:0:0:2:0:0:0:3]",
    "[0:0:1::]",
    "[1:2:3:4:5:6:1.2.3.4]",
    "[::1%25eth0]",
    "[::1",
    "::1]",
    "[]",
    "[:]",
    "[:::]",
    "[1::2::3]",
    "[12345::]",
    "[::1.2.3]",
    "[::01.2.3.4]",
    "[1:2:3:4:5:6:7::]",
    "[::2:3:4:5:6:7:8]",
    "[1:2:3:4:5:6:7:8::]",
    "[::1]x",
    "x[::1]",
    "[0:0:0:1:0:0:0:1]",
];
const PORTS: &[&str] = &[
    ":",
    ":80",
    ":443",
    ":0",
    ":00080",
    ":65535",
    ":65536",
    ":-1",
    ":8a",
    ": 1",
    ":1:2",
    ":９",
    ":8\t0",
    ":99999999999",
];
pub(super) const PATHS: &[&str] = &[
    "/",
    "/a",
    "/../b",
    "/./",
    "/a/..",
    "/a/./b/../c",
    "/%2e/x",
    "/.%2E/x",
    "/...",
    "//",
    "/a//../b",
    "\\a\\..\\b",
    "/%",
    "/%zz",
    "/%2",
    "/a b",
    "/\"<>`{}|^",
    "/é",
    "/聊天",
    "/a;b=c,d",
    "/[x]",
    "/~!$&'()*+:@",
    "/\u{7f}\u{80}",
    "/\0",
    "/.",
    "/..",
];
pub(super) const QUERIES: &[&str] = &[
    "?",
    "?a=b&c=%20",
    "?q=100%",
    "?Bearer abc",
    "?{\"a\":1}",
    "?a|b",
    "?'",
    "?<>#",
    "?`^\\",
    "?a?b",
    "?小明",
    "?/../",
    "?\u{1f600}",
    "?\t\r\nx",
    "?\u{a0}",
];
const TAILS: &[&str] = &[" ", "\n", "\0 ", "#", "#f", "\u{a0}"];
/// What is put anywhere.
const NASTY: &[char] = &[
    '\0',
    '\u{1}',
    '\t',
    '\n',
    '\r',
    ' ',
    '!',
    '"',
    '#',
    '$',
    '%',
    '&',
    '\'',
    '(',
    ')',
    '*',
    '+',
    ',',
    '-',
    '.',
    '/',
    '0',
    '1',
    '8',
    '9',
    ':',
    ';',
    '<',
    '=',
    '>',
    '?',
    '@',
    'A',
    'F',
    'X',
    '[',
    '\\',
    ']',
    '^',
    '_',
    '`',
    'a',
    'n',
    'x',
    '{',
    '|',
    '}',
    '~',
    '\u{7f}',
    '\u{80}',
    '\u{a0}',
    '\u{ad}',
    'ß',
    'É',
    'ž',
    'Ω',
    'я',
    '\u{3002}',
    '中',
    'カ',
    '한',
    '\u{fffd}',
    '\u{1f4a9}',
    'ａ',
    '．',
    '０',
];

/// An endless row of URLs, good and bad.
#[derive(Debug)]
pub struct Urls(Chance);

impl Urls {
    /// The row that belongs to `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Chance::new(seed))
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0.below(end)
    }

    pub(super) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        self.0.of(all)
    }

    /// One of `all` in `chance` out of ten.
    pub(super) fn maybe(&mut self, chance: usize, all: &[&'static str]) -> &'static str {
        if self.0.below(10) < chance {
            self.0.of(all)
        } else {
            ""
        }
    }

    pub(super) fn whole(&mut self) -> String {
        let mut url = String::new();
        url.push_str(match self.0.below(8) {
            0 => self.0.of(SCHEMES),
            odd if odd % 2 == 1 => "ws:",
            _ => "wss:",
        });
        url.push_str(match self.0.below(4) {
            0 => self.0.of(SLASHES),
            _ => "//",
        });
        if self.0.below(12) == 0 {
            url.push_str(self.0.of(USERS));
        }
        let hosts = match self.0.below(6) {
            0..=2 => NAMES,
            3 | 4 => NUMBERS,
            _ => SIXES,
        };
        url.push_str(self.0.of(hosts));
        if self.0.below(8) == 0 {
            url.push_str(self.0.of(NAMES));
        }
        url.push_str(self.maybe(3, PORTS));
        url.push_str(self.maybe(6, PATHS));
        url.push_str(self.maybe(3, PATHS));
        url.push_str(self.maybe(5, QUERIES));
        if self.0.below(16) == 0 {
            url.push_str(self.0.of(TAILS));
        }
        url
    }

    /// Puts a character in, takes one out, or writes one over.
    pub(super) fn disturb(&mut self, url: &str) -> String {
        let mut characters: Vec<char> = url.chars().collect();
        let at = self.0.below(characters.len() + 1);
        match self.0.below(3) {
            0 if at < characters.len() => drop(characters.remove(at)),
            1 if at < characters.len() => characters[at] = self.0.of(NASTY),
            _ => characters.insert(at, self.0.of(NASTY)),
        }
        characters.into_iter().collect()
    }
}

impl Iterator for Urls {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut url = self.whole();
        for _ in 0..self.0.below(4) {
            url = self.disturb(&url);
        }
        Some(url)
    }
}
