"""How many votes or members a share of the total is."""


def more_than(total: int, numerator: int, denominator: int) -> int:
    """The least whole number above the share: more than 1/2 of 120 is 61."""
    return total * numerator // denominator + 1


def at_least(total: int, numerator: int, denominator: int) -> int:
    """The least whole number that reaches the share: at least 2/3 of 120 is 80."""
    return -(-total * numerator // denominator)
