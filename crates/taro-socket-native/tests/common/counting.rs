//! An allocator that counts.

#![allow(unsafe_code, reason = "an allocator that counts")]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    sync::atomic::{AtomicIsize, Ordering::SeqCst},
};

struct Counting;

/// Bytes that are in use.
pub(crate) static LIVE: AtomicIsize = AtomicIsize::new(0);
/// The most of them at once, since it was set.
pub(crate) static PEAK: AtomicIsize = AtomicIsize::new(0);

fn count(bytes: usize) -> isize {
    isize::try_from(bytes).expect("no layout is larger")
}

fn add(bytes: isize) {
    let live = LIVE.fetch_add(bytes, SeqCst) + bytes;
    PEAK.fetch_max(live, SeqCst);
}

// SAFETY: every call is the system allocator's.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        add(count(layout.size()));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        add(-count(layout.size()));
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        add(count(size) - count(layout.size()));
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;
