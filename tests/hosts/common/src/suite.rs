//! One run of the suite: its cases, and the evidence of its parts put together.

use anyhow::{Context as _, Result, ensure};
use taro_socket_conformance::{Case, Outcome, runner::RunArgs};
use taro_socket_report::{Evidence, write_evidence};

/// In one session every certificate is taken for sound, so that `wss://` reaches the test server.
/// What these cases say about a certificate that is not trusted is true in the other session only.
const UNTRUSTED: [&str; 1] = ["network/untrusted-certificate"];

/// The cases asked for, in order.
#[derive(Debug)]
pub struct Suite<'a> {
    args: &'a RunArgs,
    seed: u64,
    cases: Vec<&'static Case>,
}

/// What one session of the host runs.
#[derive(Debug)]
#[non_exhaustive]
pub struct Part {
    /// The name of the run at the test server.
    pub name: &'static str,
    /// The cases, in order.
    pub cases: Vec<&'static Case>,
    /// Whether every certificate is taken for sound.
    pub trusting: bool,
    /// The seed of the order.
    pub seed: u64,
}

impl<'a> Suite<'a> {
    /// The cases that `args` ask for.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn new(args: &'a RunArgs) -> Result<Self> {
        let seed = args.seed();
        let cases = args.cases(seed);
        ensure!(!cases.is_empty(), "no case has such an id");
        Ok(Self { args, seed, cases })
    }

    /// Runs them in the host `place`, prints what came of it and writes the evidence; whether none failed.
    ///
    /// # Errors
    ///
    /// Those of `session`, and when the evidence cannot be written.
    pub async fn run(
        self,
        place: &str,
        judge: impl Fn(Outcome) -> Outcome,
        session: impl AsyncFn(Part) -> Result<Evidence>,
    ) -> Result<bool> {
        let seed = self.seed;
        println!("{} cases {place}, seed {seed}", self.cases.len());
        let (untrusted, trusted): (Vec<_>, Vec<_>) = self
            .cases
            .into_iter()
            .partition(|case| UNTRUSTED.contains(&case.id));
        let mut runs = Vec::new();
        for (name, trusting, cases) in [("suite", true, trusted), ("untrusted", false, untrusted)] {
            if !cases.is_empty() {
                let part = Part {
                    name,
                    cases,
                    trusting,
                    seed,
                };
                runs.push(session(part).await?);
            }
        }
        let header = runs.first().context("no run")?.header().clone();
        let outcomes = runs.iter().flat_map(|run| run.outcomes().iter().cloned());
        let evidence = Evidence::new(header, outcomes.map(judge).collect());
        let end = evidence.end();
        println!(
            "{} passed, {} failed, {} unsupported",
            end.passed, end.failed, end.unsupported
        );
        if let Some(path) = &self.args.report {
            write_evidence(path, &evidence)?;
        }
        Ok(end.failed == 0)
    }
}
