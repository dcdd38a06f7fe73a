"""办件与评价: what visits were about, and how citizens found them."""
