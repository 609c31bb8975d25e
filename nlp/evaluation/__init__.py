"""How good the text layer is: each task scored against labels that a person made."""
