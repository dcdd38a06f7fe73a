"""The office's workbook: five sheets into a hall, with every mistake named by its place."""
