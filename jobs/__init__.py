"""What runs when: the schedule, the queue, and the workers that run commands as processes of their own."""
