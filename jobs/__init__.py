"""When work is done: the queue and the schedule; calls the stages."""
