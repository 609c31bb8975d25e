"""Pictures of what is counted: rows in, a Vega-Lite specification with its words out; `rendering` alone draws."""
