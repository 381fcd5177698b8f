"""The verifier of whole records (spec 90)."""
