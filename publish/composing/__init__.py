"""From a draft to what a channel is given: words from templates, cut into parts that fit, with a card."""
