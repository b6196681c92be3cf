//! Outcomes, evidence files and source fingerprints.
