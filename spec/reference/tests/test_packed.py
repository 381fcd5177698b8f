#!/usr/bin/env python3
"""Packed ballots (spec 47): numbers of choices by brute force, and constant facts of the encoding."""

import os
import sys
import unittest
from itertools import combinations

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from sandoq_reference import packed  # noqa: E402


class Numbers(unittest.TestCase):
    def test_every_subset_has_its_number(self):
        for options in range(1, 9):
            for most in range(1, options + 1):
                seen = []
                for size in range(most + 1):
                    for codes in combinations(range(1, options + 1), size):
                        number = packed.number_of_subset(options, codes)
                        self.assertEqual(packed.subset_of_number(options, number), list(codes))
                        seen.append(number)
                self.assertEqual(sorted(seen), list(range(packed.Shape(options, most, 0, False).values)))

    def test_widths(self):
        self.assertEqual(packed.Shape(5063, 21, 1, True).width, 1)
        self.assertEqual(packed.Shape(8192, 21, 1, True).width, 1)
        self.assertEqual(packed.Shape(5063, 21, 1, True, ranked=True).width, 2)
        self.assertEqual(packed.Shape(35, 3, 0, False, ranked=True, text_bytes=240).width, 9)


class Elements(unittest.TestCase):
    def test_every_number_has_one_element(self):
        for m in (1, 2, 255, 256, 1 << 239, (1 << 240) - 1, 1 << 240):
            self.assertEqual(packed.number_of_element(packed.element_bytes(m)), m)
        self.assertIsNone(packed.number_of_element(bytes(32)))


if __name__ == "__main__":
    unittest.main()
