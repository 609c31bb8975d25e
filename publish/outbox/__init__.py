"""The outbox: what was decided and composed, who approved it, and what became of it on its way out."""
