"""Second implementation of sandoq-1, written from spec/ alone, standard library only."""
