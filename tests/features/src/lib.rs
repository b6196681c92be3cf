//! Feature selection of the facade, tested.
