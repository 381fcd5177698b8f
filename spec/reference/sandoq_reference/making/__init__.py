"""Makes whole elections from a seed: for test vectors and test records only."""
