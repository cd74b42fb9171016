"""Kill `index rebuild` and `index update` at every moment that matters, and look at what is left."""
