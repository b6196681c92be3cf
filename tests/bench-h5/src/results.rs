//! What was measured.

use crate::clients::{CLIENTS, Client, Kind};
use crate::hidden::Hidden;
use crate::page::Measured;
use crate::statistics::Summary;
use crate::workloads::Workload;

/// One measurement of one cell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    pub(crate) measured: Measured,
    pub(crate) messages: u32,
}

/// What is taken of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quantity {
    /// Messages per second; more is better.
    Rate,
    /// Microseconds of the main thread per message.
    Cpu,
    /// Microseconds per message.
    Wall,
}

impl Sample {
    pub(crate) fn value(&self, quantity: Quantity) -> f64 {
        let messages = f64::from(self.messages);
        match quantity {
            Quantity::Rate => messages / self.measured.wall.as_secs_f64(),
            Quantity::Cpu => self.measured.cpu.as_secs_f64() * 1e6 / messages,
            Quantity::Wall => self.measured.wall.as_secs_f64() * 1e6 / messages,
        }
    }
}

/// One workload with all clients.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) workload: &'static Workload,
    /// By client in the order of [`CLIENTS`], then by repetition.
    pub(crate) samples: [Vec<Sample>; CLIENTS.len()],
}

impl Section {
    pub(crate) fn of(&self, client: Client) -> &[Sample] {
        let at = CLIENTS.iter().position(|other| *other == client);
        at.map_or(&[], |at| &self.samples[at])
    }

    pub(crate) fn summary(&self, client: Client, quantity: Quantity) -> Option<Summary> {
        let samples = self.of(client).iter();
        Summary::of(samples.map(|sample| sample.value(quantity)))
    }

    /// Against plain JavaScript, repetition by repetition.
    pub(crate) fn ratio(&self, client: Client, quantity: Quantity) -> Option<Summary> {
        self.ratio_to(client, self.plain(), quantity)
    }

    /// Against another client, repetition by repetition.
    pub(crate) fn ratio_to(
        &self,
        client: Client,
        other: Client,
        quantity: Quantity,
    ) -> Option<Summary> {
        let pairs = self.of(client).iter().zip(self.of(other));
        Summary::of(pairs.map(|(one, other)| one.value(quantity) / other.value(quantity)))
    }

    fn plain(&self) -> Client {
        let plain = CLIENTS
            .into_iter()
            .find(|client| client.kind == Kind::Plain);
        plain.unwrap_or(CLIENTS[0])
    }
}

/// A whole run.
#[derive(Debug)]
pub(crate) struct Results {
    pub(crate) browser: String,
    pub(crate) repetitions: u32,
    pub(crate) quick: bool,
    pub(crate) sections: Vec<Section>,
    /// `None` where only other workloads were asked for.
    pub(crate) hidden: Option<Hidden>,
}
