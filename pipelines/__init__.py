"""The nightly batch: exports in, a published snapshot out."""
