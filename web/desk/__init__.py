"""The desk: the coordinator's week, the review of findings, and what needs somebody today."""
