"""办公时间: on which days and at which hours the hall gives numbers, and how many."""
