//! Has nothing in it: its tests are built with the locks and atomics of an explorer, which no other test may be.
