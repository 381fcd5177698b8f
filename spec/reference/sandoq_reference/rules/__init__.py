"""Rules as data: from counts or rankings to seats (spec 76)."""
