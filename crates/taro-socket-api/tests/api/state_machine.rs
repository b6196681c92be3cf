//! The state machine under arbitrary orders of events, calls and calls made by handlers.

mod model;
mod player;
mod steps;

use proptest::prelude::*;

use self::{player::play, steps::script};

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Every promise of the trait holds in every order of events; see the model for what is compared.
    #[test]
    fn every_promise_holds_in_every_order(script in script()) {
        play(&script, true).check()?;
    }

    /// A batch tells what the same messages tell one by one.
    #[test]
    fn a_batch_equals_single_messages(script in script()) {
        let (batched, single) = (play(&script, true), play(&script, false));
        prop_assert_eq!(batched.told(), single.told());
        prop_assert_eq!(batched.streamed(), single.streamed());
    }
}
