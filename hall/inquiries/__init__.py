"""首问责任: questions, and who answers for them."""
