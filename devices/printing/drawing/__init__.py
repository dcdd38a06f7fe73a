"""What slips are drawn with: fonts, lines, marks, codes, and the same in blocks for a terminal."""
