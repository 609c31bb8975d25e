"""Pages that everybody may read: routes, the queries behind them, and what is made of their rows."""
