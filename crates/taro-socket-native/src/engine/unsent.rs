//! Messages under way, and what to report of them as bytes leave.

use std::{collections::VecDeque, mem};

use taro_socket_api::adapter::Completion;

/// Messages that left one behind the other are reported together within so many bytes: 64 KiB.
const STEP: u64 = 64 << 10;

/// How much is reported at once, and to whom.
#[derive(Debug, Default)]
pub(crate) struct Account {
    /// Payload bytes.
    pub(crate) bytes: u64,
    pub(crate) messages: u64,
    pub(crate) reports: Vec<Completion>,
}

impl Account {
    pub(crate) fn add(&mut self, bytes: usize, done: Completion) {
        self.bytes += bytes as u64;
        self.messages += 1;
        if !done.is_none() {
            self.reports.push(done);
        }
    }

    /// Moves all of `other` behind this.
    fn append(&mut self, other: &mut Self) {
        self.bytes += mem::take(&mut other.bytes);
        self.messages += mem::take(&mut other.messages);
        if self.reports.is_empty() {
            mem::swap(&mut self.reports, &mut other.reports);
        } else {
            self.reports.append(&mut other.reports);
        }
    }
}

/// Messages that were encoded and have not wholly been written, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Unsent {
    groups: VecDeque<Group>,
}

#[derive(Debug)]
struct Group {
    begin: u64,
    /// How many bytes have been written in all when the last of them has left.
    end: u64,
    account: Account,
}

impl Unsent {
    /// Adds what ends when `end` bytes have been written in all; leaves `account` empty.
    pub(crate) fn push(&mut self, end: u64, account: &mut Account) {
        if account.messages == 0 {
            return;
        }
        let begin = match self.groups.back_mut() {
            Some(last) if end - last.begin <= STEP => {
                last.account.append(account);
                last.end = end;
                return;
            }
            Some(last) => last.end,
            None => end.saturating_sub(account.bytes),
        };
        let account = mem::take(account);
        self.groups.push_back(Group {
            begin,
            end,
            account,
        });
    }

    /// Takes off what has left once `written` bytes have been written in all; of a message under way its bytes.
    pub(crate) fn settle(&mut self, written: u64) -> Account {
        let mut left = Account::default();
        while let Some(first) = self.groups.front_mut() {
            if first.end > written {
                // What is not written yet cannot be more payload than bytes on the wire.
                let stays = first.account.bytes.min(first.end - written);
                left.bytes += mem::replace(&mut first.account.bytes, stays) - stays;
                break;
            }
            left.append(&mut first.account);
            self.groups.pop_front();
        }
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(bytes: usize) -> Account {
        let mut account = Account::default();
        account.add(bytes, Completion::none());
        account
    }

    fn settled(unsent: &mut Unsent, written: u64) -> (u64, u64) {
        let left = unsent.settle(written);
        (left.bytes, left.messages)
    }

    #[test]
    fn a_large_message_counts_as_it_leaves() {
        let mut unsent = Unsent::default();
        unsent.push(1_000_014, &mut account(1_000_000));
        unsent.push(2_000_028, &mut account(1_000_000));
        assert_eq!(settled(&mut unsent, 0), (0, 0));
        assert_eq!(settled(&mut unsent, 400_014), (400_000, 0));
        assert_eq!(settled(&mut unsent, 400_014), (0, 0));
        assert_eq!(settled(&mut unsent, 1_500_028), (1_100_000, 1));
        assert_eq!(settled(&mut unsent, 2_000_028), (500_000, 1));
        assert_eq!(settled(&mut unsent, 2_000_028), (0, 0));
    }

    #[test]
    fn small_messages_are_told_in_steps_and_none_is_forgotten() {
        let mut unsent = Unsent::default();
        let (mut end, mut told, mut bytes) = (0, 0, 0);
        for _ in 0..10_000 {
            end += 106;
            unsent.push(end, &mut account(100));
        }
        assert!(unsent.groups.len() <= 20, "{}", unsent.groups.len());
        for written in (0..=end).step_by(1000).chain([end]) {
            let left = unsent.settle(written);
            told += left.messages;
            bytes += left.bytes;
            assert!(told * 106 <= written && bytes <= written);
            assert!(told * 106 + STEP + 106 >= written, "{told} at {written}");
        }
        assert_eq!((told, bytes), (10_000, 1_000_000));
    }
}
